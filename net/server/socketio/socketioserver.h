// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/requesthandler.h"
#include "net/server/socketio/socketiosettings.h"
#include "net/transport/deadlinequeue.h"

#include <memory>

namespace presently::net::socketio {

class NamespaceHandler;

//! \brief Engine.IO 4 and Socket.IO 5 under `/socket.io/`: polling, WebSocket and the change from one
//! to the other, for any number of namespaces.
//!
//! It knows no dialect: dialects register their namespaces before the first client comes.
//! Units:     see SocketIoSettings.
//! Errors:    what a client does wrong ends its request with 400 and, once it has a session, the
//! session. Ownership: borrows \a deadlines, which must outlive it, and the handlers.
//! Threading: the listener's thread.
class SocketIoServer
{
    Q_DISABLE_COPY_MOVE(SocketIoServer)

public:
    SocketIoServer(const SocketIoSettings &settings, DeadlineQueue &deadlines);
    //! Tells every open socket that it is closed, and drops its connection.
    ~SocketIoServer();

    //! \a name begins with a slash. Several handlers of one namespace are asked in the order in which
    //! they came, until one does not pass.
    void addNamespace(const QString &name, NamespaceHandler &handler);

    //! \name What the listener asks for the path
    //! @{
    [[nodiscard]] BodyPlan plan(const RequestHead &head);
    void handle(HttpRequest request, const Responder &responder);
    [[nodiscard]] WebSocketDecision upgrade(const RequestHead &head);
    //! @}

    //! The server goes down: polling clients are told, WebSockets are left to the listener's goodbye.
    void stop();

    [[nodiscard]] qsizetype sessionCount() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently::net::socketio
