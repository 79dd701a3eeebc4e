// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/socket.h"

#include <QJsonObject>
#include <QJsonValue>

#include <memory>

namespace presently::net::socketio {

//! \brief A client at the door of a namespace.
struct ConnectRequest {
    const QString &space;
    std::optional<QJsonObject> auth; //!< what came with CONNECT
    const RequestHead &handshake; //!< as Socket::handshake(); good while the responder is awaited
};

//! \brief The one answer to one CONNECT, now or later.
//!
//! Copies answer the same CONNECT; the first answer counts. Does no harm when the client has gone.
//! When the last copy goes without an answer the client is refused with "Server error".
//! Threading: the listener's thread, also for the destruction of the last copy.
class ConnectResponder
{
public:
    //! \brief Where the answer goes; implemented by the connection.
    class Target
    {
    public:
        virtual void accept(std::unique_ptr<SocketHandler> handler, const QJsonObject &data) = 0;
        virtual void refuse(const QString &message, const QJsonValue &data) = 0;
        virtual void pass() = 0;

    protected:
        ~Target() = default;
    };
    //! \brief The knot between the copies and the target; the target cuts it when it goes.
    struct Slot {
        explicit Slot(Target &to)
            : target(&to)
        {
        }
        Q_DISABLE_COPY_MOVE(Slot)
        ~Slot();
        Target *target;
    };

    explicit ConnectResponder(std::shared_ptr<Slot> slot)
        : m_slot(std::move(slot))
    {
    }

    //! Lets the client in; opened() is called before this returns. \a data goes beside the sid in
    //! the answer. \a handler is destroyed unopened when the client has gone.
    void accept(std::unique_ptr<SocketHandler> handler, const QJsonObject &data = {}) const;
    //! CONNECT_ERROR. The connection and its other namespaces stay. \a data: `undefined` for none.
    void refuse(const QString &message, const QJsonValue &data = QJsonValue::Undefined) const;
    //! Not for this handler: the next one of the same namespace is asked. After the last one the
    //! client is told "Invalid namespace".
    void pass() const;
    //! Whether the client still waits for the answer.
    [[nodiscard]] bool isAwaited() const { return m_slot && m_slot->target; }

private:
    std::shared_ptr<Slot> m_slot;
};

//! \brief What a dialect implements to serve a namespace; SocketIoServer::addNamespace() takes it.
//!
//! Ownership: borrowed by the SocketIoServer, which it must outlive.
//! Threading: called on the listener's thread.
class NamespaceHandler
{
public:
    virtual ~NamespaceHandler() = default;

    //! Decides whether the client comes in, during the call or later (within the connect timeout).
    virtual void connecting(const ConnectRequest &request, ConnectResponder responder) = 0;
};

} // namespace presently::net::socketio
