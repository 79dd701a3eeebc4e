// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/presenceservice.h"

#include "models/storage/serverdatabase.h"
#include "net/server/logging.h"
#include "net/server/peopledirectory.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! After a system resume the steady clock has stood still, so nothing is armed further ahead.
constexpr Milliseconds farthestTimer = 1s;
//! Changes of one second are written down together.
constexpr Milliseconds writeDelay = 500ms;
//! After a crash "last seen" is at most this much too old.
constexpr Milliseconds noteEvery = 60s;
constexpr Milliseconds noteSlice = 1s;
constexpr qsizetype notesPerSlice = 500; //!< a few milliseconds of the event loop

void setMtchat(Policy &policy, const PresenceOptions &presence)
{
    policy.heartbeat = presence.heartbeat;
    policy.timeToLive = presence.lease;
    policy.slack = presence.slack;
    policy.transportCheck = presence.pingAfter + presence.pongWithin;
    policy.closeGrace = presence.graceClean;
    policy.lostGrace = presence.graceLost;
}

void setUserStatus(Policy &policy, const UserStatusOptions &options)
{
    policy.heartbeat = options.heartbeat;
    policy.timeToLive = options.lease;
    policy.idleTimeToLive = options.awayLease;
    policy.streamEndMax = options.streamEndMax;
}

//! For what runs over Socket.IO.
template <typename Options>
void setSocketIo(Policy &policy, const Options &options, const SocketIoOptions &socketIo)
{
    policy.heartbeat = options.heartbeat;
    policy.timeToLive = options.lease;
    policy.transportCheck = socketIo.pingInterval + socketIo.pingTimeout;
    policy.closeGrace = options.graceClean;
    policy.lostGrace = options.graceLost;
}

PolicyTable policiesOf(const ServerOptions &options)
{
    PolicyTable policies = defaultPolicies();
    const auto row
        = [&policies](Dialect dialect) -> Policy & { return policies[std::size_t(dialect)]; };
    const DialectOptions &dialects = options.dialects;
    setMtchat(row(Dialect::Mtchat), options.presence);
    setSocketIo(row(Dialect::Friends), dialects.friends, dialects.socketIo);
    row(Dialect::Friends).slack = dialects.friends.slack;
    setUserStatus(row(Dialect::UserStatus), dialects.userStatus);
    row(Dialect::Polling).heartbeat = dialects.polling.heartbeat;
    row(Dialect::Polling).timeToLive = dialects.polling.lease;
    setSocketIo(row(Dialect::Devices), dialects.devices, dialects.socketIo);
    return policies;
}

LedgerOptions ledgerOptions(const ServerOptions &options, qint64 epoch)
{
    LedgerOptions result;
    result.policies = policiesOf(options);
    result.idleAfter = options.presence.idleAfter;
    result.holdBack = options.presence.holdBack;
    result.maxDevices = options.limits.devicesPerUser;
    result.epoch = epoch;
    return result;
}

} // namespace

QString presenceEpochSetting()
{
    return u"presence_epoch"_s;
}

