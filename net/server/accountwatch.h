// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "net/transport/deadlinequeue.h"

#include <QSet>

#include <functional>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class Broadcaster;
class PeopleDirectory;

//! \brief The sign-ins with an open connection, whatever dialect they speak, and how they end.
struct OpenSessions {
    std::function<QSet<SessionId>()> list;
    std::function<void(const SessionId &session)> close;
};

//! \brief Notices what `presently-server user` does to the accounts of a running server: a new
//! password signs out, and whoever is removed goes, also on the connections that are open.
//!
//! Costs one number of SQLite's a second, and a look at each connection after a change.
//! Ownership: borrows everything.
//! Threading: the database's thread.
class AccountWatch final : private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(AccountWatch)

public:
    AccountWatch(ServerDatabase &database, const PeopleDirectory &people, OpenSessions sessions,
        Broadcaster &broadcaster, DeadlineQueue &deadlines);
    virtual ~AccountWatch();

    void start();

private:
    void deadlineReached(Deadline &deadline) override;
    void closeEndedSessions();
    void dropRemovedPeople();

    ServerDatabase &m_database;
    const PeopleDirectory &m_people;
    const OpenSessions m_sessions;
    Broadcaster &m_broadcaster;
    const Clock &m_clock;
    Deadline m_due;
    qint64 m_seen = 0;
};

} // namespace presently::net
