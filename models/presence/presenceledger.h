// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/deadlineheap.h"
#include "models/presence/leasetable.h"
#include "models/presence/personentry.h"
#include "models/presence/presencechange.h"

#include <QHash>

#include <deque>

namespace presently {

//! \brief Numbers of the ledger. Each has the value that suits a server for people.
struct LedgerOptions {
    PolicyTable policies = defaultPolicies();
    Milliseconds idleAfter = std::chrono::minutes{5}; //!< without input for so long: idle
    Milliseconds holdBack = std::chrono::seconds{45}; //!< after a start nobody is lost; 0: at once
    int maxDevices = 10; //!< of a person; one more closes the oldest. On average ten tabs each
    qint64 epoch = 0; //!< 0: the wall clock at construction, in ms
};

//! \brief Who is there, and what each may know of it: the server's one truth about presence.
//!
//! Devices hold leases, each person has one intent, and what others see is derived from both (see
//! models/presence/README.md). After every call takeChanges() has what there is to tell. A caller
//! arms one precise timer for nextDeadline(), at most a second ahead, and calls advance().
//!
//! Units:     deadlines are steady time, reported times UTC; durations are std::chrono.
//! Errors:    a LeaseId that is gone changes nothing; functions that take one say so with false.
//! Ownership: owns everything it knows; borrows \a clock, which must outlive it.
//! Threading: one thread, no locks.
//! Cost:      a heartbeat that changes nothing is O(1) and allocates nothing; all else O(log n).
class PresenceLedger
{
public:
    explicit PresenceLedger(const Clock &clock, const LedgerOptions &options = {});
    PresenceLedger(const PresenceLedger &) = delete;
    PresenceLedger &operator=(const PresenceLedger &) = delete;

    // Leases: what devices say

    //! A device is there. Replaces a held lease of the same device, which nobody then notices; a
    //! detached device that has a lease of this dialect gets that one again.
    OpenedLease open(const LeaseRequest &request);
    //! For wires without connections: a heartbeat that makes the lease when there is none. None:
    //! the device said that it is off, and this dialect then wants more than a heartbeat.
    std::optional<OpenedLease> touch(const LeaseRequest &request);
    //! A heartbeat. Revives a lease that had run out. False also when touch() would say none.
    bool beat(LeaseId lease, ActivityState state = ActivityState::Active,
        std::optional<Milliseconds> idleFor = {});
    //! The connection answered, whatever the program above it does.
    bool transportAlive(LeaseId lease);
    //! A connection now stands behind a detached lease.
    bool attach(LeaseId lease);
    //! The device was declared away by hand, with the lifetime of that declaration.
    bool markIdle(LeaseId lease);
    //! The declaration is taken back.
    bool markActive(LeaseId lease);
    //! The connection is gone; the lease is held for the grace of its dialect.
    bool close(LeaseId lease, CloseKind kind);
    //! The device said goodbye or was signed out: no grace.
    bool end(LeaseId lease, OfflineReason reason = OfflineReason::Manual);
    //! The server goes down: no grace for anybody; detached leases stay for storedLeases().
    void shutDown();

    // Wishes: what people want shown

    void setIntent(PersonKey person, const Intent &intent);
    void setPreferences(PersonKey person, const PresencePreferences &preferences);

    // Time

    //! Does everything that is due, in order, each at its exact time.
    void advance();
    //! When advance() has something to do again.
    [[nodiscard]] std::optional<SteadyTime> nextDeadline();
    //! Whether absence means offline: true once the first `holdBack` has passed.
    [[nodiscard]] bool isComplete() const { return m_complete; }

    // What to tell

    //! What happened since the last call: one entry a person, in the order of their first change.
    [[nodiscard]] std::vector<PresenceChange> takeChanges();
    [[nodiscard]] qint64 epoch() const { return m_epoch; }
    [[nodiscard]] PresenceVersion version(PersonKey person) const;
    [[nodiscard]] Presence view(PersonKey person, Viewer viewer = Viewer::Other) const;
    [[nodiscard]] OwnPresence ownView(PersonKey person) const;
    //! A row of a snapshot for somebody who may see \a person. None while the ledger is not
    //! complete and knows nothing of them: leave the row out, do not say offline.
    [[nodiscard]] std::optional<PresenceRow> row(PersonKey person) const;
    [[nodiscard]] PresenceExplanation why(PersonKey person) const;

    // Over a restart

