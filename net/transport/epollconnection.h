// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/connection.h"
#include "net/transport/deadlinequeue.h"
#include "net/transport/epollreactor.h"
#include "net/transport/writequeue.h"

#include <sys/socket.h>

namespace presently::net {

class GatedAcceptor;

//! \brief A plain TCP connection in an epoll set. Linux only.
class EpollConnection final : public Connection, public EpollSource, public Deadline::Owner
{
public:
    //! Takes over \a fd, which is connected and non-blocking.
    EpollConnection(int fd, const PeerAddress &peer, EpollReactor &reactor, GatedAcceptor &acceptor,
        DeadlineQueue &deadlines);
    ~EpollConnection() override;

    //! Puts it into the set; false if the kernel refuses.
    [[nodiscard]] bool start();

    void write(const QByteArray &bytes) override;
    [[nodiscard]] qint64 pendingBytes() const override { return m_queue.pendingBytes(); }
    void discardPending() override { m_queue.discardUnsent(); }
    void setReading(bool on) override;
    void closeAfterFlush() override;
    void abort() override;
    [[nodiscard]] PeerAddress peer() const override { return m_peer; }
    [[nodiscard]] QHostAddress localAddress() const override;
    [[nodiscard]] bool isSecure() const override { return false; }

    void ready(quint32 events) override;
    void flush() override;
    void deadlineReached(Deadline &deadline) override;

private:
    enum class State : quint8 { Open, Closing, Lingering, Ended };

    void read();
    void readEnded();
    void send();
    [[nodiscard]] ssize_t sendSome();
    void linger();
    void end(ConnectionEnd how);
    void release();
    void updateInterest();

    EpollReactor &m_reactor;
    GatedAcceptor &m_acceptor;
    EpollReactor::Token m_token;
    WriteQueue m_queue;
    Deadline m_lingerDeadline;
    PeerAddress m_peer;
    qint64 m_discarded = 0; //!< bytes thrown away while lingering
    quint32 m_interest = 0;
    int m_fd = -1;
    State m_state = State::Open;
    bool m_reading = true;
    bool m_inputEnded = false;
    bool m_blocked = false; //!< the system takes no more for now
    bool m_failed = false; //!< ended() is owed
    bool m_flushedOwed = false;
};

//! The address of \a storage; an IPv4 address that came through an IPv6 socket is an IPv4 address.
[[nodiscard]] PeerAddress peerAddressOf(const sockaddr_storage &storage);

} // namespace presently::net
