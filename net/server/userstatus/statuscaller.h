// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "models/core/presence.h"

#include <optional>

namespace presently::net {

//! \brief Who calls, and from which device.
struct StatusCaller {
    PersonKey person{};
    QString userId; //!< the caller's own, in this dialect
    DeviceId device; //!< `x-device-id`, else the one that signed in
    DeviceType deviceType = DeviceType::Unknown;
    std::optional<SessionId> session; //!< none: a token of an outside issuer
    std::optional<WallTime> expiresAt; //!< of the token; none: never
};

} // namespace presently::net
