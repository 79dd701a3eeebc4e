// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/epollconnection.h"

#include "net/transport/gatedacceptor.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace presently::net {

using namespace std::chrono_literals;

namespace {

constexpr qint64 SendAtOnceBytes = 64LL * 1024; //!< above it a turn's writes are not collected
constexpr size_t BuffersPerSend = 64;
constexpr Milliseconds LingerTime = 2s;
constexpr qint64 LingerBytes = 16LL * 1024 * 1024; //!< then the peer is not going to stop

} // namespace

PeerAddress peerAddressOf(const sockaddr_storage &storage)
{
    PeerAddress peer;
    peer.address.setAddress(reinterpret_cast<const sockaddr *>(&storage));
    bool isIpv4 = false;
    const quint32 ipv4 = peer.address.toIPv4Address(&isIpv4);
    if (isIpv4)
        peer.address.setAddress(ipv4);
    peer.port = storage.ss_family == AF_INET
        ? ntohs(reinterpret_cast<const sockaddr_in &>(storage).sin_port)
        : ntohs(reinterpret_cast<const sockaddr_in6 &>(storage).sin6_port);
    return peer;
}

EpollConnection::EpollConnection(int fd, const PeerAddress &peer, EpollReactor &reactor,
    GatedAcceptor &acceptor, DeadlineQueue &deadlines)
    : m_reactor(reactor)
    , m_acceptor(acceptor)
    , m_lingerDeadline(deadlines, *this)
    , m_peer(peer)
    , m_fd(fd)
{
}

EpollConnection::~EpollConnection()
{
    abort();
}

bool EpollConnection::start()
{
    m_interest = EPOLLIN;
    const auto token = m_reactor.add(m_fd, m_interest, *this);
    if (token)
        m_token = *token;
    return token.has_value();
}

void EpollConnection::write(const QByteArray &bytes)
{
    if (m_state != State::Open || m_failed)
        return;
    m_queue.append(bytes);
    if (!m_blocked && m_queue.pendingBytes() >= SendAtOnceBytes)
        send();
    m_reactor.requestFlush(m_token);
}

void EpollConnection::setReading(bool on)
{
    if (m_state != State::Open)
        return;
    m_reading = on;
    updateInterest();
}

void EpollConnection::closeAfterFlush()
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    m_reading = true;
    updateInterest();
    m_reactor.requestFlush(m_token);
}

void EpollConnection::abort()
{
    if (m_state == State::Ended)
        return;
    // A reset: the kernel forgets what it still holds for a peer that does not take it.
    const struct linger atOnce {
        1, 0
    };
    setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    release();
}

QHostAddress EpollConnection::localAddress() const
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (m_fd < 0 || getsockname(m_fd, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return {};
    return peerAddressOf(storage).address;
}

void EpollConnection::ready(quint32 events)
{
    if (events & EPOLLOUT) {
        m_blocked = false;
        flush();
    }
    if (m_state == State::Ended)
        return;
    if ((events & EPOLLIN) && m_reading && !m_inputEnded)
        read();
    else if (events & (EPOLLERR | EPOLLHUP))
        end(m_state == State::Lingering ? ConnectionEnd::Closed : ConnectionEnd::Lost);
}

void EpollConnection::read()
{
    QByteArray &buffer = m_reactor.readBuffer();
    ssize_t count = 0;
    do {
        count = ::recv(m_fd, buffer.data(), size_t(buffer.size()), 0);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            end(m_state == State::Lingering ? ConnectionEnd::Closed : ConnectionEnd::Lost);
        return;
    }
    if (count == 0) {
        readEnded();
        return;
    }
    if (m_state == State::Open) {
        handler()->dataReceived(QByteArrayView(buffer.constData(), count));
        return;
    }
    m_discarded += count;
    if (m_discarded > LingerBytes)
        end(ConnectionEnd::Closed);
}

void EpollConnection::readEnded()
{
    m_inputEnded = true;
    updateInterest();
    if (m_state == State::Lingering)
        end(ConnectionEnd::Closed);
    else if (m_state == State::Open)
        handler()->inputEnded();
}

//! As sendmsg(2), of at most so many buffers as one call takes.
ssize_t EpollConnection::sendSome()
{
    if (m_queue.bufferCount() == 1) {
        const QByteArrayView buffer = m_queue.buffer(0);
        return ::send(m_fd, buffer.data(), size_t(buffer.size()), MSG_NOSIGNAL);
    }
    std::array<iovec, BuffersPerSend> parts; // NOLINT: only what is used is set
    const size_t count = std::min(parts.size(), size_t(m_queue.bufferCount()));
    for (size_t i = 0; i < count; ++i) {
        const QByteArrayView buffer = m_queue.buffer(qsizetype(i));
        parts[i] = {const_cast<char *>(buffer.data()), size_t(buffer.size())};
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    return ::sendmsg(m_fd, &message, MSG_NOSIGNAL);
}

//! Hands over what the system takes. Never calls the handler: it runs inside write(), too.
void EpollConnection::send()
{
    while (!m_queue.isEmpty()) {
        const ssize_t sent = sendSome();
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            m_blocked = errno == EAGAIN || errno == EWOULDBLOCK;
            m_failed = !m_blocked;
            break;
        }
        m_queue.consume(sent);
        m_flushedOwed = m_queue.isEmpty();
    }
    updateInterest();
}

void EpollConnection::flush()
{
    if (!m_blocked && !m_failed)
        send();
    if (m_failed) {
        end(ConnectionEnd::Lost);
        return;
    }
    if (!m_queue.isEmpty())
        return;
    if (m_state == State::Closing) {
        linger();
    } else if (m_state == State::Open && m_flushedOwed) {
        m_flushedOwed = false;
        handler()->flushed();
    }
}

void EpollConnection::linger()
{
    m_state = State::Lingering;
    ::shutdown(m_fd, SHUT_WR);
    if (m_inputEnded)
        end(ConnectionEnd::Closed);
    else
        m_lingerDeadline.arm(LingerTime);
}

void EpollConnection::deadlineReached(Deadline &)
{
    end(ConnectionEnd::Closed);
}

void EpollConnection::end(ConnectionEnd how)
{
    release();
    handler()->ended(how);
}

void EpollConnection::release()
{
    m_state = State::Ended;
    m_lingerDeadline.disarm();
    m_reactor.remove(m_fd, m_token);
    ::close(m_fd);
    m_fd = -1;
    m_queue.clear();
    m_acceptor.connectionClosed();
}

void EpollConnection::updateInterest()
{
    if (m_state == State::Ended)
        return;
    const quint32 wanted
        = (m_reading && !m_inputEnded ? quint32(EPOLLIN) : 0) | (m_blocked ? quint32(EPOLLOUT) : 0);
    if (wanted == m_interest)
        return;
    m_interest = wanted;
    m_reactor.change(m_fd, m_token, wanted);
}

} // namespace presently::net
