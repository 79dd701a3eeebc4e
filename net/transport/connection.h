// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>

namespace presently::net {

//! \brief How a connection came to its end, as far as its owner did not end it with abort().
enum class ConnectionEnd {
    Closed, //!< after closeAfterFlush(): everything was handed to the system
    Lost, //!< reset, refused, timed out, TLS failure
};

struct PeerAddress {
    QHostAddress address;
    quint16 port = 0;
};

//! \brief Whoever listens to one connection. Called on its thread, never from inside write().
class ConnectionHandler
{
public:
    //! \a bytes are valid during the call only. After setReading(false) in it no more come, but the
    //! rest of \a bytes is the handler's to keep.
    virtual void dataReceived(QByteArrayView bytes) = 0;
    //! The peer will send no more; it may still read.
    virtual void inputEnded() = 0;
    //! The queue has become empty after it was not.
    virtual void flushed() = 0;
    //! Nothing more comes. Not called after abort().
    virtual void ended(ConnectionEnd how) = 0;

protected:
    ~ConnectionHandler() = default;
};

//! \brief One byte stream to a peer, already accepted (and encrypted, where it is).
//!
//! write() keeps a reference to the bytes and copies nothing: one frame for ten thousand peers is
//! held once. It hands them to the system at the end of the present turn of the event loop, in as
//! few calls as can be.
//! Units:     bytes.
//! Errors:    only through ConnectionHandler::ended().
//! Ownership: owned by its user, who must not destroy it from inside its own callback.
//! Threading: one thread.
class Connection
{
    Q_DISABLE_COPY_MOVE(Connection)

public:
    Connection() = default;
    virtual ~Connection() = default; //!< aborts

    //! Set before the event loop turns again; may be replaced. Borrowed.
    void setHandler(ConnectionHandler *handler) { m_handler = handler; }

    //! Ignored after closeAfterFlush() and abort().
    virtual void write(const QByteArray &bytes) = 0;
    //! What was written and is not yet in the system's hands.
    [[nodiscard]] virtual qint64 pendingBytes() const = 0;
    //! Forgets every pending buffer of which nothing has been sent yet.
    virtual void discardPending() = 0;
    //! Off: the system's buffers fill and the peer has to wait.
    virtual void setReading(bool on) = 0;
    //! Sends what is pending, then the end of the stream, then waits up to two seconds for the
    //! peer's end so that a reset does not take the last bytes with it. Input is thrown away.
    virtual void closeAfterFlush() = 0;
    //! Ends at once; nothing is called any more.
    virtual void abort() = 0;

    [[nodiscard]] virtual PeerAddress peer() const = 0;
    [[nodiscard]] virtual QHostAddress localAddress() const = 0;
    [[nodiscard]] virtual bool isSecure() const = 0;

protected:
    [[nodiscard]] ConnectionHandler *handler() const { return m_handler; }

private:
    ConnectionHandler *m_handler = nullptr;
};

} // namespace presently::net
