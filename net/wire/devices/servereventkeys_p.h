// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

//! \file
//! The keys that writer and reader of a server's events share.

namespace presently::net::devices {

inline constexpr auto UserKey = QLatin1StringView("userId");
inline constexpr auto StatusKey = QLatin1StringView("status");
inline constexpr auto LastSeenKey = QLatin1StringView("lastSeen");
inline constexpr auto DeviceCountKey = QLatin1StringView("deviceCount");
inline constexpr auto DevicesKey = QLatin1StringView("devices");
inline constexpr auto CustomMessageKey = QLatin1StringView("customMessage");
inline constexpr auto StatusMessageKey = QLatin1StringView("statusMessage");
inline constexpr auto AutoAwayKey = QLatin1StringView("autoAway");
inline constexpr auto ReasonKey = QLatin1StringView("offlineReason");
inline constexpr auto TimestampKey = QLatin1StringView("timestamp");
inline constexpr auto RequestKey = QLatin1StringView("requestId");
inline constexpr auto UsersKey = QLatin1StringView("users");
inline constexpr auto PresencesKey = QLatin1StringView("presences");
inline constexpr auto OnlineCountKey = QLatin1StringView("onlineCount");
inline constexpr auto SocketKey = QLatin1StringView("socketId");
inline constexpr auto DeviceTypeKey = QLatin1StringView("deviceType");
inline constexpr auto ConnectedAtKey = QLatin1StringView("connectedAt");
inline constexpr auto LastHeartbeatKey = QLatin1StringView("lastHeartbeat");
inline constexpr auto OsKey = QLatin1StringView("os");
inline constexpr auto BrowserKey = QLatin1StringView("browser");
inline constexpr auto IpAddressKey = QLatin1StringView("ipAddress");
inline constexpr auto UserAgentKey = QLatin1StringView("userAgent");
inline constexpr auto CodeKey = QLatin1StringView("code");
inline constexpr auto MessageKey = QLatin1StringView("message");
inline constexpr auto AliveWord = QLatin1StringView("alive");

} // namespace presently::net::devices
