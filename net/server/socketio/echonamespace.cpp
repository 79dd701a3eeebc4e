// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/echonamespace.h"

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

class Echo final : public SocketHandler
{
public:
    explicit Echo(const QJsonObject &auth)
        : m_auth(auth)
    {
    }

    void opened(Socket &socket) override
    {
        m_socket = &socket;
        socket.sendEvent(u"auth"_s, {m_auth});
    }

    void eventReceived(const SocketEvent &event) override
    {
        if (event.name == "message"_L1)
            m_socket->send(EncodedEvent(
                m_socket->space(), u"message-back"_s, event.arguments, event.attachments));
        else if (event.name == "message-with-ack"_L1 && event.ackId)
            m_socket->acknowledge(*event.ackId, event.arguments, event.attachments);
    }

    void closed(presently::CloseKind) override { }

private:
    Socket *m_socket = nullptr;
    QJsonObject m_auth;
};

} // namespace

void EchoNamespace::connecting(const ConnectRequest &request, ConnectResponder responder)
{
    responder.accept(std::make_unique<Echo>(request.auth.value_or(QJsonObject())));
}

} // namespace presently::net::socketio
