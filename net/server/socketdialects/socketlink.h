// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/lease.h"
#include "net/server/ratelimiter.h"
#include "net/server/socketdialects/socketidentity.h"
#include "net/server/socketio/socket.h"

namespace presently::net {

class SocketBook;

//! \brief One socket of a person in one dialect, and the lease that it holds.
//!
//! Errors:    none; without a socket, or without its lease, nothing happens.
//! Ownership: whoever makes it; borrows the book, which knows it while it is open.
//! Threading: the server's thread.
class SocketLink
{
    Q_DISABLE_COPY_MOVE(SocketLink)

public:
    SocketLink(SocketBook &book, SocketIdentity identity);
    virtual ~SocketLink();

    [[nodiscard]] const SocketIdentity &identity() const { return m_identity; }
    [[nodiscard]] PersonKey person() const { return m_identity.person; }
    [[nodiscard]] LeaseId lease() const { return m_lease; }
    [[nodiscard]] bool isOpen() const { return m_socket != nullptr; }
    //! Only while open.
    [[nodiscard]] socketio::Socket &socket() const { return *m_socket; }

    void send(const socketio::EncodedEvent &event);
    //! Sends the client out of the namespace; it does not come back by itself.
    void kick();
    //! Ends the whole connection. A client that was not sent out comes back, and is told why it may
    //! not.
    void drop();

protected:
    //! \name The life of the socket, for its handler
    //! @{
    void open(socketio::Socket &socket);
    //! A presence heartbeat: refreshes the lease, or makes it anew. Too many do nothing.
    void beat();
    void proveAlive();
    //! The socket is gone; the lease is held for its grace.
    void close(presently::CloseKind kind);
    //! Another link has taken over, or the device signed out: no grace. The socket stays.
    void leave();
    //! The device says now what it is.
    void becomeDevice(DeviceType type);
    //! @}

private:
    friend class SocketBook;

    SocketBook &m_book;
    SocketIdentity m_identity;
    socketio::Socket *m_socket = nullptr;
    LeaseId m_lease;
    TokenBucket m_beats;
    bool m_isLeaving = false; //!< sent out: nothing of it counts any more
};

} // namespace presently::net
