// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/transport/connection.h"
#include "net/transport/deadlinequeue.h"

#include <QString>

#include <memory>

namespace presently::net {

//! \brief Who takes new connections.
class ConnectionTaker
{
public:
    //! Must keep \a connection and set its handler, or drop it, which closes it.
    virtual void connectionAccepted(std::unique_ptr<Connection> connection) = 0;

protected:
    ~ConnectionTaker() = default;
};

//! \brief A listening socket and the connections that came through it.
//!
//! When the process runs out of descriptors, or the cap is reached, it stops accepting (the backlog
//! waits) and goes on when one is free again; it never spins.
//! Errors:    listen() says why not: Conflict (somebody else has the port), Unreachable (address
//!            or port), TlsFailed (certificate, key).
//! Ownership: borrows taker and deadlines. Must outlive its connections.
//! Threading: one thread with an event loop.
class Acceptor
{
    Q_DISABLE_COPY_MOVE(Acceptor)

public:
    Acceptor() = default;
    virtual ~Acceptor() = default;

    //! Port 0 takes a free one. Returns the port.
    [[nodiscard]] virtual Expected<quint16, Error> listen(const QHostAddress &address, quint16 port)
        = 0;
    //! Stops listening; connections go on.
    virtual void close() = 0;
    //! Stops or goes on taking connections from the backlog.
    virtual void setAccepting(bool on) = 0;
    [[nodiscard]] virtual qsizetype connectionCount() const = 0;
};

struct TlsFiles {
    QString certificate; //!< PEM, the server's own first, then the chain
    QString key; //!< PEM, RSA or EC
    [[nodiscard]] bool isEmpty() const { return certificate.isEmpty() && key.isEmpty(); }
};

struct AcceptorOptions {
    int backlog = 4096;
    qsizetype maxConnections = 0; //!< 0: the descriptors of the process less 64
    TlsFiles tls; //!< empty: plain
};

enum class AcceptorKind {
    Best, //!< epoll for plain sockets on Linux, Qt's sockets elsewhere and for TLS
    Qt,
};

[[nodiscard]] std::unique_ptr<Acceptor> makeAcceptor(ConnectionTaker &taker,
    DeadlineQueue &deadlines, const AcceptorOptions &options,
    AcceptorKind kind = AcceptorKind::Best);

//! listen(), and again every few milliseconds while somebody else has the port, for at most
//! \a patience: a process that was killed gives it back a moment after its successor asks.
//! Blocks the thread for so long. Zero, or port 0: one try.
[[nodiscard]] Expected<quint16, Error> listenPatiently(
    Acceptor &acceptor, const QHostAddress &address, quint16 port, Milliseconds patience);

//! Lets this process have as many descriptors as its administrator allows; most systems begin with
//! room for a thousand. For the beginning of main().
void raiseDescriptorLimit();

//! How many descriptors this process may still hope for, less 64 for files and the rest.
[[nodiscard]] qsizetype descriptorBudget();

} // namespace presently::net
