// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/connection.h"
#include "net/transport/deadlinequeue.h"
#include "net/transport/writequeue.h"

#include <QObject>
#include <QTcpSocket>

#include <memory>

namespace presently::net {

class GatedAcceptor;

//! \brief A connection on Qt's own sockets, plain or encrypted; runs wherever Qt runs.
//!
//! Two limits that EpollConnection does not have, both Qt's: a peer that ends its side of the stream
//! ends both, and an encrypted connection closes without waiting for the peer's end.
class QtConnection final : public QObject, public Connection, public Deadline::Owner
{
    Q_OBJECT

public:
    //! Takes over \a socket, which is connected.
    QtConnection(std::unique_ptr<QTcpSocket> socket, QByteArray &readBuffer,
        GatedAcceptor &acceptor, DeadlineQueue &deadlines);
    ~QtConnection() override;

    void write(const QByteArray &bytes) override;
    [[nodiscard]] qint64 pendingBytes() const override;
    void discardPending() override { m_queue.discardUnsent(); }
    void setReading(bool on) override;
    void closeAfterFlush() override;
    void abort() override;
    [[nodiscard]] PeerAddress peer() const override { return m_peer; }
    [[nodiscard]] QHostAddress localAddress() const override { return m_socket->localAddress(); }
    [[nodiscard]] bool isSecure() const override { return m_secure; }

    void deadlineReached(Deadline &deadline) override;

private:
    enum class State : quint8 { Open, Closing, Lingering, Ended };

    void requestFlush();
    void flush();
    void feedSocket();
    void read();
    void linger();
    void onDisconnected();
    void end(ConnectionEnd how);
    void release();
    [[nodiscard]] qint64 bytesInSocket() const;

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray &m_readBuffer;
    GatedAcceptor &m_acceptor;
    WriteQueue m_queue;
    Deadline m_lingerDeadline;
    PeerAddress m_peer;
    State m_state = State::Open;
    bool m_secure = false;
    bool m_reading = true;
    bool m_flushPosted = false;
    bool m_flushedOwed = false;
};

} // namespace presently::net
