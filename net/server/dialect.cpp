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
