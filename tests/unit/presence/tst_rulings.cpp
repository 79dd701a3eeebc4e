// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/visibilitygraph.h"
#include "tests/unit/presence/ledgerfixture.h"

#include <QTest>

#include <functional>
#include <random>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! The rulings of models/presence/README.md that the engine decides. L15 and L18 are the adapters'.
class tst_Rulings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void L01_everyLeaseHasItsOwnLifetime()
    {
        LedgerFixture f;
        f.ledger.open(over(Dialect::Mtchat, Binding::Attached, "pc"));
        f.ledger.open(over(Dialect::Polling, Binding::Detached, "tab"));
        f.pass(seconds{60});
        QVERIFY(f.isOnline());
        QCOMPARE(f.ledger.view(Ada).deviceCount, 1);
        f.pass(seconds{240});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline());
    }

    void L02_offlineOnlyWhenTheLastDeviceIsGone()
    {
        LedgerFixture f;
        const LeaseId first = f.ledger.open(desktop(Ada, "one")).lease;
        const LeaseId second = f.ledger.open(desktop(Ada, "two")).lease;
        QVERIFY2(f.ledger.beat(first), "a second sign-in evicts nobody");
        f.ledger.end(first);
        QVERIFY(f.isOnline());
        f.ledger.end(second);
        QVERIFY(!f.isOnline());
    }

    void L03_signingOutOneDeviceEndsThatDeviceOnly()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada, "pc"));
        const LeaseId tab = f.ledger.open(over(Dialect::Polling, Binding::Detached, "tab")).lease;
        f.forget();
        f.ledger.end(tab, OfflineReason::Manual);
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.status, Status::Online);
        QCOMPARE(told[0].after.deviceCount, 1);
    }

    void L04_invisibleLooksLikeSignedOut()
    {
        LedgerFixture hidden;
        LedgerFixture absent;
        const LeaseId hiddenPc = hidden.ledger.open(desktop(Ada)).lease;
        const LeaseId absentPc = absent.ledger.open(desktop(Ada)).lease;
        hidden.pass(seconds{20});
        absent.pass(seconds{20});
        hidden.ledger.setIntent(Ada, intent(IntentStatus::Invisible, u"I am here"_s));
        absent.ledger.end(absentPc, OfflineReason::Manual);

        LeaseId phone;
        const std::vector<std::function<void()>> life{
            [&] { hidden.ledger.beat(hiddenPc); },
            [&] { hidden.ledger.beat(hiddenPc, ActivityState::Idle, minutes{6}); },
            [&] { phone = hidden.ledger.open(desktop(Ada, "phone")).lease; },
            [&] { hidden.ledger.beat(phone, ActivityState::Locked); },
            [&] { hidden.ledger.close(phone, CloseKind::Lost); },
            [&] { hidden.ledger.setIntent(Ada, intent(IntentStatus::Invisible, u"Still"_s)); },
            [&] { hidden.ledger.end(hiddenPc); },
            [&] { hidden.ledger.open(desktop(Ada)); },
            [&] { hidden.pass(minutes{2}), absent.pass(minutes{2}); },
        };
        const auto compare = [&] {
            const auto seen = hidden.told();
            const auto expected = absent.told();
            QCOMPARE(seen.size(), expected.size());
            for (std::size_t i = 0; i < seen.size(); ++i) {
                QCOMPARE(seen[i].after, expected[i].after);
                QCOMPARE(seen[i].version, expected[i].version);
                QCOMPARE(seen[i].at, expected[i].at);
            }
            QCOMPARE(hidden.ledger.view(Ada), absent.ledger.view(Ada));
            QCOMPARE(hidden.ledger.version(Ada), absent.ledger.version(Ada));
            QCOMPARE(hidden.ledger.row(Ada)->presence, absent.ledger.row(Ada)->presence);
            QCOMPARE(hidden.ledger.stored(Ada).lastSeen, absent.ledger.stored(Ada).lastSeen);
        };
        compare();
        for (const auto &act : life) {
            act();
            hidden.pass(seconds{5});
            absent.pass(seconds{5});
            compare();
        }
        QCOMPARE(hidden.ledger.view(Ada).deviceCount, 0);
        QVERIFY(hidden.ledger.view(Ada).customMessage.isEmpty());
    }

    void L04_becomingInvisibleWithoutADeviceChangesNothing()
    {
        LedgerFixture f;
        f.ledger.close(f.ledger.open(desktop(Ada)).lease, CloseKind::Lost);
        f.pass(seconds{10});
        const Presence before = f.ledger.view(Ada);
        QCOMPARE(before.reason, OfflineReason::Disconnected);
        f.forget();
        f.ledger.setIntent(Ada, intent(IntentStatus::Invisible));
        f.ledger.open(desktop(Ada));
        f.pass(hours{1});
        f.ledger.setIntent(Ada, intent(IntentStatus::Auto));
        QVERIFY(f.told().empty());
        QCOMPARE(f.ledger.view(Ada), before);
    }

    void L04_appearingAgainLooksLikeSigningIn()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.ledger.setIntent(Ada, intent(IntentStatus::Invisible));
        f.pass(seconds{30});
        f.ledger.beat(lease);
        f.pass(seconds{20});
        f.forget();
        f.ledger.setIntent(Ada, intent(IntentStatus::Auto));
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.status, Status::Online);
        QCOMPARE(told[0].after.lastSeen, std::optional{f.clock.wallNow()});
    }

    void L04_onesOwnDevicesAreTold()
    {
        LedgerFixture f;
        f.ledger.open(desktop(Ada));
        f.ledger.setIntent(Ada, intent(IntentStatus::Invisible));
        f.forget();
        f.ledger.open(desktop(Ada, "phone"));
        const auto changes = f.ledger.takeChanges();
        QCOMPARE(changes.size(), 1u);
        QCOMPARE(changes[0].audience, Audience::OwnDevices);
        QCOMPARE(changes[0].own.presence.deviceCount, 2);
        QCOMPARE(changes[0].own.presence.status, Status::Online);
        QCOMPARE(changes[0].own.intent.status, IntentStatus::Invisible);
    }

    void L05_nothingIsLeftWhenAllLeasesHaveRunOut()
    {
        LedgerFixture f;
        for (int i = 0; i < 1000; ++i)
            f.ledger.close(f.ledger.open(desktop(PersonKey{i})).lease, CloseKind::Lost);
        f.pass(seconds{10});
        QCOMPARE(f.ledger.leaseCount(), 0);
        QCOMPARE(f.ledger.countOf(Status::Offline), 1000);
        QVERIFY(!f.ledger.nextDeadline().has_value());
    }

    void L06_lastSeenIsKeptWithoutLimit()
    {
        LedgerFixture f;
        f.ledger.end(f.ledger.open(desktop(Ada)).lease);
        const auto seen = f.ledger.view(Ada).lastSeen;
        f.pass(hours{24 * 365});
        QCOMPARE(f.ledger.view(Ada).lastSeen, seen);
    }

    void L07_L08_silenceIsNoticedAtItsExactTime()
    {
        LedgerFixture f;
        f.ledger.open(over(Dialect::Devices, Binding::Attached));
        QCOMPARE(f.ledger.nextDeadline(), std::optional{f.clock.now() + seconds{120}});
    }

    void L09_pollingIsThereAtExactlyThreeHundredSeconds()
    {
        LedgerFixture f;
        f.ledger.open(over(Dialect::Polling, Binding::Detached));
        f.pass(seconds{300});
        QVERIFY(f.isOnline());
        f.pass(milliseconds{1});
        QVERIFY(!f.isOnline());
    }

    void L10_whoIsNotThereIsOfflineNeverUnknown()
    {
        LedgerFixture f;
        QCOMPARE(f.statusOf(PersonKey{99}), Status::Offline);
        QVERIFY(!f.ledger.view(PersonKey{99}).lastSeen.has_value());
    }

    void L11_aLateHeartbeatRevives_data()
    {
        QTest::addColumn<int>("dialect");
        QTest::newRow("mtchat") << int(Dialect::Mtchat);
        QTest::newRow("friends") << int(Dialect::Friends);
        QTest::newRow("devices") << int(Dialect::Devices);
    }
    void L11_aLateHeartbeatRevives()
    {
        QFETCH(int, dialect);
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(over(Dialect(dialect), Binding::Attached)).lease;
        f.pass(seconds{500});
        QVERIFY(!f.isOnline());
        f.forget();
        QVERIFY(f.ledger.beat(lease));
        QCOMPARE(f.told().size(), 1u);
        QVERIFY(f.isOnline());
    }

    void L11_aDeviceThatSaidOffNeedsMoreThanAHeartbeatInUserstatus()
    {
        LedgerFixture f;
        const LeaseRequest request = over(Dialect::UserStatus, Binding::Detached);
        QVERIFY(f.ledger.touch(request));
        f.ledger.end(f.ledger.touch(request)->lease);
        QVERIFY(!f.ledger.touch(request));
        QVERIFY(!f.isOnline());
        f.ledger.open(request);
        QVERIFY(f.isOnline());
        f.pass(seconds{30});
        QVERIFY2(f.ledger.touch(request), "running out is not saying off");
    }

    void L11_aHeartbeatAlwaysRevivesInPolling()
    {
        LedgerFixture f;
        const LeaseRequest request = over(Dialect::Polling, Binding::Detached);
        f.ledger.end(f.ledger.touch(request)->lease);
        QVERIFY(!f.isOnline());
        QVERIFY(f.ledger.touch(request));
        QVERIFY(f.isOnline());
        QCOMPARE(f.ledger.leaseCount(), 1);
    }

    void L12_aSilentProgramOnALivingConnectionRunsOutAndComesBack()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        for (int i = 0; i < 12; ++i) {
            f.pass(seconds{16});
            f.ledger.transportAlive(lease);
        }
        const auto told = f.told();
        QCOMPARE(told.size(), 1u);
        QCOMPARE(told[0].after.reason, OfflineReason::Inactive);
        QVERIFY(f.ledger.beat(lease));
        QVERIFY(f.isOnline());
    }

    void L13_idleHiddenAndClosedAreThreeThings()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.ledger.beat(lease, ActivityState::Idle, minutes{5});
        QVERIFY(f.ledger.view(Ada).autoAway);
        f.pass(seconds{60});
        QVERIFY2(!f.isOnline(), "idle does not park: its heartbeats go on");
        f.ledger.beat(lease, ActivityState::Hidden);
        f.pass(hours{1});
        QVERIFY(f.ledger.view(Ada).autoAway);
        f.ledger.close(lease, CloseKind::Clean);
        f.pass(seconds{3});
        QVERIFY(!f.isOnline());
    }

    void L14_oneQuestionDecidesWhoSeesWhom()
    {
        VisibilityGraph graph;
        const ConversationId room{u"room"_s};
        QVERIFY(!graph.canSee(Ada, Ben));
        graph.addMember(room, Ada);
        graph.addMember(room, Ben);
        QVERIFY(graph.canSee(Ada, Ben) && graph.canSee(Ben, Ada));
        graph.removeMember(room, Ben);
        QVERIFY(!graph.canSee(Ada, Ben));
        LedgerFixture f;
        f.ledger.open(desktop(Ben));
        Presence nobody;
        nobody.status = Status::Offline;
        QCOMPARE(f.ledger.view(Ben, Viewer::Stranger), nobody);
    }

    void L16_onlyChangesAreTold()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.forget();
        for (int i = 0; i < 20; ++i) {
            f.ledger.beat(lease);
            f.ledger.setPreferences(Ada, {});
        }
        QVERIFY(f.told().empty());
        QCOMPARE(f.ledger.version(Ada).serial, 1);
    }

    void L17_whatAClientSaysOfTimeOnlyMeasuresItsOwnInput()
    {
        LedgerFixture f;
        const LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        f.ledger.beat(lease, ActivityState::Active, -hours{1});
        QCOMPARE(f.statusOf(Ada), Status::Online);
        f.ledger.beat(lease, ActivityState::Active, Milliseconds::max());
        QCOMPARE(f.statusOf(Ada), Status::Away);
        QCOMPARE(f.ledger.nextDeadline(), std::optional{f.clock.now() + seconds{60}});
    }

    //! Reliability scenario R31: twenty reconnects in a minute.
    void twentyReconnectsInAMinuteAreNoNews()
    {
        LedgerFixture f;
        LeaseId lease = f.ledger.open(desktop(Ada)).lease;
        for (int i = 0; i < 20; ++i) {
            f.pass(seconds{1});
            f.ledger.close(lease, i % 2 == 0 ? CloseKind::Lost : CloseKind::Clean);
            f.pass(seconds{2});
            lease = f.ledger.open(desktop(Ada)).lease;
        }
        QCOMPARE(f.told().size(), 1u);
        QCOMPARE(f.ledger.version(Ada).serial, 1);
    }

    // P03
    void twoDevicesDoNotFight()
    {
        LedgerFixture f;
        const LeaseId pc = f.ledger.open(desktop(Ada, "pc")).lease;
        const LeaseId phone = f.ledger.open(desktop(Ada, "phone")).lease;
        f.forget();
        for (int i = 0; i < 600; ++i) {
            f.pass(milliseconds{100});
            f.ledger.beat(pc, ActivityState::Active);
            f.ledger.beat(phone, ActivityState::Idle);
        }
        QVERIFY(f.told().size() <= 1);
        QCOMPARE(f.statusOf(Ada), Status::Online);
    }
};

QTEST_GUILESS_MAIN(tst_Rulings)
#include "tst_rulings.moc"
