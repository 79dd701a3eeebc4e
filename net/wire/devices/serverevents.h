// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "net/wire/devices/clientevents.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <variant>

//! \file
//! What a server of `devices` says, in the same two vocabularies. See net/wire/devices/README.md.

namespace presently::net::devices {

//! \brief One device of somebody. What stands behind `deviceType` is for the person alone.
struct DeviceRow {
    QString socketId; //!< opaque: nothing can be opened with it
    DeviceType type = DeviceType::Unknown;
    WallTime connectedAt;
    QString os; //!< empty: not told
    QString browser;
    std::optional<WallTime> lastHeartbeat;
    QString ipAddress;
    QString userAgent;

    bool operator==(const DeviceRow &) const = default;
};

//! \brief A person as one asks for them: `presence` has no `until`, no types of devices, no reason.
struct PersonPresence {
    UserId user; //!< as it was asked for
    Presence presence;
    QList<DeviceRow> devices;

    bool operator==(const PersonPresence &) const = default;
};

//! A: the answer about one person.
struct PresenceStatusReply {
    PersonPresence person;
    std::optional<QString> requestId;
    bool operator==(const PresenceStatusReply &) const = default;
};
//! A: the answer about several people, in the order in which they were asked for.
struct PresenceStatusList {
    QList<PersonPresence> people;
    WallTime timestamp;
    std::optional<QString> requestId;
    bool operator==(const PresenceStatusList &) const = default;
};
//! A: somebody is there, or on another number of devices than before.
struct UserOnline {
    PersonPresence person;
    bool operator==(const UserOnline &) const = default;
};
//! A: somebody's last device is gone.
struct UserOffline {
    UserId user;
    std::optional<WallTime> lastSeen; //!< none is 0 on the wire
    OfflineReason reason = OfflineReason::None;
    bool operator==(const UserOffline &) const = default;
};
//! A: somebody who is there looks different. Offline only to one's own devices.
struct UserStatusChanged {
    UserId user;
    Status status = Status::Offline;
    QString customMessage;
    bool autoAway = false;
    WallTime timestamp;
    bool operator==(const UserStatusChanged &) const = default;
};
//! B: your heartbeat was taken.
struct HeartbeatAck {
    WallTime timestamp;
    bool operator==(const HeartbeatAck &) const = default;
};
//! B: the answer about several people.
struct BulkPresence {
    QList<PersonPresence> people; //!< without devices
    WallTime timestamp;
    std::optional<QString> requestId;
    bool operator==(const BulkPresence &) const = default;
};
//! B: the answer about one person.
struct UserPresence {
    PersonPresence person; //!< without devices
    std::optional<QString> requestId;
    bool operator==(const UserPresence &) const = default;
};
//! B: somebody looks different.
struct ContactPresenceUpdate {
    PersonPresence person; //!< without devices
    WallTime timestamp;
    bool operator==(const ContactPresenceUpdate &) const = default;
};
//! Both: what was asked could not be done.
struct ErrorReport {
    QString code;
    QString message;
    bool operator==(const ErrorReport &) const = default;
};
//! A name that we do not know: counted, never an error.
struct UnknownEvent {
    QString name;
    bool operator==(const UnknownEvent &) const = default;
};

using ServerEvent = std::variant<PresenceStatusReply, PresenceStatusList, UserOnline, UserOffline,
    UserStatusChanged, HeartbeatAck, BulkPresence, UserPresence, ContactPresenceUpdate, ErrorReport,
    UnknownEvent>;

inline constexpr auto UserOnlineName = QLatin1StringView("user_online");
inline constexpr auto UserOfflineName = QLatin1StringView("user_offline");
inline constexpr auto UserStatusName = QLatin1StringView("user_status_changed");
inline constexpr auto StatusReplyName = QLatin1StringView("presence_status_response");
inline constexpr auto HeartbeatAckName = QLatin1StringView("heartbeat_ack");
inline constexpr auto BulkPresenceName = QLatin1StringView("bulk_presence_response");
inline constexpr auto UserPresenceName = QLatin1StringView("user_presence_response");
inline constexpr auto ContactUpdateName = QLatin1StringView("contact_presence_update");
inline constexpr auto ErrorName = QLatin1StringView("error");

[[nodiscard]] QString eventName(const ServerEvent &event);
//! What goes behind the name, or answers an event that asked for it; empty for an UnknownEvent.
[[nodiscard]] QJsonObject toJson(const ServerEvent &event);

//! Names and texts come out fit to be shown; a status of a newer server is refused.
//! Errors: MissingField, InvalidField and TooLarge with the path; `payload` when the argument is no
//! object.
[[nodiscard]] Expected<ServerEvent, Error> serverEventFromJson(
    const QString &name, const QJsonArray &arguments);

} // namespace presently::net::devices
