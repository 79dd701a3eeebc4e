// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/requesthandler.h"

namespace presently::net::socketio {

//! Why a request is refused; the numbers are the wire's.
enum class EngineRefusal {
    UnknownTransport = 0,
    UnknownSession = 1,
    BadHandshakeMethod = 2,
    BadRequest = 3,
    Forbidden = 4,
    UnsupportedVersion = 5,
};

//! The answer over polling: `{"code":1,"message":"Session ID unknown"}` with 400.
[[nodiscard]] HttpResponse pollingRefusal(EngineRefusal refusal);
//! The answer to an upgrade: the bare text.
[[nodiscard]] HttpResponse upgradeRefusal(EngineRefusal refusal);
//! There are too many sessions already: 503, and when to come back.
[[nodiscard]] HttpResponse fullHouse();
//! A body of the polling transport.
[[nodiscard]] HttpResponse pollingReply(const QByteArray &body);

} // namespace presently::net::socketio
