// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/message.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"

#include <QString>

#include <optional>

//! \file
//! The words of the wire for the enums of models/core, one pair of functions each.

namespace presently::net::mtchat {

[[nodiscard]] QLatin1StringView toWire(Status status); //!< Unknown: "unknown"
[[nodiscard]] std::optional<Status> statusFromWire(QStringView word);
[[nodiscard]] QLatin1StringView toWire(IntentStatus status);
[[nodiscard]] std::optional<IntentStatus> intentStatusFromWire(QStringView word);
[[nodiscard]] QLatin1StringView toWire(ActivityState state);
[[nodiscard]] std::optional<ActivityState> activityStateFromWire(QStringView word);
[[nodiscard]] QLatin1StringView toWire(OfflineReason reason); //!< None: empty, and not on the wire
[[nodiscard]] OfflineReason offlineReasonFromWire(QStringView word); //!< unknown words: None
[[nodiscard]] QLatin1StringView toWire(DeviceType type);
[[nodiscard]] DeviceType deviceTypeFromWire(QStringView word); //!< unknown words: Unknown
[[nodiscard]] QLatin1StringView toWire(LastSeenDetail detail);
[[nodiscard]] std::optional<LastSeenDetail> lastSeenDetailFromWire(QStringView word);
[[nodiscard]] QLatin1StringView toWire(OnHide onHide);
[[nodiscard]] std::optional<OnHide> onHideFromWire(QStringView word);
[[nodiscard]] QLatin1StringView toWire(JoinedAs joinedAs);
[[nodiscard]] JoinedAs joinedAsFromWire(QStringView word); //!< unknown words: Participant
[[nodiscard]] QLatin1StringView toWire(MessageKind kind);
[[nodiscard]] MessageKind messageKindFromWire(QStringView word); //!< unknown words: User

} // namespace presently::net::mtchat
