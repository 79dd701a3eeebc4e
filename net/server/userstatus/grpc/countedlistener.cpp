// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/accesspolicy.h"
#include "net/server/userstatus/grpc/grpclistener.h"
#include "net/transport/acceptor.h"

#include <QHash>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

#include <array>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

//! \file
//! Accepts connections, counts them, and hands their descriptors to gRPC. A copy of each descriptor
//! tells when gRPC has shut the connection down, which is when it stops counting.

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Of the descriptors that there are, gRPC gets at most one in four, and each connection takes two.
constexpr qsizetype shareOfDescriptors = 8;
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

class CountedListener final : public GrpcListener
{
public:
    explicit CountedListener(const ServerOptions &options);
    ~CountedListener() override;

    void prepare(grpc::ServerBuilder &builder,
        std::shared_ptr<grpc::ServerCredentials> credentials) override;
    [[nodiscard]] Expected<quint16, Error> listen() override;
    void close() override { m_door.close(); }

private:
    void take(int descriptor);
    [[nodiscard]] bool watch(int descriptor, const QHostAddress &peer);
    void reap();

    const NetworkOptions &m_options;
    const int m_wantedPort;
    const qsizetype m_most;
    const int m_epoll;
    Door m_door;
    QSocketNotifier m_ended;
    AddressCensus m_census;
    QHash<int, QHostAddress> m_connections; //!< by the copy of their descriptor
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> m_acceptor;
};

CountedListener::CountedListener(const ServerOptions &options)
    : m_options(options.listener)
    , m_wantedPort(options.dialects.userStatus.grpcPort)
    , m_most(options.listener.maxConnections > 0 ? options.listener.maxConnections
                                                 : descriptorBudget() / shareOfDescriptors)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_ended(m_epoll, QSocketNotifier::Read)
{
    m_door.setListenBacklogSize(backlog);
    m_door.entered = [this](int descriptor) { take(descriptor); };
    QObject::connect(&m_ended, &QSocketNotifier::activated, &m_door, [this] { reap(); });
    QObject::connect(&m_door, &QTcpServer::acceptError, &m_door, [this] {
        // Qt would ask again at once, for ever, when descriptors have run out.
        m_door.pauseAccepting();
        QTimer::singleShot(pauseWithoutDescriptors, &m_door, [this] { m_door.resumeAccepting(); });
    });
}

CountedListener::~CountedListener()
{
    m_door.close();
    m_ended.setEnabled(false);
    for (auto connection = m_connections.cbegin(); connection != m_connections.cend(); ++connection)
        ::close(connection.key());
    if (m_epoll >= 0)
        ::close(m_epoll);
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
    if (m_epoll >= 0 && m_door.listen(QHostAddress(m_options.host), quint16(m_wantedPort)))
        return m_door.serverPort();
    return Unexpected{Error{ErrorCode::Unreachable,
        u"%1:%2"_s.arg(m_options.host).arg(m_wantedPort), m_door.errorString(), {}}};
}

void CountedListener::take(int descriptor)
{
    const QHostAddress peer = peerOf(descriptor);
    if (peer.isNull() || !makeReady(descriptor) || !watch(descriptor, peer)) {
        ::close(descriptor);
        return;
    }
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.fd = descriptor;
    m_acceptor->HandleNewConnection(&connection);
}

bool CountedListener::watch(int descriptor, const QHostAddress &peer)
{
    if (m_connections.size() >= m_most || !m_census.enter(peer, m_options.maxConnectionsPerAddress))
        return false;
    const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    epoll_event event{}; // a hang-up is told unasked
    event.data.fd = copy;
    if (copy < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, copy, &event) != 0) {
        if (copy >= 0)
            ::close(copy);
        m_census.leave(peer);
        return false;
    }
    m_connections.insert(copy, peer);
    return true;
}

void CountedListener::reap()
{
    std::array<epoll_event, 64> events;
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        const int copy = events[std::size_t(i)].data.fd;
        m_census.leave(m_connections.take(copy));
        ::close(copy);
    }
}

} // namespace

std::unique_ptr<GrpcListener> makeGrpcListener(const ServerOptions &options)
{
    return std::make_unique<CountedListener>(options);
}

} // namespace presently::net
