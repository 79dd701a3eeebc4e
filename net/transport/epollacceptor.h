// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/epollreactor.h"
#include "net/transport/gatedacceptor.h"

namespace presently::net {

//! \brief A listening socket and its connections in one epoll set. Linux only.
class EpollAcceptor final : public GatedAcceptor, public EpollSource
{
public:
    EpollAcceptor(ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options);
    ~EpollAcceptor() override;

    [[nodiscard]] Expected<quint16, Error> listen(
        const QHostAddress &address, quint16 port) override;
    void close() override;

    void ready(quint32 events) override;
    void flush() override { }

protected:
    void watchBacklog(bool on) override;

private:
    void takeDescriptor(int fd, const PeerAddress &peer);

    EpollReactor m_reactor;
    EpollReactor::Token m_token;
    int m_fd = -1;
    bool m_watching = false;
};

} // namespace presently::net
