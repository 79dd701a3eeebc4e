// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/userstatusadapter.h"

#include "net/server/serveroptions.h"
#include "net/server/userstatus/statusroutes.h"

namespace presently::net {

UserStatusAdapter::UserStatusAdapter(const DialectContext &context)
    : m_context(context)
    , m_view(context.people, context.presence)
    , m_devices(context.presence, context.options)
    , m_desk(m_context, m_devices, m_view)
    , m_streams(m_context, m_view, m_devices)
{
}

UserStatusAdapter::~UserStatusAdapter()
{
    m_streams.stop();
}

void UserStatusAdapter::addRoutes(Router &router, UpgradeRoutes &)
{
    addStatusRoutes(router, m_desk, m_view);
}

Expected<void, Error> UserStatusAdapter::start()
{
    if (m_context.options.dialects.userStatus.grpcPort < 0)
        return {};
    auto face = startGrpc({m_context.options, m_desk, m_streams});
    if (!face)
        return Unexpected{face.error()};
    m_grpc = *std::move(face);
    return {};
}

void UserStatusAdapter::stop()
{
    m_streams.stop();
    if (m_grpc)
        m_grpc->stop();
}

QSet<SessionId> UserStatusAdapter::openSessions() const
{
    return m_streams.openSessions();
}

void UserStatusAdapter::closeSession(const SessionId &session)
{
    m_devices.endSession(session);
    m_streams.closeSession(session);
}

void UserStatusAdapter::closePerson(PersonKey person)
{
    m_streams.closePerson(person);
    m_devices.forget(person);
}

std::unique_ptr<DialectAdapter> makeUserStatusAdapter(const DialectContext &context)
{
    return std::make_unique<UserStatusAdapter>(context);
}

} // namespace presently::net
