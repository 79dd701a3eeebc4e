// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/dialect.h"

namespace presently::net {

void DialectAdapter::addRoutes(Router &, UpgradeRoutes &)
{
}

Expected<void, Error> DialectAdapter::start()
{
    return {};
}

quint16 DialectAdapter::ownPort() const
{
    return 0;
}

void DialectAdapter::stop()
{
}

QSet<SessionId> DialectAdapter::openSessions() const
{
    return {};
}

void DialectAdapter::closeSession(const SessionId &)
{
}

void DialectAdapter::closePerson(PersonKey)
{
}

} // namespace presently::net
