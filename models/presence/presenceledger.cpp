// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presenceledger.h"

#include <algorithm>
#include <utility>

namespace presently {

using std::chrono::duration_cast;

PresenceLedger::PresenceLedger(const Clock &clock, const LedgerOptions &options)
    : m_clock(clock)
    , m_options(options)
    , m_epoch(options.epoch != 0 ? options.epoch : clock.wallNow().time_since_epoch().count())
    , m_complete(options.holdBack <= Milliseconds{0})
    , m_now(clock.now())
    , m_heldUntil(m_now + options.holdBack)
{
    readWallClock(m_now);
}

// Leases

OpenedLease PresenceLedger::open(const LeaseRequest &request)
{
    advance();
    const PersonIndex index = indexOf(request.person);
    Person &person = m_people[index];
    const Outlook before = outlook(person);

    if (Lease *known = findDetached(person, request)) {
        known->saidOff = false;
        note(*known, request.state, request.idleFor);
        settle(index, before, applyActivity(*known));
        return {known->id(), std::nullopt};
    }

    const bool returns = supersede(person, request.device);
    const std::optional<LeaseId> evicted = makeRoom(person, request.device);
    Lease &lease = addLease(index, request);
    note(lease, request.state, request.idleFor);
    StoredParts toStore = applyActivity(lease);
    if (returns && !lease.isLive())
        toStore |= leave(person, lease, OfflineReason::Manual);
    settle(index, before, toStore);
    return {lease.id(), evicted};
}

std::optional<OpenedLease> PresenceLedger::touch(const LeaseRequest &request)
{
    const PersonIndex index = indexOf(request.person);
    if (const Lease *known = findDetached(m_people[index], request); known && known->saidOff)
        return std::nullopt;
    return open(request);
}

bool PresenceLedger::beat(LeaseId id, ActivityState state, std::optional<Milliseconds> idleFor)
{
    const SteadyTime now = m_clock.now();
    if (!m_leaseDeadlines.isEmpty() && m_leaseDeadlines.first().at <= now)
        advance();
    m_now = now;
    Lease *lease = m_leases.find(id);
    if (!lease || lease->saidOff || lease->state == LeaseState::Held)
        return false;

    // The common case changes nothing that anybody sees, and must stay this cheap. An earlier
    // entry in the heap is put right when it comes up.
    if (state == lease->activity && lease->state == LeaseState::Live) {
        const bool wasIdle = lease->idle;
        note(*lease, state, idleFor);
        if (seemsIdle(*lease) == wasIdle)
            return true;
    }

    advance();
    const PersonIndex index = lease->person;
    const Outlook before = outlook(m_people[index]);
    note(*lease, state, idleFor);
    settle(index, before, applyActivity(*lease));
    return true;
}

bool PresenceLedger::transportAlive(LeaseId id)
{
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    lease->proofAfterBeat = Lease::toMs(m_clock.now() - lease->lastBeat);
    return true;
}

bool PresenceLedger::attach(LeaseId id)
{
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    lease->binding = Binding::Attached;
    return true;
}

bool PresenceLedger::markIdle(LeaseId id)
{
    advance();
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    const Outlook before = outlook(ownerOf(*lease));
    lease->markedIdle = true;
    note(*lease, ActivityState::Idle, std::nullopt);
    settle(lease->person, before, applyActivity(*lease));
    return true;
}

bool PresenceLedger::markActive(LeaseId id)
{
    advance();
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    const Outlook before = outlook(ownerOf(*lease));
    lease->markedIdle = false;
    lease->saidOff = false;
    note(*lease, ActivityState::Active, std::nullopt);
    settle(lease->person, before, applyActivity(*lease));
    return true;
}

bool PresenceLedger::close(LeaseId id, CloseKind kind)
{
    advance();
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    const Policy &policy = policyOf(*lease);
    if (lease->state == LeaseState::Held)
        return true;
    if (lease->state == LeaseState::Dormant && !lease->saidOff) {
        drop(*lease);
        return true;
    }
    if (policy.streamEndMax > Milliseconds{0}) {
        lease->binding = Binding::Detached;
        if (lease->isLive()) {
            lease->deadline = std::min(lease->deadline, m_now + policy.streamEndMax);
            schedule(*lease);
        }
        return true;
    }
    const PersonIndex index = lease->person;
    const Outlook before = outlook(m_people[index]);
    if (kind == CloseKind::Clean)
        lease->lastBeat = m_now;
    Milliseconds grace = kind == CloseKind::Clean ? policy.closeGrace : policy.lostGrace;
    if (!m_complete)
        grace = std::max(grace, duration_cast<Milliseconds>(m_heldUntil - m_now));
    StoredParts toStore;
    if (hasTwin(*lease)) {
        drop(*lease); // the same device is here already, with a newer connection
    } else if (grace > Milliseconds{0}) {
        hold(*lease, grace);
    } else {
        toStore = leave(m_people[index], *lease, OfflineReason::Disconnected);
        drop(*lease);
    }
    settle(index, before, toStore);
    return true;
}

bool PresenceLedger::end(LeaseId id, OfflineReason reason)
{
    advance();
    Lease *lease = m_leases.find(id);
    if (!lease)
        return false;
    const PersonIndex index = lease->person;
    const Outlook before = outlook(m_people[index]);
    settle(index, before, sayOff(*lease, reason));
    return true;
}

void PresenceLedger::shutDown()
{
    advance();
    for (PersonIndex index = 0; index < m_people.size(); ++index) {
        const Outlook before = outlook(m_people[index]);
        StoredParts toStore;
        for (quint32 slot = m_people[index].firstLease; slot != Lease::None;) {
            Lease &lease = m_leases.at(slot);
            slot = lease.next;
            if (lease.binding == Binding::Detached)
                continue;
            if (lease.isLive()) {
                lease.lastBeat = m_now;
                toStore |= leave(m_people[index], lease, OfflineReason::Shutdown);
            }
            drop(lease);
        }
        settle(index, before, toStore);
    }
}

// Wishes

void PresenceLedger::setIntent(PersonKey key, const Intent &intent)
{
    advance();
    const PersonIndex index = indexOf(key);
    const Person &person = m_people[index];
    const Outlook before = outlook(person);
    std::optional<Intent> previous;
    if (intent.until) {
        // A longer wish in place of one that also ends leaves what both were to return to.
        const Intent current = person.wish ? person.wish->current : Intent{};
        const bool outlives = current.until && *intent.until >= *current.until;
        previous = outlives ? person.wish->previous : current;
    }
    settle(index, before, applyIntent(index, intent, previous));
}

void PresenceLedger::setPreferences(PersonKey key, const PresencePreferences &preferences)
{
    advance();
    const PersonIndex index = indexOf(key);
    Person &person = m_people[index];
    const Outlook before = outlook(person);
    person.lastSeenDetail = preferences.lastSeen;
    person.onHide = preferences.onHide;
    StoredParts toStore = StoredPart::Preferences;
    for (quint32 slot = person.firstLease; slot != Lease::None; slot = m_leases.at(slot).next) {
        Lease &lease = m_leases.at(slot);
        const bool hidden
            = lease.activity == ActivityState::Hidden || lease.activity == ActivityState::Locked;
        if (hidden && lease.binding == Binding::Attached && lease.state != LeaseState::Held) {
            restart(lease);
            toStore |= applyActivity(lease);
        }
    }
    settle(index, before, toStore);
}

StoredParts PresenceLedger::applyIntent(
    PersonIndex index, const Intent &intent, const std::optional<Intent> &previous)
{
    Person &person = m_people[index];
    StoredParts toStore = StoredPart::Intent;
    const bool isInvisible = intent.status == IntentStatus::Invisible;
    // Becoming invisible looks like signing out, appearing again like signing in (ruling L04).
    // Without a device there is nothing to see, and so nothing may change.
    if (person.isInvisible() != isInvisible && hasLive(person)) {
        person.seenAt(wallAt(m_now));
        if (isInvisible)
            person.reason = OfflineReason::Manual;
        toStore |= StoredPart::LastSeen;
    }

    if (intent == Intent{} && !previous)
        person.wish.reset();
    else
        person.wish = std::make_unique<Wish>(Wish{intent, previous});
    if (intent.until)
        m_intentEnds.schedule(index, *intent.until);
    else
        m_intentEnds.remove(index);
    return toStore;
}

// Telling

void PresenceLedger::settle(PersonIndex index, const Outlook &before, StoredParts toStore)
{
    Person &person = m_people[index];
    const Outlook after = outlook(person);
    Audience audience = Audience::Nobody;
    if (!looksSame(before.shown, after.shown)) {
        audience = Audience::Everybody;
        ++person.serial;
    } else if (!looksSame(before.own, after.own) || toStore.testFlag(StoredPart::Intent)
        || toStore.testFlag(StoredPart::Preferences)) {
        audience = Audience::OwnDevices;
    } else if (!toStore) {
        return;
    }

    if (person.pendingChange == Person::NoChange) {
        person.pendingChange = quint32(m_changes.size());
        PresenceChange &fresh = m_changes.emplace_back();
        fresh.person = person.key;
        fresh.before = before.shown;
    }
    PresenceChange &change = m_changes[person.pendingChange];
    change.after = after.shown;
    change.own = {after.own, person.wish ? person.wish->current : Intent{}};
    change.version = {m_epoch, person.serial};
    change.at = wallAt(m_now);
    change.audience = std::min(change.audience, audience);
    change.toStore |= toStore;
}

std::vector<PresenceChange> PresenceLedger::takeChanges()
{
    for (const PresenceChange &change : m_changes)
        m_people[m_index.value(qint64(change.person))].pendingChange = Person::NoChange;
    return std::exchange(m_changes, {});
}

} // namespace presently
