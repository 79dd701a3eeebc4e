// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presenceledger.h"

#include <QVarLengthArray>

//! \file
//! The inside of PresenceLedger: what is read from it, and what goes over a restart.

namespace presently {

namespace {

const Intent &autoIntent()
{
    static const Intent intent;
    return intent;
}

std::optional<WallTime> toWall(qint64 lastSeen)
{
    if (lastSeen == PersonEntry::NeverSeen)
        return std::nullopt;
    return WallTime{Milliseconds{lastSeen}};
}

} // namespace

PresenceLedger::PersonIndex PresenceLedger::indexOf(PersonKey key)
{
    const auto found = m_index.constFind(qint64(key));
    if (found != m_index.cend())
        return *found;
    const PersonIndex index = PersonIndex(m_people.size());
    m_people.emplace_back().key = key;
    m_index.insert(qint64(key), index);
    return index;
}

const PersonEntry &PresenceLedger::recordOf(PersonKey key) const
{
    static const Person Nobody;
    const auto found = m_index.constFind(qint64(key));
    return found == m_index.cend() ? Nobody : m_people[*found];
}

WallTime PresenceLedger::wallAt(SteadyTime time) const
{
    return WallTime{time.time_since_epoch() + m_wallOffset};
}

Derivation PresenceLedger::derivation(const Person &person, Viewer viewer) const
{
    QVarLengthArray<LeaseFacts, 10> facts;
    for (quint32 slot = person.firstLease; slot != Lease::None; slot = m_leases.at(slot).next) {
        const Lease &lease = m_leases.at(slot);
        if (lease.isLive())
            facts.append({lease.device.value, lease.type, lease.idle, wallAt(lease.lastBeat)});
    }
    const Traces traces{toWall(person.lastSeen), person.reason, person.lastSeenDetail};
    return derive({facts.constData(), std::size_t(facts.size())},
        person.wish ? person.wish->current : autoIntent(), traces, viewer, wallAt(m_now));
}

PresenceLedger::Outlook PresenceLedger::outlook(const Person &person) const
{
    return {derivation(person, Viewer::Other).presence, derivation(person, Viewer::Self).presence};
}

Presence PresenceLedger::view(PersonKey key, Viewer viewer) const
{
    return derivation(recordOf(key), viewer).presence;
}

OwnPresence PresenceLedger::ownView(PersonKey key) const
{
    const Person &person = recordOf(key);
    return {view(key, Viewer::Self), person.wish ? person.wish->current : Intent{}};
}

PresenceVersion PresenceLedger::version(PersonKey key) const
{
    return {m_epoch, recordOf(key).serial};
}

std::optional<PresenceRow> PresenceLedger::row(PersonKey key) const
{
    PresenceRow row{key, view(key), version(key)};
    const bool mayReturn
        = !m_complete && row.version.serial == 0 && row.presence.status == Status::Offline;
    return mayReturn ? std::nullopt : std::optional{row};
}

PresenceExplanation PresenceLedger::why(PersonKey key) const
{
    PresenceExplanation why;
    const Person &person = recordOf(key);
    const Derivation others = derivation(person, Viewer::Other);
    why.shown = others.presence;
    why.rule = others.rule;
    why.own = ownView(key);
    why.nextChangeAt = why.own.intent.until;
    for (quint32 slot = person.firstLease; slot != Lease::None; slot = m_leases.at(slot).next) {
        const Lease &lease = m_leases.at(slot);
        DeviceExplanation device{lease.id(), lease.device, lease.type, lease.dialect, lease.binding,
            lease.state, lease.activity, lease.idle, std::nullopt, wallAt(lease.lastBeat),
            std::nullopt};
        if (lease.idleSaid)
            device.idleFor = Milliseconds{lease.idleAtBeat} + (m_now - lease.lastBeat);
        if (lease.deadline != Lease::never()) {
            device.endsAt = wallAt(lease.deadline);
            if (!why.nextChangeAt || *device.endsAt < *why.nextChangeAt)
                why.nextChangeAt = device.endsAt;
        }
        why.devices.push_back(std::move(device));
    }
    return why;
}

void PresenceLedger::restore(PersonKey key, const StoredPresence &stored)
{
    const PersonIndex index = indexOf(key);
    Person &person = m_people[index];
    person.lastSeen
        = stored.lastSeen ? stored.lastSeen->time_since_epoch().count() : Person::NeverSeen;
    person.reason = stored.reason;
    person.lastSeenDetail = stored.preferences.lastSeen;
    person.onHide = stored.preferences.onHide;
    applyIntent(index, stored.intent, stored.previous);
}

void PresenceLedger::restoreLease(const StoredLease &stored)
{
    advance();
    const PersonIndex index = indexOf(stored.person);
    const Outlook before = outlook(m_people[index]);
    const LeaseRequest request{.person = stored.person,
        .device = stored.device,
        .deviceType = stored.deviceType,
        .dialect = stored.dialect,
        .binding = Binding::Detached,
        .state = ActivityState::Active,
        .idleFor = std::nullopt};
    if (findDetached(m_people[index], request))
        return;
    const WallTime lastHeartbeat = std::min(stored.lastHeartbeat, wallAt(m_now));
    Lease &lease = addLease(index, request);
    lease.markedIdle = stored.markedIdle;
    note(lease, ActivityState::Active, std::nullopt);
    const Milliseconds age = wallAt(m_now) - lastHeartbeat;
    lease.lastBeat -= age;
    lease.deadline -= age;
    if (lease.deadline <= m_now) {
        drop(lease);
        return;
    }
    schedule(lease);
    settle(index, before, applyActivity(lease));
}

StoredPresence PresenceLedger::stored(PersonKey key) const
{
    const Person &person = recordOf(key);
    StoredPresence stored;
    if (person.wish) {
        stored.intent = person.wish->current;
        stored.previous = person.wish->previous;
    }
    stored.lastSeen
        = person.isInvisible() ? toWall(person.lastSeen) : view(key, Viewer::Self).lastSeen;
    stored.reason = person.reason;
    stored.preferences = {person.lastSeenDetail, person.onHide};
    return stored;
}

void PresenceLedger::appendStored(std::vector<StoredLease> &stored, const Lease &lease) const
{
    if (lease.binding == Binding::Detached && lease.isLive()) {
        stored.push_back({m_people[lease.person].key, lease.device, lease.type, lease.dialect,
            lease.markedIdle, wallAt(lease.lastBeat)});
    }
}

std::vector<StoredLease> PresenceLedger::storedLeases() const
{
    std::vector<StoredLease> stored;
    m_leases.forEach([&](const Lease &lease) { appendStored(stored, lease); });
    return stored;
}

std::vector<StoredLease> PresenceLedger::storedLeases(PersonKey key) const
{
    std::vector<StoredLease> stored;
    for (quint32 slot = recordOf(key).firstLease; slot != Lease::None;
         slot = m_leases.at(slot).next)
        appendStored(stored, m_leases.at(slot));
    return stored;
}

int PresenceLedger::countOf(Status status) const
{
    return int(std::ranges::count_if(m_people, [&](const Person &person) {
        return derivation(person, Viewer::Other).presence.status == status;
    }));
}

std::optional<PersonKey> PresenceLedger::personOf(LeaseId id) const
{
    const Lease *lease = m_leases.find(id);
    return lease ? std::optional{m_people[lease->person].key} : std::nullopt;
}

} // namespace presently
