// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/policy.h"
#include "net/server/dialect.h"
#include "net/server/serveroptions.h"
#include "net/server/socketdialects/socketlink.h"
#include "net/transport/deadlinequeue.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

namespace presently::net {

//! \brief Who has which sockets open in one dialect, and which of them holds which lease.
//!
//! Errors:    what one socket does wrong never reaches another.
//! Ownership: borrows the links, which enter and leave by themselves, and the parts of \a context.
//! Threading: the server's thread.
class SocketBook : public QObject, private Deadline::Owner
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SocketBook)

public:
    SocketBook(const DialectContext &context, Dialect dialect);
    ~SocketBook() override;

    //! In the order in which they came.
    [[nodiscard]] QList<SocketLink *> linksOf(PersonKey person) const
    {
        return m_links.value(person);
    }
    [[nodiscard]] bool hasLinks(PersonKey person) const { return m_links.contains(person); }
    [[nodiscard]] bool isEmpty() const { return m_links.isEmpty(); }
    [[nodiscard]] SocketLink *linkOf(LeaseId lease) const { return m_leases.value(lease); }
    void sendTo(PersonKey person, const socketio::EncodedEvent &event) const;

    [[nodiscard]] QSet<SessionId> openSessions() const;
    void endSession(const SessionId &session);
    void endPerson(PersonKey person);
    //! Nobody comes any more.
    void stop() { m_isGoingDown = true; }

    [[nodiscard]] PresenceService &presence() const { return m_presence; }
    [[nodiscard]] const LimitOptions &limits() const { return m_options.limits; }
    [[nodiscard]] SteadyTime now() const { return m_clock.now(); }

private:
    friend class SocketLink;

    void add(SocketLink &link);
    void remove(SocketLink &link);
    void openLease(SocketLink &link);
    void forgetLease(const SocketLink &link) { m_leases.remove(link.lease()); }
    void evict(const LeaseId &lease);
    void end(SocketLink &link);
    [[nodiscard]] QList<SocketLink *> allLinks() const;
    void deadlineReached(Deadline &deadline) override;

    const ServerOptions &m_options;
    PresenceService &m_presence;
    const Clock &m_clock;
    const Dialect m_dialect;
    QHash<PersonKey, QList<SocketLink *>> m_links;
    QHash<LeaseId, SocketLink *> m_leases;
    Deadline m_expiry; //!< once a second while a token may expire under its socket
    bool m_isGoingDown = false;
};

} // namespace presently::net