PresenceService::PresenceService(const ServerOptions &options, ServerDatabase &database,
    const PeopleDirectory &people, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_database(database)
    , m_people(people)
    , m_clock(deadlines.clock())
    , m_ledgerDue(deadlines, *this)
    , m_writeDue(deadlines, *this)
    , m_noteDue(deadlines, *this)
{
}

PresenceService::~PresenceService() = default;

Expected<void, Error> PresenceService::load()
{
    const auto epoch = nextEpoch();
    if (!epoch)
        return Unexpected{epoch.error()};
    const LedgerOptions options = ledgerOptions(m_options, *epoch);
    if (const auto checked = checkPolicies(options.policies); !checked)
        return checked;
    m_ledger = std::make_unique<PresenceLedger>(m_clock, options);
    if (const auto restored = restorePeople(); !restored)
        return restored;
    if (const auto restored = restoreLeases(); !restored)
        return restored;
    const auto loaded = loadGraph();
    if (loaded)
        settle();
    m_noteDue.arm(noteEvery);
    return loaded;
}

// The wall clock alone could give the same epoch twice when it is set back between two starts.
Expected<qint64, Error> PresenceService::nextEpoch()
{
    const auto last = m_database.setting(presenceEpochSetting());
    if (!last)
        return Unexpected{last.error()};
    const qint64 before = last->value_or(QString()).toLongLong();
    const qint64 epoch = std::max<qint64>(before + 1, m_clock.wallNow().time_since_epoch().count());
    if (const auto kept = m_database.setSetting(presenceEpochSetting(), QString::number(epoch));
        !kept)
        return Unexpected{kept.error()};
    return epoch;
}

Expected<void, Error> PresenceService::restorePeople()
{
    const auto records = m_database.presence().load();
    if (!records)
        return Unexpected{records.error()};
    QHash<PersonKey, StoredPresence> all;
    for (const PresenceMemoryRecord &record : *records)
        all.insert(record.person,
            {record.intent, record.previousIntent, record.lastSeen, record.lastReason, {}});
    const auto people = m_database.people().all();
    if (!people)
        return Unexpected{people.error()};
    for (const PersonRecord &person : *people) {
        if (person.preferences != PresencePreferences{})
            all[person.key].preferences = person.preferences;
    }
    for (auto entry = all.cbegin(); entry != all.cend(); ++entry)
        m_ledger->restore(entry.key(), entry.value());
    return {};
}

// Their last heartbeat may still be evidence (ruling L01); one that is not is forgotten.
Expected<void, Error> PresenceService::restoreLeases()
{
    const auto leases = m_database.leases().load();
    if (!leases)
        return Unexpected{leases.error()};
    for (const StoredLease &lease : *leases) {
        m_ledger->restoreLease(lease);
        keepLeases(lease.person);
    }
    return {};
}

Expected<void, Error> PresenceService::loadGraph()
{
    const auto contacts = m_database.people().allContacts();
    if (!contacts)
        return Unexpected{contacts.error()};
    for (const ContactPair &pair : *contacts)
        m_graph.addContact(pair.first, pair.second);
    const auto memberships = m_database.conversations().allMemberships();
    if (!memberships)
        return Unexpected{memberships.error()};
    for (const Membership &membership : *memberships)
        m_graph.addMember(membership.conversation, membership.person);
    return {};
}

void PresenceService::shutDown()
{
    m_ledger->shutDown();
    for (const PresenceChange &change : m_ledger->takeChanges())
        m_dirty.insert(change.person);
    m_dirty.unite(m_leaseHolders);
    m_dirtyLeases.unite(m_leaseHolders);
    writeDown();
    m_ledgerDue.disarm();
    m_noteDue.disarm();
}

void PresenceService::settle()
{
    for (const PresenceChange &change : m_ledger->takeChanges()) {
        if (change.toStore) {
            m_dirty.insert(change.person);
            if (!m_writeDue.isArmed())
                m_writeDue.arm(writeDelay);
        }
        if (m_leaseHolders.contains(change.person))
            keepLeases(change.person);
        if (change.after.isOnline())
            m_shown.insert(change.person, change.after.status);
        else
            m_shown.remove(change.person);
        if (change.audience != Audience::Nobody)
            Q_EMIT changed(change);
    }
    if (m_ledger->isComplete() && !m_wasComplete) {
        m_wasComplete = true;
        Q_EMIT completed();
    }
    arm();
}

LeaseId PresenceService::openLease(const LeaseRequest &request)
{
    return accept(m_ledger->open(request));
}

std::optional<LeaseId> PresenceService::touchLease(const LeaseRequest &request)
{
    const auto opened = m_ledger->touch(request);
    if (!opened)
        return {};
    keepLeases(request.person);
    return accept(*opened);
}

LeaseId PresenceService::accept(const OpenedLease &opened)
{
    if (opened.evicted)
        Q_EMIT leaseEvicted(*opened.evicted);
    settle();
    return opened.lease;
}

void PresenceService::setPreferences(PersonKey person, const PresencePreferences &preferences)
{
    m_ledger->setPreferences(person, preferences);
    if (const auto kept = m_database.people().setPreferences(person, preferences); !kept)
        qCWarning(serverLog) << "preferences not written down:" << kept.error().detail;
    settle();
}

void PresenceService::arm()
{
    const std::optional<SteadyTime> next = m_ledger->nextDeadline();
    if (!next)
        return m_ledgerDue.disarm();
    m_ledgerDue.armAt(std::min(*next, m_clock.now() + farthestTimer));
}

void PresenceService::deadlineReached(Deadline &deadline)
{
    if (&deadline == &m_writeDue)
        return writeDown();
    if (&deadline == &m_noteDue)
        return noteLastSeen();
    m_ledger->advance();
    settle();
}

void PresenceService::noteLastSeen()
{
    if (m_toNote.isEmpty())
        m_toNote = m_shown.keys();
    for (qsizetype left = notesPerSlice; left > 0 && !m_toNote.isEmpty(); --left)
        m_dirty.insert(m_toNote.takeLast());
    writeDown();
    m_noteDue.arm(m_toNote.isEmpty() ? noteEvery : noteSlice);
}

void PresenceService::keepLeases(PersonKey person)
{
    m_leaseHolders.insert(person);
    m_dirtyLeases.insert(person);
    if (!m_writeDue.isArmed())
        m_writeDue.arm(writeDelay);
}

void PresenceService::writeLeases()
{
    if (m_dirtyLeases.isEmpty())
        return;
    std::vector<StoredLease> leases;
    for (const PersonKey person : std::as_const(m_dirtyLeases)) {
        const std::vector<StoredLease> held = m_ledger->storedLeases(person);
        leases.insert(leases.end(), held.begin(), held.end());
        if (held.empty())
            m_leaseHolders.remove(person);
    }
    const auto written = m_database.leases().store(m_dirtyLeases.values(), leases);
    if (!written) {
        m_leaseHolders.unite(m_dirtyLeases);
        qCWarning(serverLog) << "leases not written down:" << written.error().detail;
        return;
    }
    m_dirtyLeases.clear();
}

void PresenceService::writeDown()
{
    m_writeDue.disarm();
    writeLeases();
    if (m_dirty.isEmpty())
        return;
    QList<PresenceMemoryRecord> records;
    records.reserve(m_dirty.size());
    for (const PersonKey person : std::as_const(m_dirty)) {
        const StoredPresence stored = m_ledger->stored(person);
        records.append({person, stored.intent, stored.previous, stored.lastSeen, stored.reason,
            m_ledger->version(person).serial});
    }
    const auto written = m_database.presence().store(records);
    if (written)
        m_dirty.clear();
    else
        qCWarning(serverLog) << "presence not written down:" << written.error().detail;
}

PresenceRecord PresenceService::recordFor(
    PersonKey viewer, std::optional<PersonKey> subject, const UserId &user) const
{
    if (subject && *subject == viewer)
        return ownRecord(viewer);
    PresenceRecord record;
    record.user = user;
    record.presence.status = Status::Offline;
    record.version.epoch = m_ledger->epoch();
    if (!subject || !m_graph.canSee(viewer, *subject))
        return record;
    record.presence = m_ledger->view(*subject, Viewer::Other);
    record.version = m_ledger->version(*subject);
    return record;
}

PresenceRecord PresenceService::ownRecord(PersonKey person) const
{
    return {
        m_people.userOf(person), m_ledger->ownView(person).presence, m_ledger->version(person), {}};
}

std::optional<PresenceRecord> PresenceService::row(PersonKey viewer, const UserId &user) const
{
    const std::optional<PersonKey> subject = m_people.find(user);
    if (!m_ledger->isComplete()) {
        const bool visible = subject && m_graph.canSee(viewer, *subject);
        if (!visible || !m_ledger->row(*subject))
            return {};
    }
    return recordFor(viewer, subject, user);
}

QMap<QByteArray, qint64> PresenceService::countByStatus() const
{
    QMap<QByteArray, qint64> counts{{"online", 0}, {"away", 0}, {"busy", 0}};
    for (const Status status : m_shown) {
        const bool isAway = status == Status::Away;
        ++counts[isAway ? "away" : status == Status::Busy ? "busy" : "online"];
    }
    return counts;
}

bool PresenceService::isInvisible(PersonKey person) const
{
    return m_ledger->ownView(person).intent.status == IntentStatus::Invisible;
}

} // namespace presently::net
