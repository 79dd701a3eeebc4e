// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/grpclistener.h"

#include <QHostAddress>

//! \file
//! In the place of countedlistener.cpp, where descriptors cannot be watched: gRPC accepts by itself,
//! and what one connection may do is all that is limited.

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

class OwnListener final : public GrpcListener
{
public:
    explicit OwnListener(const ServerOptions &options)
    {
        const QString &host = options.listener.host;
        const bool isIpv6 = QHostAddress(host).protocol() == QAbstractSocket::IPv6Protocol;
        m_address = (isIpv6 ? u"[%1]:%2"_s : u"%1:%2"_s)
                        .arg(host)
                        .arg(options.dialects.userStatus.grpcPort);
    }

    void prepare(
        grpc::ServerBuilder &builder, std::shared_ptr<grpc::ServerCredentials> credentials) override
    {
        // Two servers on one port would share its connections by chance.
        builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
        builder.AddListeningPort(m_address.toStdString(), std::move(credentials), &m_port);
    }
    [[nodiscard]] Expected<quint16, Error> listen() override
    {
        if (m_port > 0)
            return quint16(m_port);
        return Unexpected{Error{ErrorCode::Unreachable, m_address, u"cannot be listened on"_s, {}}};
    }
    void close() override { }

private:
    QString m_address;
    int m_port = 0;
};

} // namespace

std::unique_ptr<GrpcListener> makeGrpcListener(const ServerOptions &options)
{
    return std::make_unique<OwnListener>(options);
}

} // namespace presently::net
