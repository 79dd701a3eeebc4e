// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/qtconnection.h"

#include "net/transport/gatedacceptor.h"

#include <QSslSocket>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace presently::net {

using namespace std::chrono_literals;

namespace {

constexpr qint64 SocketBufferBytes = 64LL * 1024; //!< copied into Qt's buffer ahead of the system's
constexpr Milliseconds LingerTime = 2s;

} // namespace

QtConnection::QtConnection(std::unique_ptr<QTcpSocket> socket, QByteArray &readBuffer,
    GatedAcceptor &acceptor, DeadlineQueue &deadlines)
    : m_socket(std::move(socket))
    , m_readBuffer(readBuffer)
    , m_acceptor(acceptor)
    , m_lingerDeadline(deadlines, *this)
    , m_peer{m_socket->peerAddress(), m_socket->peerPort()}
    , m_secure(qobject_cast<QSslSocket *>(m_socket.get()) != nullptr)
{
    bool isIpv4 = false;
    const quint32 ipv4 = m_peer.address.toIPv4Address(&isIpv4);
    if (isIpv4)
        m_peer.address.setAddress(ipv4);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(SocketBufferBytes);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &QtConnection::read);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &QtConnection::requestFlush);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &QtConnection::onDisconnected);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket.get())) {
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &QtConnection::requestFlush);
        connect(tls, &QSslSocket::encrypted, this, &QtConnection::requestFlush);
    }
}

QtConnection::~QtConnection()
{
    abort();
}

qint64 QtConnection::bytesInSocket() const
{
    qint64 bytes = m_socket->bytesToWrite();
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get()))
        bytes += tls->encryptedBytesToWrite();
    return bytes;
}

qint64 QtConnection::pendingBytes() const
{
    return m_state == State::Ended ? 0 : m_queue.pendingBytes() + bytesInSocket();
}

void QtConnection::write(const QByteArray &bytes)
{
    if (m_state != State::Open)
        return;
    m_queue.append(bytes);
    requestFlush();
}

void QtConnection::requestFlush()
{
    if (m_flushPosted || m_state == State::Ended)
        return;
    m_flushPosted = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_flushPosted = false;
            flush();
        },
        Qt::QueuedConnection);
}

void QtConnection::feedSocket()
{
    while (!m_queue.isEmpty() && bytesInSocket() < SocketBufferBytes) {
        const QByteArrayView buffer = m_queue.buffer(0);
        const qint64 written
            = m_socket->write(buffer.data(), std::min<qint64>(buffer.size(), SocketBufferBytes));
        if (written <= 0)
            return;
        m_queue.consume(written);
        m_flushedOwed = true;
    }
}

void QtConnection::flush()
{
    if (m_state == State::Ended)
        return;
    feedSocket();
    if (!m_queue.isEmpty() || bytesInSocket() > 0)
        return;
    if (m_state == State::Closing) {
        linger();
    } else if (m_state == State::Open && m_flushedOwed) {
        m_flushedOwed = false;
        handler()->flushed();
    }
}

void QtConnection::setReading(bool on)
{
    if (m_state != State::Open || m_reading == on)
        return;
    m_reading = on;
    if (on)
        QMetaObject::invokeMethod(this, &QtConnection::read, Qt::QueuedConnection);
}

void QtConnection::read()
{
    while (m_state != State::Ended && m_reading && m_socket->bytesAvailable() > 0) {
        const qint64 count = m_socket->read(m_readBuffer.data(), m_readBuffer.size());
        if (count <= 0)
            return;
        if (m_state == State::Open)
            handler()->dataReceived(QByteArrayView(m_readBuffer.constData(), count));
    }
}

void QtConnection::closeAfterFlush()
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    m_reading = true;
    requestFlush();
}

void QtConnection::linger()
{
    m_state = State::Lingering;
    m_lingerDeadline.arm(LingerTime);
#ifdef Q_OS_UNIX
    if (!m_secure) {
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
        read();
        return;
    }
#endif
    m_socket->disconnectFromHost();
}

void QtConnection::deadlineReached(Deadline &)
{
    end(ConnectionEnd::Closed);
}

void QtConnection::onDisconnected()
{
    // Bytes that came before the end are still to be heard; Qt ends both directions at once.
    if (m_state == State::Open)
        read();
    if (m_state != State::Ended)
        end(m_state == State::Lingering ? ConnectionEnd::Closed : ConnectionEnd::Lost);
}

void QtConnection::abort()
{
    if (m_state != State::Ended)
        release();
}

void QtConnection::end(ConnectionEnd how)
{
    release();
    handler()->ended(how);
}

void QtConnection::release()
{
    m_state = State::Ended;
    m_lingerDeadline.disarm();
    m_queue.clear();
    m_socket->disconnect(this);
    m_socket->abort();
    // The socket may be inside one of its own signals.
    m_socket.release()->deleteLater();
    m_acceptor.connectionClosed();
}

} // namespace presently::net
