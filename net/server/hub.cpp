// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"

#include "models/core/uuid.h"
#include "models/storage/serverdatabase.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"
#include "net/wire/mtchat/closecodes.h"

#include <QRandomGenerator>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds typingShown = 6s; //!< unless it is said again
constexpr Milliseconds upkeepInterval = 1s;
constexpr qsizetype maxCustomMessage = mtchat::MaxCustomMessageLength;

const QStringList &features()
{
    static const QStringList names{u"resume"_s, u"presence.set"_s, u"presence.watch"_s, u"typing"_s,
        u"goodbye"_s, u"conversation.changed"_s, u"idempotency"_s, u"last_seen"_s, u"devices"_s,
        u"attachments"_s};
    return names;
}

//! What one's own devices are told: also the wish, which others never see.
QByteArray encodeOwnUpdate(const PresenceRecord &record, const Intent &intent)
{
    return mtchat::encode(mtchat::PresenceUpdateFrame{record, intent});
}

} // namespace

//! One event for any number of receivers: its JSON, and the frame of those who get no numbers.
struct Hub::Event {
    explicit Event(QByteArray encoded)
        : json(std::move(encoded))
        , plain(SharedFrame::text(json))
    {
    }
    QByteArray json;
    SharedFrame plain;
};

Hub::Hub(const ServerOptions &options, ServerDatabase &database, const PeopleDirectory &people,
    PresenceService &presence, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_database(database)
    , m_people(people)
    , m_presence(presence)
    , m_clock(deadlines.clock())
    , m_upkeep(deadlines, *this)
    , m_intents(m_clock, options.limits.intent)
{
    connect(&presence, &PresenceService::changed, this, &Hub::presenceChanged);
    connect(&presence, &PresenceService::leaseEvicted, this, &Hub::evict);
}

Hub::~Hub() = default;

// Links

void Hub::attach(ClientLink &link)
{
    m_links.insert(link.connectionId(), &link);
    if (link.identity().numbering == Numbering::PerSession)
        link.stream = makeStream(link);
    greet(link);
    const PersonKey person = link.identity().person;
    if (link.stream)
        link.stream->link = &link;
    else
        m_receivers[person].plain.append(&link);
    // One's own dot is right from the first moment, also when the lease changes nothing.
    const Presence before = m_presence.ledger().ownView(person).presence;
    openLease(link);
    if (looksSame(m_presence.ledger().ownView(person).presence, before))
        link.sendJson(encodeOwnUpdate(
            m_presence.ownRecord(person), m_presence.ledger().ownView(person).intent));
    if (!m_upkeep.isArmed())
        m_upkeep.arm(upkeepInterval);
}

void Hub::greet(ClientLink &link)
{
    mtchat::SessionTerms terms;
    terms.session = link.stream ? link.stream->id : SessionId{makeUuidV7(m_clock.wallNow())};
    terms.epoch = m_presence.ledger().epoch();
    terms.serverTime = m_clock.wallNow();
    terms.heartbeat
        = {m_options.presence.heartbeat, m_options.presence.lease, m_options.presence.slack};
    terms.resumeWindow = m_options.limits.resumeWindow;
    terms.features = features();
    link.send(mtchat::ConnectedFrame{link.identity().user, terms});
}

void Hub::openLease(ClientLink &link)
{
    if (m_isGoingDown)
        return;
    const LinkIdentity &identity = link.identity();
    LeaseRequest request;
    request.person = identity.person;
    request.device = identity.device;
    request.deviceType = identity.deviceType;
    request.state = identity.state;
    link.lease = m_presence.openLease(request);
    m_leases.insert(link.lease, &link);
}

void Hub::evict(const LeaseId &lease)
{
    ClientLink *oldest = m_leases.take(lease);
    if (!oldest)
        return;
    ++m_counters.evicted;
    oldest->lease = {};
    oldest->close(mtchat::CloseCode::TooManyDevices, "too many devices");
}

void Hub::detach(ClientLink &link, presently::CloseKind kind)
{
    m_links.remove(link.connectionId());
    if (link.stream) {
        link.stream->link = nullptr;
        link.stream->detachedAt = m_clock.now();
        if (m_options.limits.resumeWindow == Milliseconds::zero())
            dropStream(link.stream);
    } else if (const auto receivers = m_receivers.find(link.identity().person);
               receivers != m_receivers.end()) {
        receivers->plain.removeOne(&link);
        if (receivers->plain.isEmpty() && receivers->streams.isEmpty())
            m_receivers.erase(receivers);
    }
    if (!link.lease.isNull()) {
        m_leases.remove(link.lease);
        m_presence.ledger().close(link.lease, kind);
        link.lease = {};
        m_presence.settle();
    }
}

void Hub::transportAlive(ClientLink &link)
{
    m_presence.ledger().transportAlive(link.lease);
}

void Hub::beat(ClientLink &link, ActivityState state, std::optional<Milliseconds> idle)
{
    ++m_counters.heartbeats;
    // A device that said goodbye and then goes on is back.
    if (m_presence.ledger().beat(link.lease, state, idle))
        m_presence.settle();
    else
        openLease(link);
}

void Hub::leave(ClientLink &link)
{
    if (link.lease.isNull())
        return;
    m_leases.remove(link.lease);
    m_presence.ledger().end(std::exchange(link.lease, {}), OfflineReason::Manual);
    m_presence.settle();
}

void Hub::typing(PersonKey person, const ConversationId &conversation)
{
    if (m_presence.isInvisible(person))
        return;
    auto members = m_database.conversations().members(conversation);
    if (!members || !members->removeOne(person))
        return;
    send(*members,
        mtchat::TypingFrame{
            conversation, m_people.userOf(person), m_clock.wallNow() + typingShown});
}

void Hub::sendSnapshot(ClientLink &link, const QList<UserId> &users)
{
    const PersonKey viewer = link.identity().person;
    QList<UserId> asked = users;
    if (asked.isEmpty()) {
        for (const PersonKey person : m_presence.graph().viewersOf(viewer))
            asked.append(m_people.userOf(person));
    }
    mtchat::PresenceSnapshotFrame part;
    part.epoch = m_presence.ledger().epoch();
    for (const UserId &user : std::as_const(asked)) {
        if (part.users.size() == m_options.presence.snapshotPart) {
            link.send(part);
            part.users.clear();
        }
        if (auto row = m_presence.row(viewer, user))
            part.users.append(*std::move(row));
    }
    part.complete = m_presence.ledger().isComplete();
    link.send(part);
}

Expected<void, Error> Hub::setIntent(PersonKey person, const Intent &intent)
{
    if (intent.customMessage.size() > maxCustomMessage)
        return Unexpected{Error{ErrorCode::InvalidField, u"custom_message"_s,
            u"is longer than %1 characters"_s.arg(maxCustomMessage), {}}};
    if (intent.until && *intent.until <= m_clock.wallNow())
        return Unexpected{Error{ErrorCode::InvalidField, u"until"_s, u"has passed already"_s, {}}};
    const Milliseconds wait = m_intents.take(QString::number(qint64(person)));
    if (wait > Milliseconds::zero())
        return Unexpected{Error{ErrorCode::RateLimited, u"status"_s, u"changed too often"_s, wait}};
    m_presence.ledger().setIntent(person, intent);
    m_presence.settle();
    return {};
}

// Delivery

void Hub::presenceChanged(const PresenceChange &change)
{
    PresenceRecord record{m_people.userOf(change.person), {}, change.version, change.at};
    if (change.audience == Audience::Everybody) {
        ++m_counters.presenceEvents;
        record.presence = change.after;
        const Event event(mtchat::encode(mtchat::PresenceUpdateFrame{record}));
        for (const PersonKey viewer : m_presence.graph().viewersOf(change.person))
            deliver(viewer, event);
    }
    record.presence = change.own.presence;
    deliver(change.person, Event(encodeOwnUpdate(record, change.own.intent)));
}

void Hub::send(const QList<PersonKey> &people, const mtchat::ServerFrame &frame)
{
    const Event event(mtchat::encode(frame));
    for (const PersonKey person : people)
        deliver(person, event);
}

void Hub::sendTo(PersonKey person, const mtchat::ServerFrame &frame)
{
    deliver(person, Event(mtchat::encode(frame)));
}

void Hub::deliver(PersonKey person, const Event &event)
{
    const auto receivers = m_receivers.constFind(person);
    if (receivers == m_receivers.cend())
        return;
    for (const Stream &stream : receivers->streams) {
        const qint64 seq = stream->append(event.json);
        if (!stream->link)
            continue;
        stream->link->sendFrame(
            SharedFrame::text(QByteArrayView(event.json).chopped(1), mtchat::seqEnding(seq)));
        ++m_counters.framesQueued;
    }
    for (ClientLink *link : receivers->plain) {
        link->sendFrame(event.plain);
        ++m_counters.framesQueued;
    }
}

// Endings

void Hub::closeSession(const SessionId &session, quint16 code, const QByteArray &reason)
{
    for (ClientLink *link : m_links.values()) {
        if (link->identity().session != session)
            continue;
        leave(*link);
        link->close(code, reason);
    }
    for (const Stream &stream : m_streams.values()) {
        if (stream->signIn == session)
            dropStream(stream);
    }
}

void Hub::closePerson(PersonKey person, quint16 code, const QByteArray &reason)
{
    for (ClientLink *link : m_links.values()) {
        if (link->identity().person != person)
            continue;
        leave(*link);
        link->close(code, reason);
    }
    const QList<Stream> streams = m_receivers.value(person).streams;
    for (const Stream &stream : streams)
        dropStream(stream);
}

void Hub::sayGoodbye()
{
    m_isGoingDown = true;
    const qint64 spread = m_options.limits.restartSpread.count();
    for (ClientLink *link : std::as_const(m_links)) {
        const qint64 wait = spread > 0 ? QRandomGenerator::global()->bounded(spread) : 0;
        link->send(mtchat::GoodbyeFrame{u"restart"_s, Milliseconds{wait}});
    }
}

void Hub::closeExpired()
{
    const WallTime now = m_clock.wallNow();
    for (ClientLink *link : std::as_const(m_links)) {
        if (link->identity().expiresAt && *link->identity().expiresAt <= now)
            link->close(mtchat::CloseCode::TokenExpired, "token expired");
    }
}

void Hub::deadlineReached(Deadline &)
{
    closeExpired();
    forgetStreams();
    if (!m_links.isEmpty() || !m_streams.isEmpty())
        m_upkeep.arm(upkeepInterval);
}

const LimitOptions &Hub::limits() const
{
    return m_options.limits;
}

SteadyTime Hub::now() const
{
    return m_clock.now();
}

QList<const ClientLink *> Hub::links() const
{
    return {m_links.cbegin(), m_links.cend()};
}

QSet<SessionId> Hub::openSessions() const
{
    QSet<SessionId> open;
    for (const ClientLink *link : m_links) {
        if (link->identity().session)
            open.insert(*link->identity().session);
    }
    return open;
}

const ClientLink *Hub::linkOf(quint64 connection) const
{
    return m_links.value(connection);
}

} // namespace presently::net
