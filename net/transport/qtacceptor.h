// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/gatedacceptor.h"

#include <QSslConfiguration>
#include <QTcpServer>

namespace presently::net {

//! \brief A listening socket of Qt's, plain or with TLS.
class QtAcceptor final : public GatedAcceptor
{
public:
    QtAcceptor(ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options);
    ~QtAcceptor() override;

    [[nodiscard]] Expected<quint16, Error> listen(
        const QHostAddress &address, quint16 port) override;
    void close() override;

protected:
    void watchBacklog(bool on) override;

private:
    class Server;

    [[nodiscard]] Expected<void, Error> loadTls();
    void takeDescriptor(qintptr descriptor);

    std::unique_ptr<Server> m_server;
    QSslConfiguration m_tls;
    QByteArray m_readBuffer;
};

} // namespace presently::net
