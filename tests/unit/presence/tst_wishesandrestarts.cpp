// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/presence/ledgerfixture.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! What outlives a moment: timed wishes, restarts, and the wall clock when it is set.
class tst_WishesAndRestarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTimedWishEndsToTheMillisecondAndBringsBackWhatWasBefore()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        f.ledger.setIntent(Ada, intent(IntentStatus::Busy, u"Deep work"_s));
        const WallTime until = f.clock.wallNow() + seconds{40};
        f.ledger.setIntent(Ada, intent(IntentStatus::Away, u"Lunch"_s, until));
        f.forget();
        f.pass(seconds{40} - milliseconds{1});
        QCOMPARE(f.statusOf(Ada), Status::Away);
        QCOMPARE(f.ledger.nextDeadline(), std::optional{f.clock.now() + milliseconds{1}});
        f.pass(milliseconds{1});
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].at, until);
        QCOMPARE(told[0].after.status, Status::Busy);
        QCOMPARE(told[0].after.customMessage, u"Deep work"_s);
        QVERIFY(told[0].toStore.testFlag(StoredPart::Intent));
    }

    void aCorrectedTimedWishStillReturnsToWhatWasBeforeBoth()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        const WallTime now = f.clock.wallNow();
        f.ledger.setIntent(Ada, intent(IntentStatus::Busy));
        f.ledger.setIntent(Ada, intent(IntentStatus::Away, {}, now + seconds{10}));
        f.ledger.setIntent(Ada, intent(IntentStatus::Away, {}, now + seconds{20}));
        f.pass(seconds{20});
        QCOMPARE(f.statusOf(Ada), Status::Busy);
    }

    void aShorterWishInsideALongerOneReturnsToIt()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        const WallTime now = f.clock.wallNow();
        f.ledger.setIntent(Ada, intent(IntentStatus::Busy, {}, now + seconds{50}));
        f.ledger.setIntent(Ada, intent(IntentStatus::Away, {}, now + seconds{20}));
        f.pass(seconds{20});
        QCOMPARE(f.statusOf(Ada), Status::Busy);
        f.ledger.beat(lease);
        f.pass(seconds{30});
        QCOMPARE(f.statusOf(Ada), Status::Online);
    }

    void aWishThatEndedWhileTheServerWasDownEndsAtOnce()
    {
        LedgerFixture f;
        StoredPresence stored;
        stored.intent = intent(IntentStatus::Away, {}, f.clock.wallNow() - std::chrono::hours{2});
        stored.previous = intent(IntentStatus::Busy);
        f.ledger.restore(Ada, stored);
        f.ledger.advance();
        QCOMPARE(f.ledger.ownView(Ada).intent.status, IntentStatus::Busy);
        const auto changes = f.ledger.takeChanges();
        QCOMPARE(changes.size(), 1u);
        QVERIFY(changes[0].toStore.testFlag(StoredPart::Intent));
        QCOMPARE(changes[0].audience, Audience::OwnDevices);
    }

    void whatIsStoredComesBack()
    {
        StoredPresence stored;
        ManualClock clock;
        {
            LedgerFixture f;
            const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
            f.ledger.setIntent(Ada, intent(IntentStatus::Busy, u"Writing"_s));
            f.ledger.setIntent(Ada, intent(IntentStatus::Away, {}, f.clock.wallNow() + hours{1}));
            f.ledger.setPreferences(Ada, {LastSeenDetail::Coarse, OnHide::Offline});
            f.pass(seconds{20});
            f.ledger.end(lease);
            stored = f.ledger.stored(Ada);
            QCOMPARE(stored.lastSeen, std::optional{f.clock.wallNow()});
        }
        LedgerFixture f;
        f.ledger.restore(Ada, stored);
        QCOMPARE(f.ledger.stored(Ada), stored);
        QCOMPARE(f.statusOf(Ada), Status::Offline);
        f.ledger.open(desktop(Ada));
        QCOMPARE(f.statusOf(Ada), Status::Away);
    }

    void detachedLeasesComeBackWhileTheyAreEvidence()
    {
        LedgerFixture f;
        StoredLease polling;
        polling.person = Ada;
        polling.device = device("tab");
        polling.lastHeartbeat = f.clock.wallNow() - seconds{200};
        f.ledger.restoreLease(polling);
        polling.person = Ben;
        polling.lastHeartbeat = f.clock.wallNow() - seconds{301};
        f.ledger.restoreLease(polling);
        QVERIFY(f.isOnline(Ada));
        QVERIFY(!f.isOnline(Ben));
        QCOMPARE(f.ledger.storedLeases().size(), 1u);
        f.pass(seconds{100});
        QVERIFY(f.isOnline(Ada));
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline(Ada));
    }

    void afterAStartNobodyIsLostAndNothingIsComplete()
    {
        LedgerOptions options = withoutHoldBack();
        options.holdBack = seconds{45};
        LedgerFixture f{options};
        QVERIFY(!f.ledger.isComplete());
        QVERIFY2(!f.ledger.row(Ben).has_value(), "absence is not offline yet");
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.pass(seconds{1});
        f.ledger.close(lease, CloseKind::Clean);
        f.pass(seconds{44} - milliseconds{1});
        QVERIFY(f.ledger.takeChanges().empty());
        QCOMPARE(f.ledger.nextDeadline(), std::optional{f.clock.now() + milliseconds{1}});
        f.pass(milliseconds{1});
        QVERIFY(f.ledger.isComplete());
        QCOMPARE(f.told().size(), 1u);
        QCOMPARE(f.ledger.row(Ben)->presence.status, Status::Offline);
    }

    void afterAStartSilenceTakesNobodyOffline()
    {
        LedgerOptions options = withoutHoldBack();
        options.holdBack = seconds{45};
        LedgerFixture f{options};
        f.ledger.open(over(Dialect::UserStatus, Binding::Detached));
        f.forget();
        f.pass(seconds{45} - milliseconds{1});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.lastSeen, std::optional{f.clock.wallNow() - seconds{45}});
    }

    void afterAStartAGoodbyeIsStillToldAtOnce()
    {
        LedgerOptions options = withoutHoldBack();
        options.holdBack = seconds{45};
        LedgerFixture f{options};
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.ledger.end(lease);
        QCOMPARE(f.told().size(), 1u);
        QCOMPARE(f.ledger.row(Ada)->presence.status, Status::Offline);
    }

    void shuttingDownTellsForEverybodyWithAConnection()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        LeaseRequest polling = over(Dialect::Polling, Binding::Detached);
        polling.person = Ben;
        f.ledger.open(polling);
        f.forget();
        f.ledger.shutDown();
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].person, Ada);
        QCOMPARE(told[0].after.reason, OfflineReason::Shutdown);
        QCOMPARE(f.ledger.storedLeases().size(), 1u);
    }

    void lastSeenNeverGoesBack()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.pass(seconds{30});
        f.ledger.end(lease);
        const auto seen = f.ledger.view(Ada).lastSeen;
        f.clock.stepWall(-minutes{10});
        f.ledger.end(f.ledger.open(desktop(Ada)).lease);
        QCOMPARE(f.ledger.stored(Ada).lastSeen, seen);
    }

    //! Reliability scenario R35, the server's half: clocks that jump.
    void aStepOfTheWallClockHurtsNoLease_data()
    {
        QTest::addColumn<qint64>("step");
        QTest::newRow("ten minutes on") << qint64(600'000);
        QTest::newRow("a day back") << qint64(-86'400'000);
    }
    void aStepOfTheWallClockHurtsNoLease()
    {
        QFETCH(qint64, step);
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.pass(seconds{10});
        f.clock.stepWall(milliseconds{step});
        f.pass(seconds{49});
        QVERIFY(f.ledger.takeChanges().empty());
        f.ledger.beat(lease);
        f.pass(seconds{1});
        const auto seen = f.ledger.view(Ada).lastSeen;
        QCOMPARE(seen, std::optional{f.clock.wallNow() - seconds{1}});
        f.pass(seconds{59});
        QCOMPARE(f.told().size(), 1u);
    }

    void aTimedWishFollowsAStepOfTheWallClock()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        const WallTime until = f.clock.wallNow() + minutes{10};
        f.ledger.setIntent(Ada, intent(IntentStatus::Busy, {}, until));
        f.clock.stepWall(minutes{10});
        f.ledger.advance();
        QCOMPARE(f.statusOf(Ada), Status::Online);
    }
};

QTEST_GUILESS_MAIN(tst_WishesAndRestarts)
#include "tst_wishesandrestarts.moc"
