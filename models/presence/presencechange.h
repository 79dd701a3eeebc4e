// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/derive.h"
#include "models/presence/lease.h"

#include <vector>

namespace presently {

//! \brief A person's presence as the person sees it: nothing is disguised.
struct OwnPresence {
    Presence presence; //!< as the devices say, also while the intent is invisible
    Intent intent;

    bool operator==(const OwnPresence &) const = default;
};

//! \brief Whom a change is for.
enum class Audience {
    Everybody, //!< all who may see the person, and the person's own devices
    OwnDevices, //!< others see no difference and must not hear of it
    Nobody, //!< only storage has to learn something
};

//! \brief What of a person has to be written down.
enum class StoredPart { None = 0, Intent = 1, LastSeen = 2, Preferences = 4 };
Q_DECLARE_FLAGS(StoredParts, StoredPart)
Q_DECLARE_OPERATORS_FOR_FLAGS(StoredParts)

//! \brief One person's change, ready to be told.
struct PresenceChange {
    PersonKey person{};
    Presence before; //!< as others saw it when the batch began
    Presence after; //!< as others see it now
    OwnPresence own;
    PresenceVersion version;
    WallTime at;
    Audience audience = Audience::Nobody;
    StoredParts toStore; //!< fetch with PresenceLedger::stored()
};

//! \brief A row of a snapshot, as others see it.
struct PresenceRow {
    PersonKey person{};
    Presence presence;
    PresenceVersion version;
};

//! \brief What survives a restart, apart from detached leases.
struct StoredPresence {
    Intent intent;
    std::optional<Intent> previous; //!< returns when `intent.until` passes
    std::optional<WallTime> lastSeen;
    OfflineReason reason = OfflineReason::None;
    PresencePreferences preferences;

    bool operator==(const StoredPresence &) const = default;
};

//! \brief A detached lease on its way over a restart.
struct StoredLease {
    PersonKey person{};
    DeviceId device;
    DeviceType deviceType = DeviceType::Unknown;
    Dialect dialect = Dialect::Polling;
    bool markedIdle = false;
    WallTime lastHeartbeat;

    bool operator==(const StoredLease &) const = default;
};

//! \brief One device in the answer to "why do I look like this?".
struct DeviceExplanation {
    LeaseId lease;
    DeviceId device;
    DeviceType type = DeviceType::Unknown;
    Dialect dialect = Dialect::Mtchat;
    Binding binding = Binding::Attached;
    LeaseState state = LeaseState::Live;
    ActivityState activity = ActivityState::Active;
    bool idle = false;
    std::optional<Milliseconds> idleFor; //!< none: the device did not say
    WallTime lastHeartbeat;
    std::optional<WallTime> endsAt; //!< unless it says something before; none: with its connection
};

//! \brief Why a person looks the way they do.
struct PresenceExplanation {
    Presence shown; //!< to others
    OwnPresence own;
    Rule rule = Rule::NoLease; //!< which decided what others see
    std::vector<DeviceExplanation> devices; //!< oldest first
    std::optional<WallTime> nextChangeAt; //!< if nobody does anything until then
};

} // namespace presently
