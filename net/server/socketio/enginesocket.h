// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/websocketconnection.h"

#include <functional>
#include <memory>

namespace presently::net::socketio {

class EngineSession;

//! \brief A WebSocket that leads to a session, or wants to.
class EngineSocket final : public WebSocketHandler
{
public:
    //! Finds or makes the session once the WebSocket is open; null: there is none any more.
    using Opener = std::function<std::shared_ptr<EngineSession>(WebSocketConnection &connection)>;

    explicit EngineSocket(Opener opener)
        : m_opener(std::move(opener))
    {
    }

    void opened(WebSocketConnection &connection) override;
    void textReceived(QByteArrayView text) override;
    void binaryReceived(QByteArrayView bytes) override;
    void pinged(QByteArrayView payload) override;
    void ponged(QByteArrayView payload) override;
    void closed(quint16 code, CloseKind kind) override;

private:
    Opener m_opener;
    WebSocketConnection *m_connection = nullptr;
    std::shared_ptr<EngineSession> m_session;
};

} // namespace presently::net::socketio
