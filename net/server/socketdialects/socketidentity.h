// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/presence.h"
#include "net/server/listener/requesthandler.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace presently::net {

class SessionService;

//! \brief Who is behind a socket, as its token and its words at the door say.
struct SocketIdentity {
    PersonKey person{};
    std::optional<SessionId> session; //!< none: a token of an outside issuer
    std::optional<WallTime> expiresAt; //!< of a token without a session
    DeviceId device; //!< empty: the socket itself is the device
    DeviceType deviceType = DeviceType::Unknown;
};

//! The first of \a tokens that is good decides; empty ones do not count.
//! Errors: MissingField `token` when there is none at all, else what the last one was refused for.
[[nodiscard]] Expected<SocketIdentity, Error> identify(
    SessionService &sessions, const QList<QByteArray> &tokens);

} // namespace presently::net
