// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "models/core/presence.h"
#include "models/presence/policy.h"

#include <QHashFunctions>

#include <optional>

namespace presently {

//! \brief The name of one lease. Never reused within a run: a stale one finds nothing.
struct LeaseId {
    quint32 slot = 0;
    quint32 generation = 0; //!< 0: no lease

    [[nodiscard]] bool isNull() const { return generation == 0; }
    friend bool operator==(const LeaseId &, const LeaseId &) = default;
    friend size_t qHash(const LeaseId &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.slot, id.generation);
    }
};

//! \brief Whether a connection stands behind a lease.
enum class Binding : quint8 { Attached, Detached };

//! \brief How a lease stands.
//!
//!   Live -> Parked    hidden or locked: no heartbeats expected while the connection lives
//!   Live, Parked -> Held     the connection is gone, the grace is running
//!   Live, Parked -> Dormant  no evidence any more, but the connection is there: a beat revives
//!   Live, Held -> (gone)     expired, ended, or replaced by a new lease of the same device
enum class LeaseState : quint8 { Live, Parked, Held, Dormant };

//! \brief How a connection ended.
enum class CloseKind { Clean, Lost };

//! \brief What a device says of itself when it makes a lease.
struct LeaseRequest {
    PersonKey person{};
    DeviceId device;
    DeviceType deviceType = DeviceType::Unknown;
    Dialect dialect = Dialect::Mtchat;
    Binding binding = Binding::Attached;
    ActivityState state = ActivityState::Active;
    std::optional<Milliseconds> idleFor = std::nullopt; //!< none: the wire cannot say
};

//! \brief A new lease, and the one that had to go for it.
struct OpenedLease {
    LeaseId lease;
    std::optional<LeaseId> evicted; //!< the oldest, when there were too many: close it with 4009
};

} // namespace presently
