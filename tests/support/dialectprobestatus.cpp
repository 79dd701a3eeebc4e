// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobestatus.h"

#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

#include <grpcpp/grpcpp.h>
#include <userstatus.grpc.pb.h>

#include <QCoreApplication>
#include <QMutex>

#include <atomic>
#include <vector>

namespace presently::test {

using namespace Qt::Literals::StringLiterals;
namespace pb = ::users::status;

namespace {

Status statusFor(pb::UserStatus status)
{
    switch (status) {
    case pb::ONLINE:
        return Status::Online;
    case pb::OFFLINE:
        return Status::Offline;
    case pb::AWAY:
        return Status::Away;
    default:
        return Status::Unknown;
    }
}

//! Ends the wait of a QEventLoop in the test's thread.
void wakeTheTest()
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] {}, Qt::QueuedConnection);
}

template <typename Message>
QByteArray bytesOf(const grpc::Status &status, const Message &message)
{
    const QByteArray body = QByteArray::fromStdString(message.ShortDebugString());
    return QByteArray::number(int(status.error_code())) + ' '
        + QByteArray::fromStdString(status.error_message()) + ' ' + body;
}

} // namespace

class StatusProbe::Channel
{
public:
    Channel(quint16 port, QByteArray token, QByteArray device)
        : m_token(std::move(token))
        , m_device(std::move(device))
    {
        grpc::ChannelArguments arguments;
        // Else probes with equal arguments would share one connection.
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        m_stub = pb::UserStatusService::NewStub(grpc::CreateCustomChannel(
            "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments));
    }

    void prepare(grpc::ClientContext &context) const
    {
        context.AddMetadata("authorization", "Bearer " + m_token.toStdString());
        context.AddMetadata("x-device-id", m_device.toStdString());
    }

    using Calls = pb::UserStatusService::StubInterface::async_interface;
    template <typename Request, typename Reply>
    using Method = void (Calls::*)(
        grpc::ClientContext *, const Request *, Reply *, std::function<void(grpc::Status)>);

    //! One call, while the event loop of the test turns.
    template <typename Request, typename Reply>
    grpc::Status call(Method<Request, Reply> method, const Request &request, Reply &reply)
    {
        grpc::ClientContext context;
        prepare(context);
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
        grpc::Status status;
        std::atomic<bool> isDone = false;
        Calls &calls = *m_stub->async();
        (calls.*method)(&context, &request, &reply, [&](grpc::Status ended) {
            status = std::move(ended);
            isDone = true;
            wakeTheTest();
        });
        // The deadline of the call ends it in any case, and what it points to must live until then.
        while (!waitUntil([&] { return isDone.load(); })) { }
        return status;
    }

    [[nodiscard]] pb::UserStatusService::Stub &stub() { return *m_stub; }

private:
    const QByteArray m_token;
    const QByteArray m_device;
    std::unique_ptr<pb::UserStatusService::Stub> m_stub;
};

//! \brief The reader of a stream; it keeps itself until gRPC is done with it.
struct StatusProbe::Stream final : public grpc::ClientReadReactor<pb::StatusUpdateEvent>,
                                   public std::enable_shared_from_this<StatusProbe::Stream> {
    void start(Channel &channel, const pb::SubscribeStatusUpdatesRequest &asked)
    {
        self = shared_from_this();
        request = asked;
        channel.prepare(context);
        channel.stub().async()->SubscribeStatusUpdates(&context, &request, this);
        StartRead(&event);
        StartCall();
    }
    void OnReadInitialMetadataDone(bool ok) override
    {
        isAccepted = ok;
        wakeTheTest();
    }
    void OnReadDone(bool ok) override
    {
        if (!ok)
            return;
        {
            const QMutexLocker locker(&mutex);
            read.push_back(event);
        }
        StartRead(&event);
        wakeTheTest();
    }
    // The last of it must not go in a thread of gRPC, which would then wait for itself.
    void OnDone(const grpc::Status &status) override
    {
        endedWith = int(status.error_code());
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [keep = std::move(self)] {}, Qt::QueuedConnection);
    }
    [[nodiscard]] std::vector<pb::StatusUpdateEvent> takeRead()
    {
        const QMutexLocker locker(&mutex);
        return std::exchange(read, {});
    }

    grpc::ClientContext context;
    pb::SubscribeStatusUpdatesRequest request;
    pb::StatusUpdateEvent event;
    QMutex mutex;
    std::vector<pb::StatusUpdateEvent> read;
    std::atomic<bool> isAccepted = false;
    std::atomic<int> endedWith = -1;
    std::shared_ptr<Stream> self;
};

//! gRPC takes its threads for callbacks down with their last user, and aborts when that one goes in
//! such a thread. So there is always one user more: a channel to where nobody listens.
void StatusProbe::keepCallbackThreads()
{
    static Channel *const forever = [] {
        auto *channel = new Channel(1, "none", "none");
        pb::SendHeartbeatResponse reply;
        (void)channel->call(&Channel::Calls::SendHeartbeat, pb::SendHeartbeatRequest(), reply);
        return channel;
    }();
    Q_UNUSED(forever)
}

StatusProbe::StatusProbe(TestServer &server, const QString &login, const QString &device)
    : DialectProbe(server, login, device)
{
}

StatusProbe::~StatusProbe()
{
    closeCleanly();
}

QString StatusProbe::ownId() const
{
    return personId(m_server, PersonIdKind::UserStatus, login());
}

bool StatusProbe::connect()
{
    closeCleanly();
    keepCallbackThreads();
    m_channel = std::make_unique<Channel>(
        m_server.server().grpcPort(), m_token, (login() + u'-' + device()).toLatin1());
    m_stream = std::make_shared<Stream>();
    pb::SubscribeStatusUpdatesRequest request;
    request.set_user_id(ownId().toStdString());
    m_stream->start(*m_channel, request);
    (void)waitUntil([this] { return m_stream->isAccepted || !isOpen(); });
    return (m_stream->isAccepted && isOpen())
        || fail(u"the stream is not taken: status %1"_s.arg(m_stream->endedWith));
}

bool StatusProbe::isOpen() const
{
    return m_stream && m_stream->endedWith < 0;
}

void StatusProbe::closeCleanly()
{
    if (!m_stream)
        return;
    m_stream->context.TryCancel();
    (void)waitForEnd();
    pull();
}

std::optional<int> StatusProbe::waitForEnd()
{
    if (!waitUntil([this] { return !isOpen(); }))
        return std::nullopt;
    return m_stream ? std::optional(m_stream->endedWith.load()) : std::nullopt;
}

void StatusProbe::pull()
{
    if (!m_stream)
        return;
    for (const pb::StatusUpdateEvent &event : m_stream->takeRead()) {
        note(QByteArray::fromStdString(event.ShortDebugString()));
        note(Told{QString::fromStdString(event.user_id()), {.status = statusFor(event.status())}});
    }
}

bool StatusProbe::beat()
{
    return beatFor(ownId());
}

bool StatusProbe::beatFor(const QString &userId)
{
    pb::SendHeartbeatRequest request;
    request.set_user_id(userId.toStdString());
    pb::SendHeartbeatResponse reply;
    const grpc::Status status = m_channel->call(&Channel::Calls::SendHeartbeat, request, reply);
    m_failure = int(status.error_code());
    m_wasRefused = status.ok() && !reply.success();
    return (status.ok() && reply.success())
        || fail(u"heartbeat: "_s + QString::fromUtf8(bytesOf(status, reply)));
}

bool StatusProbe::setFor(const QString &userId, int number)
{
    pb::SetUserStatusRequest request;
    request.set_user_id(userId.toStdString());
    request.set_status(static_cast<pb::UserStatus>(number));
    pb::SetUserStatusResponse reply;
    const grpc::Status status = m_channel->call(&Channel::Calls::SetUserStatus, request, reply);
    m_failure = int(status.error_code());
    return (status.ok() && reply.success())
        || fail(u"status: "_s + QString::fromUtf8(bytesOf(status, reply)));
}

bool StatusProbe::setStatus(IntentStatus status, const QString &)
{
    switch (status) {
    case IntentStatus::Auto:
        return setFor(ownId(), pb::ONLINE);
    case IntentStatus::Away:
        return setFor(ownId(), pb::AWAY);
    case IntentStatus::Busy:
    case IntentStatus::Invisible:
        break;
    }
    return false;
}

bool StatusProbe::sayOff()
{
    return setFor(ownId(), pb::OFFLINE);
}

QByteArray StatusProbe::askOne(const QString &id)
{
    pb::GetUserStatusRequest request;
    request.set_user_id(id.toStdString());
    pb::GetUserStatusResponse reply;
    const grpc::Status status = m_channel->call(&Channel::Calls::GetUserStatus, request, reply);
    m_failure = int(status.error_code());
    return bytesOf(status, reply);
}

QByteArray StatusProbe::askMany(const QStringList &ids)
{
    pb::GetMultipleUserStatusRequest request;
    for (const QString &id : ids)
        request.add_user_ids(id.toStdString());
    pb::GetMultipleUserStatusResponse reply;
    const grpc::Status status
        = m_channel->call(&Channel::Calls::GetMultipleUserStatus, request, reply);
    m_failure = int(status.error_code());
    return bytesOf(status, reply);
}

std::optional<Sighting> StatusProbe::ask(const QString &login)
{
    pb::GetMultipleUserStatusRequest request;
    request.add_user_ids(personId(m_server, PersonIdKind::UserStatus, login).toStdString());
    pb::GetMultipleUserStatusResponse reply;
    const grpc::Status status
        = m_channel->call(&Channel::Calls::GetMultipleUserStatus, request, reply);
    if (!status.ok() || reply.data_size() != 1)
        return std::nullopt;
    return Sighting{.status = statusFor(reply.data(0).status()),
        .lastSeen = WallTime{std::chrono::seconds{reply.data(0).last_seen()}}};
}

QByteArrayList StatusProbe::readEverything(const QString &login)
{
    const QString id = personId(m_server, PersonIdKind::UserStatus, login);
    return {askOne(id), askMany({id})};
}

} // namespace presently::test
