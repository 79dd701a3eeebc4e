// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/presence.h"
#include "net/server/listener/requesthandler.h"

#include <optional>
#include <variant>

namespace presently::net {

class SessionService;

//! \brief Which of the two published servers a path belongs to. Either takes either kind of token.
enum class PollingFace {
    Backend, //!< "/heartbeat/": Authorization: Bearer; without a token 401
    Proxy, //!< "/heartbeat": cookie auth-token; without it nobody is listed
};

[[nodiscard]] PollingFace pollingFaceOf(const HttpHead &head);

//! \brief Who asks, and from which device: a lease is held for each.
struct PollingCaller {
    PersonKey person{};
    std::optional<SessionId> session; //!< none: a token of an outside issuer
    DeviceId device;
    DeviceType deviceType = DeviceType::Web;
};

//! Nobody: no token was sent at all.
struct PollingStranger {
};

//! By the token of the header, or else by the cookie; a wrong header is not made good by a cookie.
//! The device is the one that `X-Device-Id` names, or that of the sign-in, or "default".
//! Errors: as responses; 401 for a bad token, 400 for a bad device.
[[nodiscard]] std::variant<PollingCaller, PollingStranger, HttpResponse> pollingCallerOf(
    const HttpHead &head, SessionService &sessions);

//! The device that `X-Device-Id` names; none: it is not there. Errors: InvalidField.
[[nodiscard]] Expected<std::optional<DeviceId>, Error> namedDevice(const HttpHead &head);

} // namespace presently::net
