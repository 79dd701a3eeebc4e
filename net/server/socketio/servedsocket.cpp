// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/servedsocket.h"

#include "net/server/socketio/clientconnection.h"
#include "net/server/socketio/sessionid.h"

#include <utility>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

ServedSocket::ServedSocket(ClientConnection &connection, const Space &space, quint64 id)
    : m_connection(connection)
    , m_space(space)
    , m_id(id)
{
}

ServedSocket::~ServedSocket()
{
    if (const auto slot = m_slot.lock())
        slot->target = nullptr;
}

void ServedSocket::ask(std::optional<QJsonObject> auth)
{
    m_auth = std::move(auth);
    askNext();
}

void ServedSocket::askNext()
{
    if (m_asked == m_space.handlers.size())
        return refuse(u"Invalid namespace"_s, QJsonValue::Undefined);
    NamespaceHandler &handler = *m_space.handlers[m_asked++];
    auto slot
        = std::make_shared<ConnectResponder::Slot>(static_cast<ConnectResponder::Target &>(*this));
    m_slot = slot;
    handler.connecting({m_space.name, m_auth, handshake()}, ConnectResponder(std::move(slot)));
}

void ServedSocket::accept(std::unique_ptr<SocketHandler> handler, const QJsonObject &data)
{
    if (m_state != State::Asking)
        return;
    m_state = State::Open;
    m_auth.reset();
    m_handler = std::move(handler);
    m_sid = makeSessionId();
    QJsonObject answer = data;
    answer.insert(u"sid"_s, sid());
    m_connection.send(ConnectPacket{m_space.name, answer});
    m_connection.entered(m_space);
    m_handler->opened(*this);
}

void ServedSocket::refuse(const QString &message, const QJsonValue &data)
{
    if (m_state != State::Asking)
        return;
    ConnectErrorPacket packet{m_space.name, message, std::nullopt};
    if (!data.isUndefined())
        packet.data = data;
    m_connection.send(packet);
    m_state = State::Gone;
    m_connection.tidyLater();
}

void ServedSocket::pass()
{
    if (m_state == State::Asking)
        askNext();
}

void ServedSocket::send(const EncodedEvent &event)
{
    Q_ASSERT(event.space() == m_space.name);
    if (!isOpen())
        return;
    m_connection.send(event.frame());
    for (const SharedFrame &attachment : event.attachments())
        m_connection.send(attachment);
}

void ServedSocket::acknowledge(
    quint64 ackId, const QJsonArray &arguments, const QList<QByteArray> &attachments)
{
    if (!isOpen())
        return;
    m_connection.send(AckPacket{m_space.name, ackId, arguments, int(attachments.size())});
    for (const QByteArray &bytes : attachments)
        m_connection.send(SharedFrame::binary(bytes));
}

void ServedSocket::disconnect()
{
    if (!isOpen())
        return;
    m_connection.send(DisconnectPacket{m_space.name});
    m_state = State::Leaving;
    m_connection.tidyLater();
}

void ServedSocket::close()
{
    m_connection.close();
}

const RequestHead &ServedSocket::handshake() const
{
    return m_connection.handshake();
}

void ServedSocket::deliver(const SocketEvent &event)
{
    if (isOpen())
        m_handler->eventReceived(event);
}

void ServedSocket::transportAlive()
{
    if (isOpen())
        m_handler->transportAlive();
}

void ServedSocket::leave(presently::CloseKind kind)
{
    m_state = State::Gone;
    if (const auto slot = m_slot.lock())
        slot->target = nullptr;
    if (const auto handler = std::exchange(m_handler, nullptr))
        handler->closed(kind);
}

} // namespace presently::net::socketio
