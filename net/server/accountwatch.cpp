// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/accountwatch.h"

#include "models/storage/serverdatabase.h"
#include "net/server/api/broadcaster.h"
#include "net/server/peopledirectory.h"

namespace presently::net {

using namespace std::chrono_literals;

namespace {

constexpr Milliseconds lookEvery = 1s;

} // namespace

AccountWatch::AccountWatch(ServerDatabase &database, const PeopleDirectory &people,
    OpenSessions sessions, Broadcaster &broadcaster, DeadlineQueue &deadlines)
    : m_database(database)
    , m_people(people)
    , m_sessions(std::move(sessions))
    , m_broadcaster(broadcaster)
    , m_clock(deadlines.clock())
    , m_due(deadlines, *this)
{
}

AccountWatch::~AccountWatch() = default;

void AccountWatch::start()
{
    m_seen = m_database.changesByOthers().value_or(0);
    m_due.arm(lookEvery);
}

void AccountWatch::deadlineReached(Deadline &)
{
    m_due.arm(lookEvery);
    const qint64 changes = m_database.changesByOthers().value_or(m_seen);
    if (changes == m_seen)
        return;
    m_seen = changes;
    closeEndedSessions();
    dropRemovedPeople();
}

void AccountWatch::closeEndedSessions()
{
    for (const SessionId &session : m_sessions.list()) {
        const auto found = m_database.sessions().find(session);
        const bool isGone = !found && found.error().code == ErrorCode::NotFound;
        if (isGone || (found && !found->isLive(m_clock.wallNow())))
            m_sessions.close(session);
    }
}

void AccountWatch::dropRemovedPeople()
{
    const auto all = m_database.people().all();
    if (!all)
        return;
    QSet<PersonKey> gone = m_people.keys();
    for (const PersonRecord &person : *all)
        gone.remove(person.key);
    for (const PersonKey person : std::as_const(gone))
        m_broadcaster.personRemoved(person);
}

} // namespace presently::net
