// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/epollacceptor.h"

#include "net/transport/epollconnection.h"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace presently::net {

namespace {

constexpr int AcceptsPerTurn
    = 64; //!< so that a flood of newcomers leaves room for those who are in

Unexpected<Error> cannotListen(int error)
{
    const ErrorCode code = error == EADDRINUSE ? ErrorCode::Conflict : ErrorCode::Unreachable;
    return Unexpected{Error{code, {}, QString::fromLocal8Bit(std::strerror(error)), {}}};
}

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress socketAddress(const QHostAddress &address, quint16 port)
{
    SocketAddress result;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto &v4 = reinterpret_cast<sockaddr_in &>(result.storage);
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        result.size = sizeof v4;
        return result;
    }
    auto &v6 = reinterpret_cast<sockaddr_in6 &>(result.storage);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address(); // of Any: all zero
    if (address.protocol() == QAbstractSocket::IPv6Protocol)
        std::memcpy(&v6.sin6_addr, &bytes, sizeof v6.sin6_addr);
    result.size = sizeof v6;
    return result;
}

//! A listening descriptor, or -1 with errno.
int openListener(const QHostAddress &address, quint16 port, int backlog)
{
    const SocketAddress where = socketAddress(address, port);
    const int fd = ::socket(
        where.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    if (fd < 0)
        return -1;
    const int on = 1;
    const int onlyIpv6 = address == QHostAddress(QHostAddress::Any) ? 0 : 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (where.storage.ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &onlyIpv6, sizeof onlyIpv6);
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&where.storage), where.size) == 0
        && ::listen(fd, backlog) == 0)
        return fd;
    const int error = errno;
    ::close(fd);
    errno = error;
    return -1;
}

} // namespace

EpollAcceptor::EpollAcceptor(
    ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options)
    : GatedAcceptor(taker, deadlines, options)
{
}

EpollAcceptor::~EpollAcceptor()
{
    close();
}

Expected<quint16, Error> EpollAcceptor::listen(const QHostAddress &address, quint16 port)
{
    close();
    int fd = openListener(address, port, options().backlog);
    if (fd < 0 && errno == EAFNOSUPPORT && address == QHostAddress(QHostAddress::Any))
        fd = openListener(QHostAddress(QHostAddress::AnyIPv4), port, options().backlog);
    if (fd < 0)
        return cannotListen(errno);
    const auto token = m_reactor.add(fd, EPOLLIN, *this);
    if (!token) {
        const int error = errno;
        ::close(fd);
        return cannotListen(error);
    }
    m_fd = fd;
    m_token = *token;
    m_watching = true;
    watchBacklog(isOpen());

    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size);
    return peerAddressOf(storage).port;
}

void EpollAcceptor::close()
{
    if (m_fd < 0)
        return;
    m_reactor.remove(m_fd, m_token);
    ::close(m_fd);
    m_fd = -1;
}

void EpollAcceptor::watchBacklog(bool on)
{
    if (m_fd < 0 || on == m_watching)
        return;
    m_watching = on;
    m_reactor.change(m_fd, m_token, on ? quint32(EPOLLIN) : 0);
}

void EpollAcceptor::ready(quint32)
{
    for (int i = 0; i < AcceptsPerTurn && m_fd >= 0 && isOpen(); ++i) {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        const int fd = ::accept4(
            m_fd, reinterpret_cast<sockaddr *>(&storage), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                outOfDescriptors();
            return;
        }
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        takeDescriptor(fd, peerAddressOf(storage));
    }
}

void EpollAcceptor::takeDescriptor(int fd, const PeerAddress &peer)
{
    connectionOpened();
    auto connection = std::make_unique<EpollConnection>(fd, peer, m_reactor, *this, deadlines());
    if (connection->start())
        handOver(std::move(connection));
}

} // namespace presently::net
