// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"
#include "net/server/userstatus/grpc/grpcface.h"
#include "net/server/userstatus/statusdesk.h"
#include "net/server/userstatus/statusdevices.h"
#include "net/server/userstatus/statusstreams.h"
#include "net/server/userstatus/statusview.h"

namespace presently::net {

//! \brief The dialect `userstatus`: REST on the server's port, gRPC on one of its own.
//!
//! What the contract leaves open is settled in net/wire/userstatus/README.md. Rows of gRPC and words
//! of REST are rendered from the same reads, so that the two never disagree.
//! Errors:    start() when the gRPC port cannot be had, its certificate cannot be used, or this
//!            build has no gRPC.
//! Ownership: keeps a copy of the context, whose parts outlive it.
//! Threading: the server's thread; gRPC's own threads end with it.
class UserStatusAdapter final : public DialectAdapter
{
    Q_DISABLE_COPY_MOVE(UserStatusAdapter)

public:
    explicit UserStatusAdapter(const DialectContext &context);
    //! Ends every call at once.
    ~UserStatusAdapter() override;

    void addRoutes(Router &router, UpgradeRoutes &upgrades) override;
    [[nodiscard]] Expected<void, Error> start() override;
    //! Of gRPC; 0 when it is off.
    [[nodiscard]] quint16 ownPort() const override { return port(); }
    [[nodiscard]] quint16 port() const { return m_grpc ? m_grpc->port() : 0; }
    void stop() override;
    [[nodiscard]] QSet<SessionId> openSessions() const override;
    void closeSession(const SessionId &session) override;
    void closePerson(PersonKey person) override;

private:
    const DialectContext m_context;
    StatusView m_view;
    StatusDevices m_devices;
    StatusDesk m_desk;
    StatusStreams m_streams;
    std::unique_ptr<GrpcFace> m_grpc;
};

[[nodiscard]] std::unique_ptr<DialectAdapter> makeUserStatusAdapter(const DialectContext &context);

} // namespace presently::net
