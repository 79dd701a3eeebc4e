// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/presence/lease.h"
#include "models/presence/presencechange.h"
#include "net/server/clientlink.h"
#include "net/server/ratelimiter.h"
#include "net/server/sessionstream.h"
#include "net/transport/deadlinequeue.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <memory>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class PeopleDirectory;
class PresenceService;

//! \brief What the hub has done since it began.
struct HubCounters {
    quint64 heartbeats = 0;
    quint64 heartbeatsIgnored = 0; //!< over the limit
    quint64 rateExceeded = 0; //!< connections closed for it
    quint64 presenceEvents = 0; //!< changes told
    quint64 framesQueued = 0; //!< events times receivers
    quint64 resumed = 0;
    quint64 resyncs = 0;
    quint64 evicted = 0; //!< devices over the limit
};

//! \brief Who is connected, and the one place through which events reach them.
//!
//! An event is encoded once for all its receivers, and reaches each device of each of them; a
//! device whose link was lost finds it again when it resumes.
//! Errors:    what one device does wrong never reaches another.
//! Ownership: borrows links (they are the listener's), presence, people, database and deadlines.
//! Threading: one thread.
class Hub : public QObject, private Deadline::Owner
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Hub)

public:
    Hub(const ServerOptions &options, ServerDatabase &database, const PeopleDirectory &people,
        PresenceService &presence, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~Hub() override;

    //! \name What a link asks for
    //! @{
    void attach(ClientLink &link);
    void detach(ClientLink &link, presently::CloseKind kind);
    void transportAlive(ClientLink &link);
    void beat(ClientLink &link, ActivityState state, std::optional<Milliseconds> idle);
    void leave(ClientLink &link);
    void resume(ClientLink &link, const mtchat::ResumeRequest &request);
    //! The presence of \a users as the link's person may see it; of everybody visible when empty.
    void sendSnapshot(ClientLink &link, const QList<UserId> &users);
    //! @}

    //! \name What the rest of the server asks for
    //! @{
    //! Errors: RateLimited; InvalidField for a text that is too long or a time that has passed.
    [[nodiscard]] Expected<void, Error> setIntent(PersonKey person, const Intent &intent);
    //! Told to the others of \a conversation, if \a person is in it and not invisible.
    void typing(PersonKey person, const ConversationId &conversation);
    void send(const QList<PersonKey> &people, const mtchat::ServerFrame &frame);
    void sendTo(PersonKey person, const mtchat::ServerFrame &frame);
    void closeSession(const SessionId &session, quint16 code, const QByteArray &reason);
    void closePerson(PersonKey person, quint16 code, const QByteArray &reason);
    //! Tells everybody when to come back. The listener closes the connections.
    void sayGoodbye();
    //! @}

    [[nodiscard]] const LimitOptions &limits() const;
    [[nodiscard]] SteadyTime now() const;
    [[nodiscard]] HubCounters &counters() { return m_counters; }
    [[nodiscard]] const HubCounters &counters() const { return m_counters; }
    [[nodiscard]] qsizetype linkCount() const { return m_links.size(); }
    [[nodiscard]] qsizetype streamCount() const { return m_streams.size(); }
    [[nodiscard]] QList<const ClientLink *> links() const;
    //! The sign-ins that have a connection.
    [[nodiscard]] QSet<SessionId> openSessions() const;
    [[nodiscard]] const ClientLink *linkOf(quint64 connection) const;

private:
    using Stream = std::shared_ptr<SessionStream>;
    struct Event;
    //! Where the events of one person go.
    struct Receivers {
        QList<Stream> streams; //!< with a link or waiting for one
        QList<ClientLink *> plain; //!< without numbers
    };

    void deadlineReached(Deadline &deadline) override;
    void presenceChanged(const PresenceChange &change);
    void openLease(ClientLink &link);
    void evict(const LeaseId &lease);
    void greet(ClientLink &link);
    void deliver(PersonKey person, const Event &event);
    Stream makeStream(const ClientLink &link);
    void dropStream(const Stream &stream);
    void forgetStreams();
    void sendMissed(
        ClientLink &link, const Stream &stream, const std::vector<SessionStream::Numbered> &missed);
    void closeExpired();

    const ServerOptions &m_options;
    ServerDatabase &m_database;
    const PeopleDirectory &m_people;
    PresenceService &m_presence;
    const Clock &m_clock;
    Deadline m_upkeep; //!< once a second while there is something to forget
    QHash<quint64, ClientLink *> m_links; //!< by connection
    QHash<LeaseId, ClientLink *> m_leases;
    QHash<PersonKey, Receivers> m_receivers;
    QHash<SessionId, Stream> m_streams;
    RateLimiter m_intents;
    HubCounters m_counters;
    bool m_isGoingDown = false; //!< nobody comes any more
};

} // namespace presently::net
