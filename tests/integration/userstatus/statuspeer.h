// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/presenceservice.h"
#include "net/wire/userstatus/messages.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <userstatus.grpc.pb.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace presently::test {

namespace pb = users::status;
using net::userstatus::EnumRevision;
using net::userstatus::StatusEvent;
using net::userstatus::StatusRow;
using net::userstatus::WireStatus;

//! Turns the event loop until \a holds, without a pause between two turns: a stream that writes one
//! event after the other needs a turn for each.
inline bool serveUntil(const std::function<bool()> &holds, int deadline = 5000)
{
    QTimer tick;
    tick.start(1);
    QElapsedTimer elapsed;
    elapsed.start();
    while (!holds()) {
        if (elapsed.hasExpired(deadline))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

//! Runs \a work, which blocks, on a thread of its own while the event loop of the server turns.
template <typename Work>
auto whileServing(Work work, int deadline = 10'000)
{
    auto result = std::async(std::launch::async, std::move(work));
    (void)serveUntil(
        [&result] { return result.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
        deadline);
    return result.get();
}

//! \brief What one call came to.
template <typename Response>
struct CallResult {
    grpc::Status status;
    Response response;
    QByteArray errorName; //!< `x-error-code`
    pb::ErrorResponse error; //!< `x-error-bin`

    [[nodiscard]] grpc::StatusCode code() const { return status.error_code(); }
};

inline std::shared_ptr<grpc::Channel> plainChannel(quint16 port)
{
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1); // a connection of its own
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0); // 64 KiB on their way, and never more
    return grpc::CreateCustomChannel(
        "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments);
}

inline void addMetadata(
    grpc::ClientContext &context, const QString &token, const QByteArray &device)
{
    if (!token.isEmpty())
        context.AddMetadata("authorization", "Bearer " + token.toStdString());
    if (!device.isEmpty())
        context.AddMetadata("x-device-id", device.toStdString());
}

//! \brief One stream, read by a thread of its own.
class StreamPeer
{
public:
    StreamPeer(std::shared_ptr<pb::UserStatusService::Stub> stub, const QString &token,
        const QByteArray &device, pb::SubscribeStatusUpdatesRequest request,
        EnumRevision revision = EnumRevision::Seed)
        : m_stub(std::move(stub))
        , m_revision(revision)
    {
        addMetadata(m_context, token, device);
        m_reader = std::thread([this, request = std::move(request)] { run(request); });
    }
    ~StreamPeer()
    {
        resume();
        m_context.TryCancel();
        (void)serveUntil([this] { return hasEnded(); }, 10'000);
        m_reader.join();
    }

    //! Reads nothing until resume().
    void pause() { m_isPaused = true; }
    void resume()
    {
        m_isPaused = false;
        m_isPaused.notify_all();
    }
    void cancel() { m_context.TryCancel(); }

    [[nodiscard]] QList<StatusEvent> events() const
    {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }
    [[nodiscard]] bool hasEnded() const
    {
        const std::lock_guard lock(m_mutex);
        return m_end.has_value();
    }
    [[nodiscard]] bool waitForEvents(qsizetype count, int deadline = 5000) const
    {
        return serveUntil([&] { return events().size() >= count; }, deadline);
    }
    //! OK when it does not end in time, which no stream does by itself.
    [[nodiscard]] grpc::StatusCode waitForEnd(int deadline = 10'000) const
    {
        (void)serveUntil([this] { return hasEnded(); }, deadline);
        const std::lock_guard lock(m_mutex);
        return m_end ? m_end->error_code() : grpc::StatusCode::OK;
    }
    //! The last that was told of \a userId.
    [[nodiscard]] std::optional<StatusEvent> last(const QString &userId) const
    {
        const QList<StatusEvent> all = events();
        for (auto event = all.crbegin(); event != all.crend(); ++event) {
            if (event->userId == userId)
                return *event;
        }
        return {};
    }
    [[nodiscard]] bool waitFor(const QString &userId, WireStatus status) const
    {
        return serveUntil([&] {
            const auto event = last(userId);
            return event && event->status == status;
        });
    }
    [[nodiscard]] qsizetype countOf(const QString &userId) const
    {
        const QList<StatusEvent> all = events();
        return std::count_if(all.cbegin(), all.cend(),
            [&userId](const StatusEvent &event) { return event.userId == userId; });
    }

private:
    void run(const pb::SubscribeStatusUpdatesRequest &request)
    {
        const auto stream = m_stub->SubscribeStatusUpdates(&m_context, request);
        pb::StatusUpdateEvent event;
        for (;;) {
            m_isPaused.wait(true);
            if (!stream->Read(&event))
                break;
            const std::lock_guard lock(m_mutex);
            m_events.append(net::userstatus::read(event, m_revision));
        }
        const grpc::Status status = stream->Finish();
        const std::lock_guard lock(m_mutex);
        m_end = status;
    }

    std::shared_ptr<pb::UserStatusService::Stub> m_stub;
    EnumRevision m_revision;
    grpc::ClientContext m_context;
    std::thread m_reader;
    std::atomic<bool> m_isPaused = false;
    mutable std::mutex m_mutex;
    QList<StatusEvent> m_events;
    std::optional<grpc::Status> m_end;
};

//! \brief A client of the tests: one connection, one token, one device.
class StatusPeer
{
public:
    StatusPeer(TestServer &server, const QString &login, const QByteArray &device = {})
        : StatusPeer(server, login, device, server.token(login))
    {
    }
    StatusPeer(TestServer &server, const QString &login, const QByteArray &device,
        const QString &withToken)
        : token(withToken)
        , m_stub(pb::UserStatusService::NewStub(plainChannel(server.server().grpcPort())))
        , m_device(device)
        , m_own(idOf(server, login))
    {
    }

    //! The id of \a login on this wire.
    [[nodiscard]] static QString idOf(TestServer &server, const QString &login)
    {
        const auto person = server.database().people().find(server.key(login));
        return person ? person->ids.userStatus : QString();
    }
    [[nodiscard]] QString ownId() const { return m_own; }

    QString token;
    EnumRevision revision = EnumRevision::Seed;

    CallResult<pb::SetUserStatusResponse> set(WireStatus status) { return set(m_own, status); }
    CallResult<pb::SetUserStatusResponse> set(const QString &userId, WireStatus status)
    {
        return setRaw(net::userstatus::setStatusRequest(userId, status, revision));
    }
    CallResult<pb::SetUserStatusResponse> setRaw(const pb::SetUserStatusRequest &request)
    {
        return call<pb::SetUserStatusResponse>(
            &pb::UserStatusService::Stub::SetUserStatus, request);
    }
    CallResult<pb::GetUserStatusResponse> get(const QString &userId)
    {
        pb::GetUserStatusRequest request;
        request.set_user_id(userId.toStdString());
        return call<pb::GetUserStatusResponse>(
            &pb::UserStatusService::Stub::GetUserStatus, request);
    }
    //! The status alone; Unknown for a call that failed.
    [[nodiscard]] WireStatus statusOf(const QString &userId)
    {
        const auto result = get(userId);
        return result.status.ok() ? net::userstatus::read(result.response.data(), revision).status
                                  : WireStatus::Unknown;
    }
    CallResult<pb::GetMultipleUserStatusResponse> getMany(const QStringList &ids)
    {
        return call<pb::GetMultipleUserStatusResponse>(
            &pb::UserStatusService::Stub::GetMultipleUserStatus, net::userstatus::manyRequest(ids));
    }
    CallResult<pb::SendHeartbeatResponse> beat() { return beat(m_own); }
    CallResult<pb::SendHeartbeatResponse> beat(const QString &userId)
    {
        pb::SendHeartbeatRequest request;
        request.set_user_id(userId.toStdString());
        return call<pb::SendHeartbeatResponse>(
            &pb::UserStatusService::Stub::SendHeartbeat, request);
    }
    [[nodiscard]] std::unique_ptr<StreamPeer> watch(const QStringList &ids)
    {
        return watchAs(m_own, ids);
    }
    [[nodiscard]] std::unique_ptr<StreamPeer> watchAs(const QString &self, const QStringList &ids)
    {
        return std::make_unique<StreamPeer>(
            m_stub, token, m_device, net::userstatus::watchRequest(self, ids), revision);
    }
    [[nodiscard]] const std::shared_ptr<pb::UserStatusService::Stub> &stub() const
    {
        return m_stub;
    }

private:
    template <typename Response, typename Method, typename Request>
    CallResult<Response> call(Method method, const Request &request)
    {
        return whileServing([this, method, &request] {
            grpc::ClientContext context;
            addMetadata(context, token, m_device);
            context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(8));
            CallResult<Response> result;
            result.status = (m_stub.get()->*method)(&context, request, &result.response);
            const auto &trailers = context.GetServerTrailingMetadata();
            if (const auto name = trailers.find("x-error-code"); name != trailers.end())
                result.errorName = QByteArray(name->second.data(), int(name->second.size()));
            if (const auto bin = trailers.find("x-error-bin"); bin != trailers.end())
                result.error.ParseFromArray(bin->second.data(), int(bin->second.size()));
            return result;
        });
    }

    std::shared_ptr<pb::UserStatusService::Stub> m_stub;
    QByteArray m_device;
    QString m_own;
};

//! A TestServer with gRPC on a free port.
class StatusServer : public TestServer
{
public:
    explicit StatusServer(ServerTime time = ServerTime::System)
        : TestServer(time)
    {
        options.dialects.userStatus.grpcPort = 0;
    }
    [[nodiscard]] QString statusId(const QString &login) { return StatusPeer::idOf(*this, login); }
    //! How others see \a login, without asking over a wire.
    [[nodiscard]] Status shown(const QString &login)
    {
        return server().presence().ledger().view(key(login)).status;
    }
    void wish(const QString &login, IntentStatus status)
    {
        Intent intent;
        intent.status = status;
        server().presence().ledger().setIntent(key(login), intent);
        server().presence().settle();
    }
};

} // namespace presently::test
