// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"

#include <memory>

namespace presently::net {

namespace socketio {
class SocketIoServer;
}

//! The dialects `friends` and `devices`: two, but behind one Socket.IO, whose namespace `/` both
//! serve. \a server must go before what is returned.
[[nodiscard]] std::unique_ptr<DialectAdapter> makeSocketDialects(
    const DialectContext &context, socketio::SocketIoServer &server);

} // namespace presently::net
