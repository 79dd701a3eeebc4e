// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/lease.h"
#include "net/server/listener/requesthandler.h"
#include "net/server/socketio/encodedevent.h"

#include <QByteArray>
#include <QJsonArray>
#include <QString>

#include <optional>

namespace presently::net::socketio {

//! \brief An event as a client sent it. Names, types and depth are bounded; what it means is not
//! checked.
struct SocketEvent {
    QString name;
    QJsonArray arguments; //!< without the name; placeholders where attachments belong
    QList<QByteArray> attachments;
    std::optional<quint64> ackId; //!< set: answer it with Socket::acknowledge()
};

//! \brief One client in one namespace, as the server sees it.
//!
//! Everything here is safe to call from inside any handler, also after disconnect() and close();
//! nothing calls back before the event loop turns again.
//! Ownership: the SocketIoServer's. The reference is good from SocketHandler::opened() until closed()
//! returns.
//! Threading: the listener's thread.
class Socket
{
public:
    //! Unique in this process, never used again.
    [[nodiscard]] virtual quint64 id() const = 0;
    //! What the client knows itself by in this namespace; nothing can be opened with it.
    [[nodiscard]] virtual QString sid() const = 0;
    [[nodiscard]] virtual const QString &space() const = 0;

    //! An event of this namespace. A client that takes too little is closed (net/README.md, "Limits").
    virtual void send(const EncodedEvent &event) = 0;
    void sendEvent(const QString &name, const QJsonArray &arguments)
    {
        send(EncodedEvent(space(), name, arguments));
    }
    //! The answer to SocketEvent::ackId, now or later; the client takes the first one.
    virtual void acknowledge(
        quint64 ackId, const QJsonArray &arguments, const QList<QByteArray> &attachments = {})
        = 0;

    //! Sends the client out of this namespace alone (`41`); it does not come back by itself. What was
    //! sent before still arrives. closed(Clean) follows.
    virtual void disconnect() = 0;
    //! Ends the whole connection with all its namespaces; the client comes back by itself.
    //! closed(Clean) follows.
    virtual void close() = 0;

    //! The request that opened the connection: Cookie, Authorization, User-Agent, Origin and the
    //! like, and the query. What the transport alone needs is left out.
    [[nodiscard]] virtual const RequestHead &handshake() const = 0;
    [[nodiscard]] const PeerAddress &peer() const { return handshake().peer; }

protected:
    ~Socket() = default;
};

//! \brief What a dialect does with one socket. Destroyed after closed().
class SocketHandler
{
public:
    virtual ~SocketHandler() = default;

    //! First, before ConnectResponder::accept() returns; the answer to CONNECT is on its way and
    //! events may be sent.
    virtual void opened(Socket &socket) = 0;
    virtual void eventReceived(const SocketEvent &event) = 0;
    //! The client's end of the line has shown life: a pong, a frame or a POST. Before the
    //! event, if it came with one. By default does nothing.
    virtual void transportAlive() { }
    //! Last, once. Clean: the client or we ended it in words; Lost: it fell silent or broke.
    //! Not called from inside a call of this handler or of the socket.
    virtual void closed(presently::CloseKind kind) = 0;
};

} // namespace presently::net::socketio
