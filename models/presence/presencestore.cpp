// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presencestore.h"

#include "models/presence/derive.h"

#include <algorithm>
#include <utility>

namespace presently {

namespace {

//! How many epochs back an event may come from and still be known as old.
constexpr std::size_t LeftEpochsKept = 8;

//! So many changed people are not kept waiting: their number would make one turn long.
constexpr std::size_t MostWaiting = 1000;

} // namespace

//! \brief One person: the last thing known, and how far it can be trusted.
struct PresenceStore::Entry {
    PresenceRecord known;
    quint32 generation = 0; //!< of the last word on this person
    quint32 eventIn = 0; //!< the hydration in which the last event came
    quint32 rowIn = 0; //!< the hydration in which the last row of a snapshot came
    bool isTouched = false; //!< since the last signals
};

PresenceStore::PresenceStore(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_unknownTimer.setSingleShot(true);
    m_unknownTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_unknownTimer, &QTimer::timeout, this, &PresenceStore::checkLink);
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_flushTimer, &QTimer::timeout, this, &PresenceStore::flush);
}

PresenceStore::~PresenceStore() = default;

// What to show

Presence PresenceStore::presence(const UserId &user) const
{
    const auto found = m_entries.constFind(user);
    return found == m_entries.cend() ? Presence{} : shown(*found);
}

std::optional<PresenceRecord> PresenceStore::lastKnown(const UserId &user) const
{
    const auto found = m_entries.constFind(user);
    return found == m_entries.cend() ? std::nullopt : std::optional{found->known};
}

std::optional<WallTime> PresenceStore::asOf(const UserId &user) const
{
    const auto found = m_entries.constFind(user);
    const bool known = found != m_entries.cend() && shown(*found).status != Status::Unknown;
    return known ? std::nullopt : m_asOf;
}

QList<UserId> PresenceStore::users() const
{
    return m_entries.keys();
}

bool PresenceStore::isFresh(const Entry &entry) const
{
    return entry.generation >= m_freshFrom;
}

Presence PresenceStore::shown(const Entry &entry) const
{
    const bool still = m_stillShown && entry.generation >= m_freshBeforeLoss;
    return still || isFresh(entry) ? entry.known.presence : Presence{};
}

// Time by the server's clock

void PresenceStore::setServerClock(WallTime serverTime, SteadyTime receivedAt)
{
    m_serverTime = serverTime;
    m_serverTimeReceivedAt = receivedAt;
}

WallTime PresenceStore::serverNow() const
{
    if (!m_serverTime)
        return m_clock.wallNow();
    return *m_serverTime + (m_clock.now() - m_serverTimeReceivedAt);
}

Milliseconds PresenceStore::ageOf(WallTime time) const
{
    return std::max(Milliseconds{0}, Milliseconds{serverNow() - time});
}

std::optional<Milliseconds> PresenceStore::lastSeenAge(const UserId &user) const
{
    const auto found = m_entries.constFind(user);
    if (found == m_entries.cend() || !found->known.presence.lastSeen)
        return std::nullopt;
    return ageOf(*found->known.presence.lastSeen);
}

// What the network says

void PresenceStore::beginHydration(qint64 epoch)
{
    std::erase(m_leftEpochs, epoch); // the server says itself that it is in this one
    enterEpoch(epoch);
    ++m_hydration;
    m_complete = false;
    m_linkDown = false;
}

void PresenceStore::expect(const QList<UserId> &users)
{
    for (const UserId &user : users) {
        if (!m_entries.contains(user))
            m_entries[user].known.user = user;
    }
}

//! Whether something from \a epoch is to be believed. A server that lost its memory while the link
//! stood says so only by the epoch of what it sends; epochs grow, so a lower one is left over.
bool PresenceStore::follow(qint64 epoch)
{
    if (!m_epoch || *m_epoch == epoch)
        return true;
    if (epoch < *m_epoch || std::ranges::find(m_leftEpochs, epoch) != m_leftEpochs.end())
        return false;
    enterEpoch(epoch);
    return true;
}

void PresenceStore::enterEpoch(qint64 epoch)
{
    if (m_epoch == epoch)
        return;
    if (m_epoch) {
        m_leftEpochs.push_back(*m_epoch);
        if (m_leftEpochs.size() > LeftEpochsKept)
            m_leftEpochs.pop_front();
    }
    rememberAll();
    m_epoch = epoch;
    m_freshFrom = ++m_generation;
    m_stillShown = false;
    m_unknownTimer.stop();
    if (!m_asOf)
        m_asOf = m_clock.wallNow();
}

void PresenceStore::applyEvent(const PresenceRecord &record)
{
    if (!follow(record.version.epoch))
        return;
    Entry &entry = m_entries[record.user];
    const PresenceVersion &known = entry.known.version;
    const PresenceVersion &told = record.version;
    // The same serial comes again twice over: as a duplicate, which changes nothing, and of ourselves
    // while invisible, because what others see stands still then.
    if (told.epoch != 0 && known.epoch == told.epoch && told.serial < known.serial)
        return;
    remember(record.user, entry);
    take(entry, record);
    entry.eventIn = m_hydration;
}