    //! Before anything else is said of \a person.
    void restore(PersonKey person, const StoredPresence &stored);
    //! A lease without connection comes back if its last heartbeat is still evidence.
    void restoreLease(const StoredLease &stored);
    [[nodiscard]] StoredPresence stored(PersonKey person) const;
    [[nodiscard]] std::vector<StoredLease> storedLeases() const;
    [[nodiscard]] std::vector<StoredLease> storedLeases(PersonKey person) const;

    // Figures

    [[nodiscard]] int leaseCount() const { return m_leases.count(); }
    [[nodiscard]] int countOf(Status status) const; //!< as others see them; visits everybody
    [[nodiscard]] int personCount() const { return int(m_people.size()); }
    //! None when the lease is gone.
    [[nodiscard]] std::optional<PersonKey> personOf(LeaseId lease) const;

private:
    //! What a person looked like, to others and to themselves.
    struct Outlook {
        Presence shown;
        Presence own;
    };
    using Person = PersonEntry;
    using PersonIndex = quint32;

    PersonIndex indexOf(PersonKey person);
    //! Somebody of whom nothing was ever said is like nobody.
    [[nodiscard]] const Person &recordOf(PersonKey person) const;
    [[nodiscard]] Person &ownerOf(const Lease &lease) { return m_people[lease.person]; }
    template <typename Function>
    void forEachLease(const Person &person, Function function) const;
    void appendStored(std::vector<StoredLease> &stored, const Lease &lease) const;

    // Every change is bracketed by these two: how it looked, and telling the difference.
    [[nodiscard]] Outlook outlook(const Person &person) const;
    void settle(PersonIndex index, const Outlook &before, StoredParts toStore = {});

    // Leases
    Lease &addLease(PersonIndex index, const LeaseRequest &request);
    void drop(Lease &lease);
    void restart(Lease &lease);
    void note(Lease &lease, ActivityState state, std::optional<Milliseconds> idleFor);
    StoredParts applyActivity(Lease &lease);
    void fallSilent(Lease &lease);
    StoredParts leave(Person &person, const Lease &lease, OfflineReason reason);
    StoredParts sayOff(Lease &lease, OfflineReason reason);
    void hold(Lease &lease, Milliseconds grace);
    [[nodiscard]] bool supersede(const Person &person, const DeviceId &device);
    [[nodiscard]] std::optional<LeaseId> makeRoom(Person &person, const DeviceId &device);
    [[nodiscard]] bool hasRoom(const Person &person, const DeviceId &device) const;
    [[nodiscard]] Lease *findDetached(const Person &person, const LeaseRequest &request);
    [[nodiscard]] bool hasTwin(const Lease &lease) const;
    [[nodiscard]] bool hasLive(const Person &person) const;
    [[nodiscard]] bool seemsIdle(const Lease &lease) const;
    [[nodiscard]] bool isParkedBy(const Lease &lease, OnHide choice) const;

    // Time
    void readWallClock(SteadyTime now);
    void schedule(const Lease &lease);
    void dropStaleDeadlines();
    [[nodiscard]] std::optional<SteadyTime> nextIntentEnd() const;
    void leaseDue(Lease &lease, SteadyTime at);
    void intentDue(PersonIndex index, SteadyTime at);
    [[nodiscard]] bool grantMoreTime(Lease &lease) const;
    [[nodiscard]] WallTime wallAt(SteadyTime time) const;

    // Wishes and views
    StoredParts applyIntent(
        PersonIndex index, const Intent &intent, const std::optional<Intent> &previous);
    [[nodiscard]] const Policy &policyOf(const Lease &lease) const;
    [[nodiscard]] Derivation derivation(const Person &person, Viewer viewer) const;

    const Clock &m_clock;
    const LedgerOptions m_options;
    qint64 m_epoch = 0;
    bool m_complete = false;
    SteadyTime m_now; //!< the moment all views are of
    Milliseconds m_wallOffset{0}; //!< from steady to wall time
    SteadyTime m_heldUntil; //!< until then silence takes nobody offline

    QHash<qint64, PersonIndex> m_index;
    std::deque<Person> m_people;
    LeaseTable m_leases;
    DeadlineHeap<SteadyTime> m_leaseDeadlines; //!< by slot
    DeadlineHeap<WallTime> m_intentEnds; //!< by person; what people say is wall time
    std::vector<PresenceChange> m_changes;
};

} // namespace presently
