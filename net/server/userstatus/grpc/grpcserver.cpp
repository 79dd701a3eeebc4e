// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/logging.h"
#include "net/server/userstatus/grpc/grpccredentials.h"
#include "net/server/userstatus/grpc/grpcface.h"
#include "net/server/userstatus/grpc/grpclistener.h"
#include "net/server/userstatus/grpc/statusservice.h"

#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server.h>
#include <grpcpp/version_info.h>

#include <thread>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What strangers may cost: net/wire/userstatus/README.md, "Limits".
constexpr int maxMessageBytes = 64 * 1024;
constexpr int maxMetadataBytes = 8 * 1024;
constexpr int maxStreamsPerConnection = 100;
constexpr int maxPingStrikes = 2;
//! That gRPC gives its connections. It takes in a message that claims to be of 2 GiB until this is
//! full, and only then breaks it off.
constexpr std::size_t memoryBytes = 32ULL * 1024 * 1024;
constexpr int windowBytes = 64 * 1024; //!< on their way to us, at first
constexpr int writeBufferBytes = 16 * 1024; //!< of one stream, before its writes have to wait

constexpr auto keepAliveAfter = 20s; //!< of silence, also without a call
constexpr auto keepAliveWithin = 10s;
constexpr auto shortestPingInterval = 10s; //!< of peers without a call; faster ones are strikes
constexpr auto idleConnection = 5min; //!< without a call
constexpr auto shutdownGrace = 2s; //!< in which peers may take the end of their calls

int milliseconds(std::chrono::milliseconds duration)
{
    return int(duration.count());
}

//! What goes wrong on a connection is its peer's doing, and not for the log of the server.
void quietenLibraries()
{
#if GRPC_CPP_VERSION_MAJOR == 1 && GRPC_CPP_VERSION_MINOR < 65
    gpr_set_log_function(
        [](gpr_log_func_args *args) { qCDebug(serverLog, "gRPC: %s", args->message); });
#endif
#if GOOGLE_PROTOBUF_VERSION < 4022000
    google::protobuf::SetLogHandler(
        [](google::protobuf::LogLevel, const char *, int, const std::string &message) {
            qCDebug(serverLog, "protobuf: %s", message.c_str());
        });
#endif
}

void setLimits(grpc::ServerBuilder &builder, const ServerOptions &options)
{
    builder.SetMaxReceiveMessageSize(maxMessageBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, maxMetadataBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, maxStreamsPerConnection);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, maxPingStrikes);
    builder.AddChannelArgument(
        GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, milliseconds(shortestPingInterval));
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, milliseconds(keepAliveAfter));
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, milliseconds(keepAliveWithin));
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, milliseconds(idleConnection));
    builder.AddChannelArgument(
        GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, milliseconds(options.listener.headerDeadline));
    builder.AddChannelArgument(GRPC_ARG_HTTP2_WRITE_BUFFER_SIZE, writeBufferBytes);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, windowBytes);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0); // which would make it grow
    builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
    // 64 KiB may unpack to a thousand times as much.
    builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
    builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
    builder.SetResourceQuota(grpc::ResourceQuota("presently").Resize(memoryBytes));
}

class GrpcServer final : public GrpcFace
{
    Q_DISABLE_COPY_MOVE(GrpcServer)

public:
    explicit GrpcServer(const GrpcParts &parts)
        : m_options(parts.options)
        , m_service(parts)
        , m_listener(makeGrpcListener(parts.options))
    {
    }
    ~GrpcServer() override;

    [[nodiscard]] Expected<void, Error> start();
    [[nodiscard]] quint16 port() const override { return m_port; }
    void stop() override;

private:
    const ServerOptions &m_options;
    StatusService m_service;
    std::unique_ptr<GrpcListener> m_listener;
    std::unique_ptr<grpc::Server> m_server;
    std::thread m_shutdown; //!< waits for peers in our place
    quint16 m_port = 0;
};

Expected<void, Error> GrpcServer::start()
{
    quietenLibraries();
    auto credentials = makeGrpcCredentials(m_options.listener);
    if (!credentials)
        return Unexpected{credentials.error()};
    grpc::ServerBuilder builder;
    setLimits(builder, m_options);
    builder.RegisterService(&m_service);
    m_listener->prepare(builder, *std::move(credentials));
    m_server = builder.BuildAndStart();
    if (!m_server) {
        return Unexpected{Error{ErrorCode::Unreachable,
            u"%1:%2"_s.arg(m_options.listener.host).arg(m_options.dialects.userStatus.grpcPort),
            u"gRPC cannot be started there"_s, {}}};
    }
    const auto port = m_listener->listen();
    if (!port)
        return Unexpected{port.error()};
    m_port = *port;
    return {};
}

void GrpcServer::stop()
{
    if (!m_server || m_shutdown.joinable())
        return;
    m_listener->close();
    m_service.close();
    m_shutdown = std::thread(
        [this] { m_server->Shutdown(std::chrono::system_clock::now() + shutdownGrace); });
}

GrpcServer::~GrpcServer()
{
    m_listener->close();
    m_service.close();
    if (m_shutdown.joinable())
        m_shutdown.join();
    else if (m_server)
        m_server->Shutdown(std::chrono::system_clock::now());
    m_server.reset();
}

} // namespace

Expected<std::unique_ptr<GrpcFace>, Error> startGrpc(const GrpcParts &parts)
{
    auto server = std::make_unique<GrpcServer>(parts);
    if (const auto started = server->start(); !started)
        return Unexpected{started.error()};
    return std::unique_ptr<GrpcFace>(std::move(server));
}

} // namespace presently::net