void PresenceStore::applySnapshot(const PresenceSnapshot &snapshot)
{
    if (!follow(snapshot.epoch))
        return;
    for (const PresenceRecord &row : snapshot.users)
        applyRow(row);
    if (!snapshot.complete || !m_epoch)
        return;
    turnAbsentOffline();
    m_complete = true;
    m_asOf.reset();
}

void PresenceStore::applyRow(const PresenceRecord &row)
{
    Entry &entry = m_entries[row.user];
    remember(row.user, entry);
    entry.rowIn = m_hydration;
    const PresenceVersion &known = entry.known.version;
    // Without serials all are 0, and an event that came after the question wins.
    const bool heardSince = m_hydration != 0 && entry.eventIn == m_hydration;
    const bool isOlder = known.epoch == row.version.epoch
        && (row.version.serial < known.serial
            || (row.version.serial == known.serial && heardSince));
    if (isOlder)
        entry.generation = std::max(entry.generation, currentGeneration());
    else
        take(entry, row);
}

void PresenceStore::turnAbsentOffline()
{
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        Entry &entry = *it;
        if (entry.rowIn == m_hydration || entry.eventIn == m_hydration)
            continue;
        remember(it.key(), entry);
        Presence gone;
        gone.status = Status::Offline;
        gone.lastSeen = entry.known.presence.lastSeen;
        entry.known.presence = gone;
        entry.generation = currentGeneration();
    }
}

void PresenceStore::take(Entry &entry, const PresenceRecord &record)
{
    entry.known = record;
    entry.generation = currentGeneration();
}

quint32 PresenceStore::currentGeneration() const
{
    // What still arrives after a loss was sent before it.
    return m_linkDown ? m_generation - 1 : m_generation;
}

void PresenceStore::linkLost(WallTime at)
{
    if (m_linkDown)
        return;
    if (!m_epoch) {
        m_asOf = at; // what a cache knew is unknown anyway, and as old as that
        return;
    }
    rememberAll();
    m_linkDown = true;
    m_asOf = at;
    m_freshBeforeLoss = m_freshFrom;
    m_freshFrom = ++m_generation;
    m_stillShown = true;
    m_lostAt = m_clock.now();
    m_unknownTimer.start(UnknownAfter);
}

void PresenceStore::linkResumed()
{
    if (!m_linkDown)
        return;
    rememberAll();
    m_linkDown = false;
    m_freshFrom = m_freshBeforeLoss;
    m_stillShown = false;
    m_unknownTimer.stop();
    if (m_complete)
        m_asOf.reset();
}

void PresenceStore::checkLink()
{
    if (!m_stillShown)
        return;
    const Milliseconds left = *m_lostAt + UnknownAfter - m_clock.now();
    if (left > Milliseconds{0}) {
        m_unknownTimer.start(left);
        return;
    }
    rememberAll();
    m_stillShown = false;
}

void PresenceStore::clear()
{
    rememberAll();
    m_entries.clear();
    m_epoch.reset();
    m_leftEpochs.clear();
    m_freshFrom = m_generation + 1;
    m_complete = false;
    m_linkDown = false;
    m_stillShown = false;
    m_asOf.reset();
    m_serverTime.reset();
    m_unknownTimer.stop();
}

// Telling

void PresenceStore::remember(const UserId &user, Entry &entry)
{
    if (!std::exchange(entry.isTouched, true))
        m_touched.push_back({user, shown(entry)});
    scheduleFlush();
}

void PresenceStore::scheduleFlush()
{
    if (m_flushQueued)
        return;
    const Milliseconds since{m_sinceSignals.isValid() ? m_sinceSignals.elapsed() : INT_MAX};
    if (since < SignalInterval && m_touched.size() < MostWaiting) {
        if (!m_flushTimer.isActive())
            m_flushTimer.start(SignalInterval - since);
        return;
    }
    m_flushQueued = true;
    QMetaObject::invokeMethod(this, &PresenceStore::flush, Qt::QueuedConnection);
}

void PresenceStore::rememberAll()
{
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
        remember(it.key(), *it);
}

void PresenceStore::flush()
{
    m_flushQueued = false;
    m_flushTimer.stop();
    QList<UserId> changed;
    QList<UserId> arrived;
    for (const Touched &touched : std::exchange(m_touched, {})) {
        const auto found = m_entries.find(touched.user);
        const bool isKnown = found != m_entries.end(); // not after clear()
        if (isKnown && !std::exchange(found->isTouched, false))
            continue;
        const Presence now = isKnown ? shown(*found) : Presence{};
        if (looksSame(touched.shownBefore, now))
            continue;
        changed.append(touched.user);
        if (touched.shownBefore.status == Status::Offline && now.isOnline())
            arrived.append(touched.user);
    }
    if (!changed.isEmpty()) {
        m_sinceSignals.start();
        Q_EMIT presenceChanged(changed);
    }
    if (!arrived.isEmpty())
        Q_EMIT cameOnline(arrived);
}

} // namespace presently
