// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/acceptor.h"

namespace presently::net {

//! \brief When to take a connection from the backlog: the same for every kind of socket.
//!
//! Open while the user wants it, the cap leaves room and descriptors are to be had. Out of
//! descriptors it closes and tries again when a connection ends or half a second has passed; accept()
//! in that state fails at once, again and again, at the cost of a core.
class GatedAcceptor : public Acceptor, public Deadline::Owner
{
public:
    void setAccepting(bool on) final;
    [[nodiscard]] qsizetype connectionCount() const final { return m_count; }

    //! Called by each connection of this acceptor when its descriptor is closed.
    void connectionClosed();

protected:
    GatedAcceptor(ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options);

    //! For each new descriptor, before its connection is made.
    void connectionOpened();
    void handOver(std::unique_ptr<Connection> connection);
    void outOfDescriptors();
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] DeadlineQueue &deadlines() const { return m_deadlines; }
    [[nodiscard]] const AcceptorOptions &options() const { return m_options; }

    //! Watches the listening socket, or not. Idempotent.
    virtual void watchBacklog(bool on) = 0;

private:
    void deadlineReached(Deadline &deadline) final;

    ConnectionTaker &m_taker;
    DeadlineQueue &m_deadlines;
    AcceptorOptions m_options;
    Deadline m_retry;
    qsizetype m_count = 0;
    bool m_wanted = true;
    bool m_starved = false;
};

} // namespace presently::net
