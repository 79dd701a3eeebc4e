// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/statusservice.h"

#include "net/server/serveroptions.h"
#include "net/server/userstatus/grpc/grpccalls.h"
#include "net/server/userstatus/statusdesk.h"
#include "net/server/userstatus/statusstreams.h"

#include <QTimer>

namespace presently::net {

using userstatus::EnumRevision;
using userstatus::Failure;
using namespace std::chrono_literals;
namespace pb = users::status;

namespace {

//! Within which a peer has to take the end of its stream; then it is broken off.
constexpr auto lingerTime = 5s;

//! \brief Writes the events of one stream to its call, and gives it its one end.
class CallSink final : public StatusSink
{
public:
    CallSink(CallGate &gate, StreamCall &call, EnumRevision revision)
        : m_gate(gate)
        , m_call(call)
        , m_revision(revision)
    {
    }

    void write(const userstatus::StatusEvent &event) override { m_call.write(event, m_revision); }
    void finish(const Failure &failure) override
    {
        const auto breaker = m_call.breaker();
        if (!m_gate.leave(m_call))
            return;
        m_call.refuse(failure);
        QTimer::singleShot(lingerTime, [breaker] { breaker->breakCall(); });
    }
    void abandon() override
    {
        if (m_gate.leave(m_call))
            m_call.abandon();
    }

private:
    CallGate &m_gate;
    StreamCall &m_call;
    const EnumRevision m_revision;
};

EnumRevision revisionOf(const ServerOptions &options)
{
    return options.dialects.userStatus.laterNumbers ? EnumRevision::Later : EnumRevision::Seed;
}

} // namespace

StatusService::StatusService(const GrpcParts &parts)
    : m_parts(parts)
    , m_revision(revisionOf(parts.options))
    , m_gate(m_receiver)
{
}

//! \a work is called on the server's thread with the caller, once that is known to be somebody, and
//! writes the response.
template <typename Work>
StatusService::Answer *StatusService::answer(Context &context, Work work)
{
    auto *call = new UnaryCall(context); // gRPC deletes it
    m_gate.enter(*call, [this, call, work = std::move(work)] {
        const auto caller = m_parts.desk.caller(call->credentials.token, call->credentials.device);
        const Done done = caller ? work(*caller) : Done(Unexpected{caller.error()});
        if (!m_gate.leave(*call))
            return;
        if (done)
            call->succeed();
        else
            call->refuse(done.error());
    });
    return call;
}

StatusService::Answer *StatusService::SetUserStatus(
    Context *context, const pb::SetUserStatusRequest *request, pb::SetUserStatusResponse *response)
{
    return answer(*context, [this, request, response](const StatusCaller &caller) -> Done {
        const auto status = userstatus::requestedStatus(*request, m_revision);
        if (!status)
            return Unexpected{status.error()};
        const auto outcome
            = m_parts.desk.set(caller, userstatus::toText(request->user_id()), *status);
        if (!outcome)
            return Unexpected{outcome.error()};
        response->set_success(true);
        response->set_message(userstatus::toBytes(outcome->message));
        userstatus::write(outcome->row, m_revision, *response->mutable_data());
        return {};
    });
}

StatusService::Answer *StatusService::GetUserStatus(
    Context *context, const pb::GetUserStatusRequest *request, pb::GetUserStatusResponse *response)
{
    return answer(*context, [this, request, response](const StatusCaller &caller) -> Done {
        const auto row = m_parts.desk.get(caller, userstatus::toText(request->user_id()));
        if (!row)
            return Unexpected{row.error()};
        response->set_success(true);
        userstatus::write(*row, m_revision, *response->mutable_data());
        return {};
    });
}

StatusService::Answer *StatusService::GetMultipleUserStatus(Context *context,
    const pb::GetMultipleUserStatusRequest *request, pb::GetMultipleUserStatusResponse *response)
{
    return answer(*context, [this, request, response](const StatusCaller &caller) -> Done {
        const auto rows = m_parts.desk.getMany(caller, userstatus::requestedIds(*request));
        if (!rows)
            return Unexpected{rows.error()};
        response->set_success(true);
        for (const userstatus::StatusRow &row : *rows)
            userstatus::write(row, m_revision, *response->add_data());
        return {};
    });
}

StatusService::Answer *StatusService::SendHeartbeat(
    Context *context, const pb::SendHeartbeatRequest *request, pb::SendHeartbeatResponse *response)
{
    return answer(*context, [this, request, response](const StatusCaller &caller) -> Done {
        const auto heartbeat = m_parts.desk.beat(caller, userstatus::toText(request->user_id()));
        if (!heartbeat)
            return Unexpected{heartbeat.error()};
        response->set_success(heartbeat->success);
        response->set_next_heartbeat_in_seconds(heartbeat->nextSeconds);
        return {};
    });
}

grpc::ServerWriteReactor<pb::StatusUpdateEvent> *StatusService::SubscribeStatusUpdates(
    Context *context, const pb::SubscribeStatusUpdatesRequest *request)
{
    const quint64 id = ++m_lastStream;
    StreamCall::Listener listener;
    listener.written = [this, id] { m_gate.post([this, id] { m_parts.streams.written(id); }); };
    listener.closed = [this, id] { m_gate.post([this, id] { m_parts.streams.closed(id); }); };
    auto *call = new StreamCall(*context, std::move(listener)); // gRPC deletes it
    // What the request says is read now: it need not live as long as its call.
    m_gate.enter(*call, [this, call, id, request = *request] { subscribe(*call, id, request); });
    return call;
}

void StatusService::subscribe(
    StreamCall &call, quint64 id, const pb::SubscribeStatusUpdatesRequest &request)
{
    const auto refuse = [this, &call](const Failure &failure) {
        if (m_gate.leave(call))
            call.refuse(failure);
    };
    const auto caller = m_parts.desk.caller(call.credentials.token, call.credentials.device);
    if (!caller)
        return refuse(caller.error());
    if (const auto own = StatusDesk::checkOwn(*caller, userstatus::toText(request.user_id())); !own)
        return refuse(own.error());
    const QStringList watched = userstatus::watchedIds(request);
    if (const auto admitted = m_parts.desk.admitQuestion(*caller, watched.size()); !admitted)
        return refuse(admitted.error());
    call.StartSendInitialMetadata();
    const auto opened = m_parts.streams.open(
        id, *caller, watched, std::make_unique<CallSink>(m_gate, call, m_revision));
    if (!opened)
        refuse(opened.error());
}

} // namespace presently::net
