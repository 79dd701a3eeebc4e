// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/statuses.h"

#include <algorithm>
#include <array>

namespace presently::net::userstatus {

namespace {

constexpr qint64 FirstSecondOfYear10000 = 253402300800;

using Numbers = std::array<WireStatus, 4>;

//! Indexed by the number on the wire.
constexpr Numbers SeedNumbers{
    WireStatus::Unknown, WireStatus::Online, WireStatus::Offline, WireStatus::Away};
constexpr Numbers LaterNumbers{
    WireStatus::Unknown, WireStatus::Online, WireStatus::Away, WireStatus::Offline};

const Numbers &numbersOf(EnumRevision revision)
{
    return revision == EnumRevision::Later ? LaterNumbers : SeedNumbers;
}

} // namespace

int toNumber(WireStatus status, EnumRevision revision)
{
    const Numbers &numbers = numbersOf(revision);
    return int(std::ranges::find(numbers, status) - numbers.begin());
}

std::optional<WireStatus> fromNumber(int number, EnumRevision revision)
{
    if (number < 0 || number >= int(numbersOf(revision).size()))
        return std::nullopt;
    return numbersOf(revision)[std::size_t(number)];
}

WireStatus wireStatusFor(Status status)
{
    switch (status) {
    case Status::Unknown:
        return WireStatus::Unknown;
    case Status::Offline:
        return WireStatus::Offline;
    case Status::Away:
        return WireStatus::Away;
    case Status::Online:
    case Status::Busy:
        break;
    }
    return WireStatus::Online;
}

Status statusFor(WireStatus status)
{
    switch (status) {
    case WireStatus::Unknown:
        return Status::Unknown;
    case WireStatus::Offline:
        return Status::Offline;
    case WireStatus::Away:
        return Status::Away;
    case WireStatus::Online:
        break;
    }
    return Status::Online;
}

qint64 toSeconds(std::optional<WallTime> time)
{
    if (!time)
        return 0;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch();
    return std::max<qint64>(0, seconds.count());
}

std::optional<WallTime> fromSeconds(qint64 seconds)
{
    if (seconds <= 0 || seconds >= FirstSecondOfYear10000)
        return std::nullopt;
    return WallTime{std::chrono::seconds{seconds}};
}

} // namespace presently::net::userstatus
