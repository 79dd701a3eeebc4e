// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/socketbook.h"

#include "net/server/presenceservice.h"

namespace presently::net {

using namespace std::chrono_literals;

namespace {

constexpr Milliseconds expiryInterval = 1s;

} // namespace

SocketBook::SocketBook(const DialectContext &context, Dialect dialect)
    : m_options(context.options)
    , m_presence(context.presence)
    , m_clock(context.deadlines.clock())
    , m_dialect(dialect)
    , m_expiry(context.deadlines, *this)
{
    connect(&m_presence, &PresenceService::leaseEvicted, this, &SocketBook::evict);
}

SocketBook::~SocketBook() = default;

void SocketBook::sendTo(PersonKey person, const socketio::EncodedEvent &event) const
{
    for (SocketLink *link : linksOf(person))
        link->send(event);
}

void SocketBook::add(SocketLink &link)
{
    m_links[link.person()].append(&link);
    if (link.identity().expiresAt && !m_expiry.isArmed())
        m_expiry.arm(expiryInterval);
}

void SocketBook::remove(SocketLink &link)
{
    const auto links = m_links.find(link.person());
    if (links == m_links.end())
        return;
    links->removeOne(&link);
    if (links->isEmpty())
        m_links.erase(links);
}

void SocketBook::openLease(SocketLink &link)
{
    if (m_isGoingDown)
        return;
    LeaseRequest request;
    request.person = link.person();
    request.device = link.identity().device;
    request.deviceType = link.identity().deviceType;
    request.dialect = m_dialect;
    link.m_lease = m_presence.openLease(request);
    m_leases.insert(link.m_lease, &link);
}

void SocketBook::evict(const LeaseId &lease)
{
    SocketLink *link = m_leases.take(lease);
    if (!link)
        return;
    link->m_lease = {};
    link->kick();
}

QList<SocketLink *> SocketBook::allLinks() const
{
    QList<SocketLink *> all;
    for (const QList<SocketLink *> &links : m_links)
        all.append(links);
    return all;
}

QSet<SessionId> SocketBook::openSessions() const
{
    QSet<SessionId> sessions;
    for (const SocketLink *link : allLinks()) {
        if (link->identity().session)
            sessions.insert(*link->identity().session);
    }
    return sessions;
}

void SocketBook::end(SocketLink &link)
{
    link.leave();
    link.kick();
    link.drop();
}

void SocketBook::endSession(const SessionId &session)
{
    for (SocketLink *link : allLinks()) {
        if (link->identity().session == session)
            end(*link);
    }
}

void SocketBook::endPerson(PersonKey person)
{
    for (SocketLink *link : linksOf(person))
        end(*link);
}

void SocketBook::deadlineReached(Deadline &)
{
    const WallTime now = m_clock.wallNow();
    bool mayExpire = false;
    for (SocketLink *link : allLinks()) {
        const auto expiresAt = link->identity().expiresAt;
        if (expiresAt && *expiresAt <= now) {
            link->leave();
            link->drop();
        } else {
            mayExpire = mayExpire || expiresAt;
        }
    }
    if (mayExpire)
        m_expiry.arm(expiryInterval);
}

} // namespace presently::net
