// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"

#include <QFlags>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace presently {

//! \brief What somebody sees of somebody. Unknown is what a client says of others while it cannot
//! know.
enum class Status { Unknown, Offline, Online, Away, Busy };

//! \brief What a person wants shown: one per person, kept over restarts.
enum class IntentStatus { Auto, Away, Busy, Invisible };

enum class OfflineReason { None, Disconnected, Inactive, Manual, Shutdown };

enum class DeviceType { Unknown = 0x1, Desktop = 0x2, Terminal = 0x4, Web = 0x8, Mobile = 0x10 };
Q_DECLARE_FLAGS(DeviceTypes, DeviceType)
Q_DECLARE_OPERATORS_FOR_FLAGS(DeviceTypes)

//! \brief What a device says of itself with each heartbeat.
enum class ActivityState { Active, Idle, Hidden, Locked };

//! \brief The person's one wish about what others see.
struct Intent {
    IntentStatus status = IntentStatus::Auto;
    QString customMessage; //!< at most 140 characters
    std::optional<WallTime> until; //!< when the one before it returns; none: until changed

    bool operator==(const Intent &) const = default;
};

//! \brief What one person's presence looks like to one viewer.
struct Presence {
    Status status = Status::Unknown;
    bool autoAway = false; //!< away because every device is idle, not by choice
    QString customMessage;
    std::optional<WallTime> until;
    std::optional<WallTime> lastSeen; //!< none: never, hidden, or the dialect cannot say
    int deviceCount = 0;
    DeviceTypes deviceTypes;
    OfflineReason reason = OfflineReason::None;

    //! Online, away and busy all count as being there (the boolean of `mtchat` and `friends`).
    [[nodiscard]] bool isOnline() const
    {
        return status == Status::Online || status == Status::Away || status == Status::Busy;
    }
    bool operator==(const Presence &) const = default;
};

//! \brief The age of a statement about one person: compared only for the same person.
struct PresenceVersion {
    qint64 epoch = 0; //!< changes when the server lost its memory; 0: the dialect has none
    qint64 serial = 0; //!< grows by one with each change that others can see

    bool operator==(const PresenceVersion &) const = default;
};

//! \brief One person's presence with its version: a row of a snapshot, or the body of an event.
struct PresenceRecord {
    UserId user;
    Presence presence;
    PresenceVersion version;
    std::optional<WallTime> at; //!< the server's clock at the change

    bool operator==(const PresenceRecord &) const = default;
};

//! \brief Many people at once. Only a complete one may turn absence into offline.
struct PresenceSnapshot {
    qint64 epoch = 0;
    bool complete = false;
    QList<PresenceRecord> users;
};

} // namespace presently

Q_DECLARE_METATYPE(presently::Presence)
Q_DECLARE_METATYPE(presently::PresenceRecord)
Q_DECLARE_METATYPE(presently::PresenceSnapshot)
Q_DECLARE_METATYPE(presently::Intent)
