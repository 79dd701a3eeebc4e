// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/presence.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <deque>
#include <vector>

namespace presently {

//! \brief What this client knows of the presence of others, and what it may show of it.
//!
//! Events and snapshots carry (epoch, serial); per person the newer one wins, whatever the order of
//! arrival. An event is applied when it comes, and defends itself against a snapshot that was asked
//! for before it: by its serial, or, in dialects that have none, by having come later. That gives
//! the same end as holding events back until the snapshot is in, and shows them sooner.
//!
//! The order of calls on a link: beginHydration() as soon as a link is signed in (also for dialects
//! without serials, with epoch 0, and before each snapshot that is asked for), then snapshots and
//! events as they come; linkLost() when the loss is noticed; then either linkResumed() (the server
//! sends what was missed) or again beginHydration().
//!
//! What is shown is Status::Unknown while nothing is known, one second after the link was lost, and
//! from a new epoch on until its snapshot. What is applied before the first beginHydration() (a
//! cache) is remembered but shown as unknown.
//!
//! Units:     times in presences are UTC by the server's clock.
//! Ownership: owns its entries; borrows \a clock, which must outlive the store.
//! Threading: the window's thread; signals fire after the state has changed: at the end of the
//!            turn of the event loop, or SignalInterval after those before it when those are recent.
//!            A single change is shown at once, a stream of them not faster than eyes can follow.
//! Cost:      an event costs the same among ten people and among 100,000.
class PresenceStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresenceStore)

public:
    //! How long after the loss of the link was noticed the last state may still be shown. It leaves
    //! time to paint within the second that people are promised.
    static constexpr Milliseconds UnknownAfter{900};
    //! The least time between two rounds of signals, unless very many people wait for theirs.
    static constexpr Milliseconds SignalInterval{50};

    explicit PresenceStore(const Clock &clock, QObject *parent = nullptr);
    ~PresenceStore() override;

    // What to show

    [[nodiscard]] Presence presence(const UserId &user) const;
    //! The last thing that was known, also while presence() says unknown.
    [[nodiscard]] std::optional<PresenceRecord> lastKnown(const UserId &user) const;
    //! Since when nothing is known any more, by this machine's clock; none while it is known.
    [[nodiscard]] std::optional<WallTime> asOf(const UserId &user) const;
    [[nodiscard]] QList<UserId> users() const;
    [[nodiscard]] qint64 epoch() const { return m_epoch.value_or(0); }
    //! Whether a complete snapshot has been applied since the last beginHydration().
    [[nodiscard]] bool isComplete() const { return m_complete; }

    // Time by the server's clock

    void setServerClock(WallTime serverTime, SteadyTime receivedAt);
    [[nodiscard]] WallTime serverNow() const;
    //! How long ago \a time was; never negative.
    [[nodiscard]] Milliseconds ageOf(WallTime time) const;
    //! How long ago \a user was last seen; none when that is not known or not told.
    [[nodiscard]] std::optional<Milliseconds> lastSeenAge(const UserId &user) const;

    // What the network says

    void beginHydration(qint64 epoch);
    //! These people exist: a complete snapshot that does not name them says that they are offline.
    //! Of people who were never expected nor named nothing is known, ever.
    void expect(const QList<UserId> &users);
    void applyEvent(const PresenceRecord &record);
    //! One part of a snapshot. Only one that says `complete` turns absence into offline.
    void applySnapshot(const PresenceSnapshot &snapshot);
    void linkLost(WallTime at);
    void linkResumed();
    //! Forgets everybody, as after signing out.
    void clear();

public Q_SLOTS:
    //! Turns everybody unknown when it is time. The store's own timer calls it; a test that holds
    //! the clock in its hand does so itself.
    void checkLink();
    //! Sends the signals that wait now.
    void flush();

Q_SIGNALS:
    //! What is shown of these people changed, each named once.
    void presenceChanged(const QList<presently::UserId> &users);
    //! These were offline and are there now: something to draw the eye to. Never after hydration.
    void cameOnline(const QList<presently::UserId> &users);

private:
    struct Entry;

    [[nodiscard]] bool isFresh(const Entry &entry) const;
    [[nodiscard]] Presence shown(const Entry &entry) const;
    [[nodiscard]] quint32 currentGeneration() const;
    void remember(const UserId &user, Entry &entry);
    void rememberAll();
    [[nodiscard]] bool follow(qint64 epoch);
    void enterEpoch(qint64 epoch);
    void applyRow(const PresenceRecord &row);
    void turnAbsentOffline();
    void take(Entry &entry, const PresenceRecord &record);
    void scheduleFlush();

    const Clock &m_clock;
    QHash<UserId, Entry> m_entries;
    std::optional<qint64> m_epoch; //!< none before the first link
    std::deque<qint64> m_leftEpochs; //!< the last few; what still arrives from them is old

    quint32 m_generation = 0; //!< grows with each loss and each epoch
    quint32 m_freshFrom = 1; //!< entries of older generations are not known to be true
    quint32 m_freshBeforeLoss = 1;
    quint32 m_hydration = 0; //!< grows with each snapshot that is asked for
    bool m_complete = false;

    bool m_linkDown = false;
    bool m_stillShown = false; //!< in the first second after a loss
    std::optional<SteadyTime> m_lostAt;
    std::optional<WallTime> m_asOf;
    QTimer m_unknownTimer;

    std::optional<WallTime> m_serverTime;
    SteadyTime m_serverTimeReceivedAt;

    //! \brief What was shown of somebody before they were touched.
    struct Touched {
        UserId user;
        Presence shownBefore;
    };
    std::vector<Touched> m_touched;
    bool m_flushQueued = false;
    QElapsedTimer m_sinceSignals; //!< real time, also for a store whose clock a test holds
    QTimer m_flushTimer;
};

} // namespace presently
