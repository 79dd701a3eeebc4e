// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/presence/ledgerfixture.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_PresenceLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOnceWhenSomebodyComesAndGoes()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].before.status, Status::Offline);
        QCOMPARE(told[0].after.status, Status::Online);
        QCOMPARE(told[0].version, (PresenceVersion{7, 1}));
        QCOMPARE(told[0].at, f.clock.wallNow());

        QVERIFY(f.ledger.end(lease));
        told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.status, Status::Offline);
        QCOMPARE(told[0].after.reason, OfflineReason::Manual);
        QCOMPARE(told[0].version, (PresenceVersion{7, 2}));
        QVERIFY(told[0].toStore.testFlag(StoredPart::LastSeen));
    }

    void aHeartbeatIsNoNews()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        for (int i = 0; i < 10; ++i) {
            f.pass(seconds{29});
            QVERIFY(f.ledger.beat(lease));
        }
        QVERIFY(f.ledger.takeChanges().empty());
        QVERIFY(f.isOnline());
    }

    void leasesEndExactly_data()
    {
        QTest::addColumn<int>("dialect");
        QTest::addColumn<bool>("attached");
        QTest::addColumn<qint64>("lastMoment"); // ms; still there
        QTest::newRow("mtchat") << int(Dialect::Mtchat) << true << qint64(59'999);
        QTest::newRow("friends") << int(Dialect::Friends) << true << qint64(59'999);
        QTest::newRow("userstatus") << int(Dialect::UserStatus) << false << qint64(29'999);
        QTest::newRow("polling") << int(Dialect::Polling) << false << qint64(300'000);
        QTest::newRow("devices") << int(Dialect::Devices) << true << qint64(119'999);
    }
    void leasesEndExactly()
    {
        QFETCH(int, dialect);
        QFETCH(bool, attached);
        QFETCH(qint64, lastMoment);
        LedgerFixture f;
        f.ledger.open(over(Dialect(dialect), attached ? Binding::Attached : Binding::Detached));
        f.forget();
        f.pass(milliseconds{lastMoment});
        QVERIFY(f.isOnline());
        QVERIFY(f.ledger.takeChanges().empty());
        QCOMPARE(f.ledger.nextDeadline(), std::optional{f.clock.now() + milliseconds{1}});
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline());
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.reason, OfflineReason::Inactive);
        f.pass(milliseconds{1});
        QVERIFY(f.ledger.takeChanges().empty());
    }

    void aLateTimerStillTellsTheExactTime()
    {
        LedgerFixture f;
        const WallTime start = f.clock.wallNow();
        f.ledger.open(desktop(Ada));
        f.clock.advance(seconds{20});
        f.ledger.open(desktop(Ben));
        f.forget();
        f.pass(hours{1});
        const auto told = f.told();
        QCOMPARE(told.size(), 2u);
        QCOMPARE(told[0].person, Ada);
        QCOMPARE(told[0].at, start + seconds{60});
        QCOMPARE(told[1].at, start + seconds{80});
        QCOMPARE(told[0].after.lastSeen, std::optional{start});
    }

    void slackHelpsOnlyWhileTheTransportAnswers_data()
    {
        QTest::addColumn<int>("proofAt");
        QTest::addColumn<int>("endsAt");
        QTest::newRow("answers") << 40 << 75;
        QTest::newRow("answered just long enough ago") << 35 << 75;
        QTest::newRow("silent for too long") << 34 << 60;
    }
    void slackHelpsOnlyWhileTheTransportAnswers()
    {
        QFETCH(int, proofAt);
        QFETCH(int, endsAt);
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.pass(seconds{proofAt});
        QVERIFY(f.ledger.transportAlive(lease));
        f.pass(seconds{endsAt - proofAt} - milliseconds{1});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline());
    }

    void slackIsNotForDetachedLeases()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(over(Dialect::Polling, Binding::Detached)).lease;
        f.pass(seconds{299});
        f.ledger.transportAlive(lease);
        f.pass(milliseconds{1001});
        QVERIFY(!f.isOnline());
    }

    void graceHidesAReconnect_data()
    {
        QTest::addColumn<bool>("clean");
        QTest::addColumn<int>("grace");
        QTest::newRow("clean close") << true << 3000;
        QTest::newRow("lost link") << false << 10000;
    }
    void graceHidesAReconnect()
    {
        QFETCH(bool, clean);
        QFETCH(int, grace);
        const CloseKind kind = clean ? CloseKind::Clean : CloseKind::Lost;
        LedgerFixture f;
        LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.ledger.close(lease, kind);
        f.pass(milliseconds{grace - 1});
        const LeaseId next = f.ledger.open(desktop(Ada)).lease;
        f.pass(seconds{20});
        QVERIFY(f.ledger.takeChanges().empty());
        QCOMPARE(f.ledger.leaseCount(), 1);
        QVERIFY(!f.ledger.beat(lease));

        f.ledger.close(next, kind);
        const WallTime closedAt = f.clock.wallNow();
        f.pass(milliseconds{grace - 1});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.reason, OfflineReason::Disconnected);
        QCOMPARE(told[0].after.lastSeen, std::optional{clean ? closedAt : closedAt - seconds{20}});
        QCOMPARE(f.ledger.leaseCount(), 0);
    }

    void aHalfOpenConnectionOfTheSameDeviceIsNotASecondDevice()
    {
        LedgerFixture f;
        const LeaseId old = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.ledger.open(desktop(Ada));
        QCOMPARE(f.ledger.view(Ada).deviceCount, 1);
        f.ledger.close(old, CloseKind::Lost);
        QVERIFY(f.ledger.takeChanges().empty());
        QCOMPARE(f.ledger.leaseCount(), 1);
    }

    void hiddenParksTheLease_data()
    {
        QTest::addColumn<int>("state");
        QTest::newRow("hidden") << int(ActivityState::Hidden);
        QTest::newRow("locked") << int(ActivityState::Locked);
    }
    void hiddenParksTheLease()
    {
        QFETCH(int, state);
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.ledger.beat(lease, ActivityState(state));
        auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.status, Status::Away);
        QVERIFY(told[0].after.autoAway);

        f.pass(hours{8});
        QVERIFY(f.ledger.takeChanges().empty());
        QCOMPARE(f.statusOf(Ada), Status::Away);
        QVERIFY(!f.ledger.nextDeadline().has_value());

        f.ledger.beat(lease, ActivityState::Active);
        QCOMPARE(f.statusOf(Ada), Status::Online);
        f.ledger.beat(lease, ActivityState(state));
        f.ledger.close(lease, CloseKind::Lost);
        f.pass(seconds{10});
        QCOMPARE(f.statusOf(Ada), Status::Offline);
    }

    void openingHiddenNeverShowsGreen()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada, "pc", ActivityState::Hidden));
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.status, Status::Away);
        QCOMPARE(told[0].version.serial, 1);
    }

    void hidingCanMeanOffline()
    {
        LedgerFixture f;
        f.ledger.setPreferences(Ada, {LastSeenDetail::Exact, OnHide::Offline});
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.ledger.beat(lease, ActivityState::Hidden);
        QCOMPARE(f.statusOf(Ada), Status::Offline);
        QCOMPARE(f.ledger.view(Ada).reason, OfflineReason::Manual);
        QVERIFY(f.ledger.beat(lease, ActivityState::Active));
        QCOMPARE(f.statusOf(Ada), Status::Online);
    }

    void hidingCanMeanNothing()
    {
        LedgerFixture f;
        f.ledger.setPreferences(Ada, {LastSeenDetail::Exact, OnHide::Unchanged});
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        f.ledger.beat(lease, ActivityState::Hidden);
        QVERIFY(f.ledger.takeChanges().empty());
        f.pass(seconds{60});
        QVERIFY2(!f.isOnline(), "who keeps beating by choice must keep beating");
        f.ledger.beat(lease, ActivityState::Locked);
        QCOMPARE(f.statusOf(Ada), Status::Away);
    }

    void theChoiceAboutHidingWorksAtOnce()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada, "pc", ActivityState::Hidden));
        f.ledger.setPreferences(Ada, {LastSeenDetail::Exact, OnHide::Offline});
        QCOMPARE(f.statusOf(Ada), Status::Offline);
        f.ledger.setPreferences(Ada, {LastSeenDetail::Exact, OnHide::Unchanged});
        QCOMPARE(f.statusOf(Ada), Status::Online);
        f.ledger.setPreferences(Ada, {LastSeenDetail::Exact, OnHide::Away});
        QCOMPARE(f.statusOf(Ada), Status::Away);
    }

    void idleStartsAtFiveMinutes()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.ledger.beat(lease, ActivityState::Idle, minutes{5} - milliseconds{1});
        QCOMPARE(f.statusOf(Ada), Status::Online);
        f.ledger.beat(lease, ActivityState::Idle, minutes{5});
        QCOMPARE(f.statusOf(Ada), Status::Away);
        QVERIFY(f.ledger.view(Ada).autoAway);
        f.ledger.beat(lease, ActivityState::Active, milliseconds{0});
        QCOMPARE(f.statusOf(Ada), Status::Online);
    }

    void aDeviceMarkedAwayByHandStaysSoWhileItBeats()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(over(Dialect::UserStatus, Binding::Detached)).lease;
        QVERIFY(f.ledger.markIdle(lease));
        QCOMPARE(f.statusOf(Ada), Status::Away);
        f.pass(seconds{599});
        QVERIFY(f.ledger.beat(lease));
        QCOMPARE(f.statusOf(Ada), Status::Away);
        f.pass(seconds{600} - milliseconds{1});
        QCOMPARE(f.statusOf(Ada), Status::Away);
        QVERIFY(f.ledger.markActive(lease));
        QCOMPARE(f.statusOf(Ada), Status::Online);
        f.pass(seconds{30});
        QCOMPARE(f.statusOf(Ada), Status::Offline);
    }

    void theEndOfAStreamLeavesAtMostHalf()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(over(Dialect::UserStatus, Binding::Detached)).lease;
        QVERIFY(f.ledger.attach(lease));
        f.pass(seconds{5});
        QVERIFY(f.ledger.close(lease, CloseKind::Clean));
        f.pass(seconds{15} - milliseconds{1});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline());
    }

    void theOldestDeviceGoesWhenThereAreTooMany()
    {
        LedgerFixture f;
        std::vector<LeaseId> leases;
        for (int i = 0; i < 10; ++i) {
            const OpenedLease opened
                = f.ledger.open(desktop(Ada, QByteArray::number(i).constData()));
            QVERIFY(!opened.evicted);
            leases.push_back(opened.lease);
        }
        const OpenedLease eleventh = f.ledger.open(desktop(Ada, "eleventh"));
        QCOMPARE(eleventh.evicted, std::optional{leases[0]});
        QCOMPARE(f.ledger.view(Ada).deviceCount, 10);
        QVERIFY(!f.ledger.close(leases[0], CloseKind::Clean));

        f.ledger.close(leases[5], CloseKind::Lost);
        QVERIFY2(!f.ledger.open(desktop(Ada, "twelfth")).evicted,
            "a lease without a connection goes first");
    }

    void tabsOfOneBrowserAreOneDevice()
    {
        LedgerFixture f;
        for (int tab = 0; tab < 100; ++tab)
            QVERIFY(!f.ledger.open(desktop(Ada, "browser")).evicted);
        QCOMPARE(f.ledger.view(Ada).deviceCount, 1);
        QVERIFY2(f.ledger.open(desktop(Ada, "browser")).evicted, "there is an end to it");
    }

    void saysWhy()
    {
        LedgerFixture f;
        const LeaseId pc = f.ledger.open(desktop(Ada)).lease;
        LeaseRequest phone = desktop(Ada, "phone");
        phone.deviceType = DeviceType::Mobile;
        f.ledger.open(phone);
        f.ledger.beat(pc, ActivityState::Idle, minutes{6});
        f.pass(seconds{10});
        const PresenceExplanation why = f.ledger.why(Ada);
        QCOMPARE(why.rule, Rule::Online);
        QCOMPARE(why.devices.size(), 2u);
        QCOMPARE(why.devices[0].device, device("pc"));
        QVERIFY(why.devices[0].idle);
        QCOMPARE(why.devices[0].idleFor, std::optional<Milliseconds>{minutes{6} + seconds{10}});
        QVERIFY(!why.devices[1].idle);
        QCOMPARE(why.nextChangeAt, std::optional{f.clock.wallNow() + seconds{50}});
        QCOMPARE(why.shown, f.ledger.view(Ada));
    }

    void oneEntryAPersonInABatch()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        f.ledger.setIntent(Ada, intent(IntentStatus::Busy));
        f.ledger.open(desktop(Ada, "laptop"));
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].before.status, Status::Offline);
        QCOMPARE(told[0].after.status, Status::Busy);
        QCOMPARE(told[0].after.deviceCount, 2);
        QCOMPARE(told[0].version.serial, 3);
        QCOMPARE(f.ledger.version(Ada), told[0].version);
    }
};

QTEST_GUILESS_MAIN(tst_PresenceLedger)
#include "tst_presenceledger.moc"
