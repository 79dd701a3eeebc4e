// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/presence/presenceledger.h"
#include "models/presence/visibilitygraph.h"
#include "net/server/serveroptions.h"
#include "net/transport/deadlinequeue.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSet>

#include <memory>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class PeopleDirectory;

//! \brief The ledger of presence with its timer, its memory and the graph of who may see whom.
//!
//! Whoever changes something in the ledger calls settle() afterwards, once for the whole change:
//! it tells what came of it and arms the timer.
//! Units:     as the ledger.
//! Errors:    load() only; what cannot be written down later is logged and tried again.
//! Ownership: borrows database, people, clock and deadlines.
//! Threading: one thread.
class PresenceService : public QObject, private Deadline::Owner
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresenceService)

public:
    PresenceService(const ServerOptions &options, ServerDatabase &database,
        const PeopleDirectory &people, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~PresenceService() override;

    //! What was written down before, under a new epoch.
    [[nodiscard]] Expected<void, Error> load();
    //! Nobody is there any more; writes everything down and tells nobody.
    void shutDown();

    [[nodiscard]] PresenceLedger &ledger() { return *m_ledger; }
    [[nodiscard]] const PresenceLedger &ledger() const { return *m_ledger; }
    [[nodiscard]] VisibilityGraph &graph() { return m_graph; }
    void settle();
    //! For a connection that stands. Emits leaseEvicted() when there were too many devices.
    LeaseId openLease(const LeaseRequest &request);
    //! A heartbeat on a wire without connections. None: as PresenceLedger::touch().
    std::optional<LeaseId> touchLease(const LeaseRequest &request);
    void setPreferences(PersonKey person, const PresencePreferences &preferences);

    //! What \a viewer is told of \a subject. Strangers and people who do not exist look the same.
    [[nodiscard]] PresenceRecord recordFor(
        PersonKey viewer, std::optional<PersonKey> subject, const UserId &user) const;
    //! What a person's own devices are told.
    [[nodiscard]] PresenceRecord ownRecord(PersonKey person) const;
    //! None while "offline" is held back and nothing is known of the subject.
    [[nodiscard]] std::optional<PresenceRecord> row(PersonKey viewer, const UserId &user) const;
    [[nodiscard]] bool isInvisible(PersonKey person) const;
    //! How many people others see as "online", "away" and "busy".
    [[nodiscard]] QMap<QByteArray, qint64> countByStatus() const;

Q_SIGNALS:
    //! For everything that others, or the person's own devices, have to hear.
    void changed(const presently::PresenceChange &change);
    //! This device had to go for a newer one: whoever holds its lease ends its connection.
    void leaseEvicted(const presently::LeaseId &lease);
    //! The two see one another from now on, or not any more: recordFor() knows which.
    void visibilityChanged(presently::PersonKey one, presently::PersonKey other);
    //! Absence means offline from now on.
    void completed();

private:
    void deadlineReached(Deadline &deadline) override;
    LeaseId accept(const OpenedLease &opened);
    void arm();
    void writeDown();
    void writeLeases();
    void keepLeases(PersonKey person);
    void noteLastSeen();
    [[nodiscard]] Expected<qint64, Error> nextEpoch();
    [[nodiscard]] Expected<void, Error> restorePeople();
    [[nodiscard]] Expected<void, Error> restoreLeases();
    [[nodiscard]] Expected<void, Error> loadGraph();

    const ServerOptions &m_options;
    ServerDatabase &m_database;
    const PeopleDirectory &m_people;
    const Clock &m_clock;
    Deadline m_ledgerDue;
    Deadline m_writeDue;
    Deadline m_noteDue;
    VisibilityGraph m_graph;
    std::unique_ptr<PresenceLedger> m_ledger;
    QSet<PersonKey> m_dirty; //!< have something to be written down
    QSet<PersonKey> m_leaseHolders; //!< have leases without connection, here or written down
    QSet<PersonKey> m_dirtyLeases; //!< of them, those whose leases have to be written down
    QHash<PersonKey, Status> m_shown; //!< of those who are not offline
    QList<PersonKey> m_toNote; //!< whose last evidence is still to be written down in this round
    bool m_wasComplete = false;
};

//! Under which the database keeps the last epoch; nothing there before the first start.
[[nodiscard]] QString presenceEpochSetting();

} // namespace presently::net
