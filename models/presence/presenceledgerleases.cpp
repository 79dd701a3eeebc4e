// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presenceledger.h"

#include <QSet>

//! \file
//! The inside of PresenceLedger: what happens to a single lease.

namespace presently {

template <typename Function>
void PresenceLedger::forEachLease(const Person &person, Function function) const
{
    for (quint32 slot = person.firstLease; slot != Lease::None; slot = m_leases.at(slot).next)
        function(m_leases.at(slot));
}

Lease &PresenceLedger::addLease(PersonIndex index, const LeaseRequest &request)
{
    Lease &lease = m_leases.add();
    lease.device = request.device;
    lease.type = request.deviceType;
    lease.dialect = request.dialect;
    lease.binding = request.binding;
    lease.person = index;
    lease.state = LeaseState::Dormant; // until its first heartbeat is noted

    quint32 *link = &m_people[index].firstLease;
    while (*link != Lease::None)
        link = &m_leases.at(*link).next;
    *link = lease.slot;
    return lease;
}

void PresenceLedger::drop(Lease &lease)
{
    quint32 *link = &ownerOf(lease).firstLease;
    while (*link != lease.slot)
        link = &m_leases.at(*link).next;
    *link = lease.next;
    m_leaseDeadlines.remove(lease.slot);
    m_leases.remove(lease.slot);
}

void PresenceLedger::note(Lease &lease, ActivityState state, std::optional<Milliseconds> idleFor)
{
    lease.activity = state;
    lease.idleSaid = idleFor.has_value();
    lease.idleAtBeat = Lease::toMs(idleFor.value_or(Milliseconds{0}));
    lease.lastBeat = m_now;
    lease.proofAfterBeat = 0;
    restart(lease);
}

void PresenceLedger::restart(Lease &lease)
{
    const Policy &policy = policyOf(lease);
    const bool lastsLonger = lease.markedIdle && policy.idleTimeToLive > Milliseconds{0};
    lease.deadline = m_now + (lastsLonger ? policy.idleTimeToLive : policy.timeToLive);
    if (policy.boundary == Boundary::Inclusive)
        lease.deadline += Milliseconds{1}; // the first moment at which it is over
    lease.slackUsed = false;
    schedule(lease);
}

StoredParts PresenceLedger::applyActivity(Lease &lease)
{
    Person &person = ownerOf(lease);
    lease.idle = seemsIdle(lease);
    if (!isParkedBy(lease, person.onHide)) {
        lease.state = LeaseState::Live;
        schedule(lease);
        return {};
    }
    if (person.onHide == OnHide::Offline) {
        const bool wasLive = lease.isLive();
        fallSilent(lease);
        return wasLive ? leave(person, lease, OfflineReason::Manual) : StoredParts{};
    }
    lease.state = LeaseState::Parked;
    lease.deadline = Lease::never();
    return {};
}

bool PresenceLedger::isParkedBy(const Lease &lease, OnHide choice) const
{
    if (lease.binding == Binding::Detached)
        return false;
    return lease.activity == ActivityState::Locked
        || (lease.activity == ActivityState::Hidden && choice != OnHide::Unchanged);
}

bool PresenceLedger::seemsIdle(const Lease &lease) const
{
    if (lease.markedIdle || lease.activity == ActivityState::Locked)
        return true;
    if (lease.activity == ActivityState::Hidden
        && m_people[lease.person].onHide != OnHide::Unchanged) {
        return true;
    }
    if (lease.idleSaid)
        return Milliseconds{lease.idleAtBeat} >= m_options.idleAfter;
    return lease.activity == ActivityState::Idle;
}

void PresenceLedger::fallSilent(Lease &lease)
{
    lease.state = LeaseState::Dormant;
    lease.deadline = Lease::never();
}

void PresenceLedger::hold(Lease &lease, Milliseconds grace)
{
    lease.state = LeaseState::Held;
    lease.deadline = m_now + grace;
    schedule(lease);
}

StoredParts PresenceLedger::sayOff(Lease &lease, OfflineReason reason)
{
    StoredParts toStore;
    if (lease.isLive()) {
        lease.lastBeat = m_now;
        toStore = leave(ownerOf(lease), lease, reason);
    }
    if (policyOf(lease).beatAfterOff == BeatAfterOff::Refused) {
        lease.saidOff = true;
        fallSilent(lease);
    } else {
        drop(lease);
    }
    return toStore;
}

//! Writes down what others may know of a lease that is no evidence any more. While somebody is
//! invisible that is nothing: what others read stands still.
StoredParts PresenceLedger::leave(Person &person, const Lease &lease, OfflineReason reason)
{
    if (person.isInvisible())
        return {};
    person.seenAt(wallAt(lease.lastBeat));
    person.reason = reason;
    return StoredPart::LastSeen;
}

bool PresenceLedger::supersede(const Person &person, const DeviceId &device)
{
    bool found = false;
    for (quint32 slot = person.firstLease; slot != Lease::None;) {
        Lease &lease = m_leases.at(slot);
        slot = lease.next;
        if (lease.state == LeaseState::Held && lease.device == device) {
            drop(lease);
            found = true;
        }
    }
    return found;
}

// The tabs of one browser are one device: a page whose tab was closed for being one too many would
// open it again at once, and close the next.
bool PresenceLedger::hasRoom(const Person &person, const DeviceId &device) const
{
    constexpr int leasesPerDevice = 10;
    int count = 0;
    forEachLease(person, [&count](const Lease &) { ++count; });
    if (count < m_options.maxDevices || count >= m_options.maxDevices * leasesPerDevice)
        return count < m_options.maxDevices;
    QSet<DeviceId> devices;
    forEachLease(person, [&devices](const Lease &lease) { devices.insert(lease.device); });
    return devices.contains(device) || devices.size() < m_options.maxDevices;
}

std::optional<LeaseId> PresenceLedger::makeRoom(Person &person, const DeviceId &device)
{
    if (hasRoom(person, device))
        return std::nullopt;
    Lease *unconnected = nullptr;
    forEachLease(person, [&](const Lease &lease) {
        const bool hasNobody = lease.state == LeaseState::Held || lease.saidOff;
        if (hasNobody && !unconnected)
            unconnected = &m_leases.at(lease.slot);
    });

    Lease &victim = unconnected ? *unconnected : m_leases.at(person.firstLease);
    const LeaseId id = victim.id();
    if (victim.isLive())
        leave(person, victim, OfflineReason::Disconnected);
    drop(victim);
    return unconnected ? std::nullopt : std::optional{id};
}

Lease *PresenceLedger::findDetached(const Person &person, const LeaseRequest &request)
{
    Lease *found = nullptr;
    if (request.binding == Binding::Attached)
        return found;
    forEachLease(person, [&](const Lease &lease) {
        if (lease.dialect == request.dialect && lease.device == request.device)
            found = &m_leases.at(lease.slot);
    });
    return found;
}

bool PresenceLedger::hasTwin(const Lease &lease) const
{
    bool found = false;
    forEachLease(m_people[lease.person], [&](const Lease &other) {
        const bool isThere = other.state == LeaseState::Live || other.state == LeaseState::Parked;
        found |= isThere && other.slot != lease.slot && other.device == lease.device;
    });
    return found;
}

bool PresenceLedger::hasLive(const Person &person) const
{
    bool found = false;
    forEachLease(person, [&](const Lease &lease) { found |= lease.isLive(); });
    return found;
}

void PresenceLedger::schedule(const Lease &lease)
{
    if (lease.deadline != Lease::never())
        m_leaseDeadlines.schedule(lease.slot, lease.deadline);
}

const Policy &PresenceLedger::policyOf(const Lease &lease) const
{
    return m_options.policies[std::size_t(lease.dialect)];
}

} // namespace presently
