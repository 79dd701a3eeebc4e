// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presenceledger.h"

#include <algorithm>

//! \file
//! The inside of PresenceLedger: what time does.

namespace presently {

namespace {

//! Below this, the two clocks differ only because they are read one after the other.
constexpr Milliseconds ClockJitter{5};

} // namespace

void PresenceLedger::advance()
{
    const SteadyTime now = m_clock.now();
    readWallClock(now);
    for (;;) {
        dropStaleDeadlines();
        const SteadyTime lease
            = m_leaseDeadlines.isEmpty() ? SteadyTime::max() : m_leaseDeadlines.first().at;
        const SteadyTime intent = nextIntentEnd().value_or(SteadyTime::max());
        const SteadyTime hold = m_complete ? SteadyTime::max() : m_heldUntil;
        const SteadyTime next = std::min({lease, intent, hold});
        if (next > now)
            break;
        if (next == intent)
            intentDue(m_intentEnds.first().item, next);
        else if (next == hold)
            m_complete = true;
        else
            leaseDue(m_leases.at(m_leaseDeadlines.first().item), next);
    }
    m_now = now;
}

std::optional<SteadyTime> PresenceLedger::nextDeadline()
{
    readWallClock(m_clock.now());
    dropStaleDeadlines();
    std::optional<SteadyTime> next = nextIntentEnd();
    if (!m_leaseDeadlines.isEmpty() && (!next || m_leaseDeadlines.first().at < *next))
        next = m_leaseDeadlines.first().at;
    if (!m_complete && (!next || m_heldUntil < *next))
        next = m_heldUntil;
    return next;
}

std::optional<SteadyTime> PresenceLedger::nextIntentEnd() const
{
    if (m_intentEnds.isEmpty())
        return std::nullopt;
    return SteadyTime{m_intentEnds.first().at.time_since_epoch() - m_wallOffset};
}

void PresenceLedger::readWallClock(SteadyTime now)
{
    const Milliseconds offset = m_clock.wallNow().time_since_epoch() - now.time_since_epoch();
    if (std::chrono::abs(offset - m_wallOffset) > ClockJitter)
        m_wallOffset = offset;
}

void PresenceLedger::dropStaleDeadlines()
{
    while (!m_leaseDeadlines.isEmpty()) {
        const auto entry = m_leaseDeadlines.first();
        const SteadyTime deadline = m_leases.at(entry.item).deadline;
        if (deadline == Lease::never())
            m_leaseDeadlines.removeFirst();
        else if (deadline > entry.at)
            m_leaseDeadlines.putOffFirst(deadline);
        else
            break;
    }
    while (!m_intentEnds.isEmpty()) {
        const auto entry = m_intentEnds.first();
        const auto &wish = m_people[entry.item].wish;
        if (!wish || !wish->current.until)
            m_intentEnds.removeFirst();
        else if (*wish->current.until > entry.at)
            m_intentEnds.putOffFirst(*wish->current.until);
        else
            break;
    }
}

void PresenceLedger::leaseDue(Lease &lease, SteadyTime at)
{
    if (grantMoreTime(lease)) {
        m_leaseDeadlines.putOffFirst(lease.deadline);
        return;
    }
    const PersonIndex index = lease.person;
    const Outlook before = outlook(m_people[index]);
    m_now = at;
    const bool wasHeld = lease.state == LeaseState::Held;
    const StoredParts toStore = leave(
        m_people[index], lease, wasHeld ? OfflineReason::Disconnected : OfflineReason::Inactive);
    if (lease.binding == Binding::Attached && !wasHeld)
        fallSilent(lease);
    else
        drop(lease);
    settle(index, before, toStore);
}

bool PresenceLedger::grantMoreTime(Lease &lease) const
{
    const Policy &policy = policyOf(lease);
    if (lease.state == LeaseState::Live && lease.binding == Binding::Attached && !lease.slackUsed
        && policy.slack > Milliseconds{0}) {
        const SteadyTime proof = lease.lastBeat + Milliseconds{lease.proofAfterBeat};
        if (proof + policy.transportCheck >= lease.deadline) {
            lease.slackUsed = true;
            lease.deadline += policy.slack;
            return true;
        }
    }
    if (!m_complete && lease.deadline < m_heldUntil) {
        lease.deadline = m_heldUntil;
        return true;
    }
    return false;
}

void PresenceLedger::intentDue(PersonIndex index, SteadyTime at)
{
    const Person &person = m_people[index];
    const Outlook before = outlook(person);
    m_now = at;
    const WallTime ended = *person.wish->current.until;
    Intent next = person.wish->previous.value_or(Intent{});
    if (next.until && *next.until <= ended)
        next = Intent{};
    settle(index, before, applyIntent(index, next, std::nullopt));
}

} // namespace presently
