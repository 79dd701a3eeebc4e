// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/accesspolicy.h"
#include "net/server/userstatus/grpc/grpclistener.h"
#include "net/transport/acceptor.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTcpServer>
#include <QTimer>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

//! \file
//! Accepts connections, counts them, and hands their descriptors to gRPC, whose they are from then
//! on. Whether one is still there is asked when there seem to be too many: a descriptor that is
//! closed, or another socket by now, does not count any more. (A copy of it that could be watched
//! would keep it alive in the epoll set of gRPC, which then wakes up for a connection that is gone.)

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Of the descriptors that there are, gRPC gets at most one in four.
constexpr qsizetype shareOfDescriptors = 4;
constexpr qint64 askEveryMs = 50; //!< however many want in
constexpr auto pauseWithoutDescriptors = 1s;
constexpr int backlog = 512;

//! \brief QTcpServer with its hook turned into a call.
class Door final : public QTcpServer
{
public:
    std::function<void(int descriptor)> entered;

protected:
    void incomingConnection(qintptr descriptor) override { entered(int(descriptor)); }
};

QHostAddress peerOf(int descriptor)
{
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    if (getpeername(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return {};
    const QHostAddress peer(reinterpret_cast<const sockaddr *>(&address));
    bool isIpv4 = false;
    const quint32 ipv4 = peer.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : peer;
}

bool makeReady(int descriptor)
{
    const int flags = fcntl(descriptor, F_GETFL, 0);
    const int on = 1;
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0;
}

//! Which socket a descriptor is; 0: none. The number is not given again while the socket lives.
quint64 socketOf(int descriptor)
{
    struct stat facts {
    };
    const bool isSocket = fstat(descriptor, &facts) == 0 && S_ISSOCK(facts.st_mode);
    return isSocket ? quint64(facts.st_ino) : 0;
}

class CountedListener final : public GrpcListener
{
public:
    explicit CountedListener(const ServerOptions &options);

    void prepare(grpc::ServerBuilder &builder,
        std::shared_ptr<grpc::ServerCredentials> credentials) override;
    [[nodiscard]] Expected<quint16, Error> listen() override;
    void close() override { m_door.close(); }

private:
    struct Connection {
        quint64 socket = 0;
        QHostAddress peer;
    };
    void take(int descriptor);
    [[nodiscard]] bool admit(int descriptor, const QHostAddress &peer);
    [[nodiscard]] bool hasRoom(const QHostAddress &peer);
    void forgetClosed();

    const NetworkOptions &m_options;
    const int m_wantedPort;
    const qsizetype m_most;
    Door m_door;
    AddressCensus m_census;
    QHash<int, Connection> m_connections; //!< by descriptor
    QElapsedTimer m_asked;
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> m_acceptor;
};

CountedListener::CountedListener(const ServerOptions &options)
    : m_options(options.listener)
    , m_wantedPort(options.dialects.userStatus.grpcPort)
    , m_most(options.listener.maxConnections > 0 ? options.listener.maxConnections
                                                 : descriptorBudget() / shareOfDescriptors)
{
    m_door.setListenBacklogSize(backlog);
    m_door.entered = [this](int descriptor) { take(descriptor); };
    QObject::connect(&m_door, &QTcpServer::acceptError, &m_door, [this] {
        // Qt would ask again at once, for ever, when descriptors have run out.
        m_door.pauseAccepting();
        QTimer::singleShot(pauseWithoutDescriptors, &m_door, [this] { m_door.resumeAccepting(); });
    });
}

void CountedListener::prepare(
    grpc::ServerBuilder &builder, std::shared_ptr<grpc::ServerCredentials> credentials)
{
    m_acceptor = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
        std::move(credentials));
}

Expected<quint16, Error> CountedListener::listen()
{
    if (m_door.listen(QHostAddress(m_options.host), quint16(m_wantedPort)))
        return m_door.serverPort();
    return Unexpected{Error{ErrorCode::Unreachable,
        u"%1:%2"_s.arg(m_options.host).arg(m_wantedPort), m_door.errorString(), {}}};
}

void CountedListener::take(int descriptor)
{
    const QHostAddress peer = peerOf(descriptor);
    if (peer.isNull() || !makeReady(descriptor) || !admit(descriptor, peer)) {
        ::close(descriptor);
        return;
    }
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.fd = descriptor;
    m_acceptor->HandleNewConnection(&connection);
}

bool CountedListener::admit(int descriptor, const QHostAddress &peer)
{
    // The same descriptor again: the one before it was closed.
    if (const auto before = m_connections.constFind(descriptor); before != m_connections.cend()) {
        m_census.leave(before->peer);
        m_connections.erase(before);
    }
    if (!hasRoom(peer)) {
        if (m_asked.isValid() && !m_asked.hasExpired(askEveryMs))
            return false;
        forgetClosed();
        if (!hasRoom(peer))
            return false;
    }
    m_connections.insert(descriptor, {socketOf(descriptor), peer});
    return true;
}

//! Counts \a peer when there is.
bool CountedListener::hasRoom(const QHostAddress &peer)
{
    return m_connections.size() < m_most
        && m_census.enter(peer, m_options.maxConnectionsPerAddress);
}

void CountedListener::forgetClosed()
{
    m_asked.start();
    m_connections.removeIf([this](auto connection) {
        const bool isClosed = socketOf(connection.key()) != connection.value().socket;
        if (isClosed)
            m_census.leave(connection.value().peer);
        return isClosed;
    });
}

} // namespace

std::unique_ptr<GrpcListener> makeGrpcListener(const ServerOptions &options)
{
    return std::make_unique<CountedListener>(options);
}

} // namespace presently::net
