// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/enginesocket.h"

#include "net/server/socketio/enginesession.h"

#include <utility>

namespace presently::net::socketio {

void EngineSocket::opened(WebSocketConnection &connection)
{
    m_connection = &connection;
    m_session = std::exchange(m_opener, {})(connection);
    if (!m_session)
        connection.close(CloseStatus::NoStatus);
}

void EngineSocket::textReceived(QByteArrayView text)
{
    if (m_session)
        m_session->textReceived(*m_connection, text);
}

void EngineSocket::binaryReceived(QByteArrayView bytes)
{
    if (m_session)
        m_session->binaryReceived(*m_connection, bytes);
}

void EngineSocket::pinged(QByteArrayView)
{
    if (m_session)
        m_session->aliveOn(*m_connection);
}

void EngineSocket::ponged(QByteArrayView)
{
    if (m_session)
        m_session->aliveOn(*m_connection);
}

void EngineSocket::closed(quint16, CloseKind kind)
{
    if (const auto session = std::exchange(m_session, nullptr))
        session->socketClosed(*m_connection, kind);
}

} // namespace presently::net::socketio
