// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"
#include "net/server/socketio/echonamespace.h"
#include "net/server/socketio/socketioserver.h"

#include <memory>

namespace presently::net {

//! \brief Socket.IO under `/socket.io/`, for the dialects that are spoken over it.
//!
//! Those register their namespaces with server() when they are made. It must go before them, so
//! whoever holds them holds it.
class SocketIoAdapter final : public DialectAdapter
{
public:
    explicit SocketIoAdapter(const DialectContext &context);

    [[nodiscard]] socketio::SocketIoServer &server() { return m_server; }

    void addRoutes(Router &router, UpgradeRoutes &upgrades) override;
    void stop() override;

private:
    socketio::EchoNamespace m_echo; //!< for conformance suites
    socketio::SocketIoServer m_server;
};

[[nodiscard]] std::unique_ptr<SocketIoAdapter> makeSocketIoAdapter(const DialectContext &context);

} // namespace presently::net
