// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QtGlobal>

#include <array>

namespace presently {

//! \brief The wires a lease can come from; each has its own contract about time.
enum class Dialect : quint8 { Mtchat, Friends, UserStatus, Polling, Devices };
inline constexpr std::size_t DialectCount = 5;

//! \brief Whether somebody is still there at exactly the end of the lifetime (ruling L09).
enum class Boundary : quint8 { Exclusive, Inclusive };

//! \brief What a heartbeat does for a device that last said it is off (ruling L11).
enum class BeatAfterOff : quint8 { Revives, Refused };

//! \brief The contract of one dialect about time. Zero means that the dialect has no such thing.
struct Policy {
    Milliseconds heartbeat; //!< how often a client says that it is there
    Milliseconds timeToLive; //!< how long one heartbeat is evidence
    Milliseconds slack; //!< added once while the transport proves that it is alive
    Milliseconds transportCheck; //!< how old the transport's last proof may be
    Milliseconds closeGrace; //!< held after a clean close
    Milliseconds lostGrace; //!< held after a lost link
    Milliseconds streamEndMax; //!< instead of graces: what is left at most when the stream ends
    Milliseconds idleTimeToLive; //!< lifetime of a device that was marked idle by hand
    Boundary boundary = Boundary::Exclusive;
    BeatAfterOff beatAfterOff = BeatAfterOff::Revives;

    bool operator==(const Policy &) const = default;
};

using PolicyTable = std::array<Policy, DialectCount>;

//! The contracts as published, one row per dialect: see models/presence/README.md, "Policies".
[[nodiscard]] const PolicyTable &defaultPolicies();

//! Whether the numbers of each row can work together: two heartbeats fit into a lifetime, and the
//! transport is found dead before it. Errors: InvalidField, with `field` as "dialect.number".
[[nodiscard]] Expected<void, Error> checkPolicies(const PolicyTable &policies);

} // namespace presently
