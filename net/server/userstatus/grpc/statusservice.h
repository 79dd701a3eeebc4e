// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/userstatus/grpc/callgate.h"
#include "net/server/userstatus/grpc/grpcface.h"
#include "net/server/userstatus/statuscaller.h"
#include "net/wire/userstatus/messages.h"

#include <QObject>

#include <userstatus.grpc.pb.h>

#include <atomic>

namespace presently::net {

class StreamCall;
class UnaryCall;

//! \brief The service of the contract: takes calls on gRPC's threads, answers them on the server's.
//!
//! Ownership: borrows the parts.
//! Threading: made and destroyed on the server's thread, when gRPC has ended.
class StatusService final : public users::status::UserStatusService::CallbackService
{
    Q_DISABLE_COPY_MOVE(StatusService)

public:
    explicit StatusService(const GrpcParts &parts);

    //! Answers everything that is open, and from now on everything, with UNAVAILABLE.
    void close() { m_gate.close(); }

    using Context = grpc::CallbackServerContext;
    using Answer = grpc::ServerUnaryReactor;

    Answer *SetUserStatus(Context *context, const users::status::SetUserStatusRequest *request,
        users::status::SetUserStatusResponse *response) override;
    Answer *GetUserStatus(Context *context, const users::status::GetUserStatusRequest *request,
        users::status::GetUserStatusResponse *response) override;
    Answer *GetMultipleUserStatus(Context *context,
        const users::status::GetMultipleUserStatusRequest *request,
        users::status::GetMultipleUserStatusResponse *response) override;
    Answer *SendHeartbeat(Context *context, const users::status::SendHeartbeatRequest *request,
        users::status::SendHeartbeatResponse *response) override;
    grpc::ServerWriteReactor<users::status::StatusUpdateEvent> *SubscribeStatusUpdates(
        Context *context, const users::status::SubscribeStatusUpdatesRequest *request) override;

private:
    using Done = Expected<void, userstatus::Failure>;
    template <typename Work>
    Answer *answer(Context &context, Work work);
    void subscribe(
        StreamCall &call, quint64 id, const users::status::SubscribeStatusUpdatesRequest &request);

    const GrpcParts m_parts;
    const userstatus::EnumRevision m_revision;
    QObject m_receiver; //!< what gRPC's threads post to
    CallGate m_gate;
    std::atomic<quint64> m_lastStream = 0;
};

} // namespace presently::net
