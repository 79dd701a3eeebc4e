// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QString>

#include <optional>

//! \file
//! The few states that this wire knows, and its times.

namespace presently::net::userstatus {

enum class WireStatus { Unknown, Online, Offline, Away };

//! \brief Which numbers AWAY and OFFLINE have; never guessed, since a wrong guess would show those
//! who are away as offline.
enum class EnumRevision {
    Seed, //!< OFFLINE is 2, AWAY is 3
    Later, //!< AWAY is 2, OFFLINE is 3
};

[[nodiscard]] int toNumber(WireStatus status, EnumRevision revision);
//! None for a number that the contract does not have.
[[nodiscard]] std::optional<WireStatus> fromNumber(int number, EnumRevision revision);

//! Busy is online here: the wire has no word for it.
[[nodiscard]] WireStatus wireStatusFor(Status status);
[[nodiscard]] Status statusFor(WireStatus status);

//! Whole seconds since 1970, rounded down; none is 0.
[[nodiscard]] qint64 toSeconds(std::optional<WallTime> time);
//! None for 0, for what is negative, and for years after 9999.
[[nodiscard]] std::optional<WallTime> fromSeconds(qint64 seconds);

//! \brief One person's state in an answer.
struct StatusRow {
    QString userId;
    WireStatus status = WireStatus::Unknown;
    std::optional<WallTime> lastSeen;
    std::optional<WallTime> timestamp; //!< when the state began

    bool operator==(const StatusRow &) const = default;
};

//! \brief One person's state in a stream.
struct StatusEvent {
    QString userId;
    WireStatus status = WireStatus::Unknown;
    std::optional<WallTime> timestamp;

    bool operator==(const StatusEvent &) const = default;
};

} // namespace presently::net::userstatus
