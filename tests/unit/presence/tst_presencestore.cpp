// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presencestore.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr qint64 Epoch = 100;

UserId user(int number)
{
    return {QString::number(number)};
}

PresenceRecord record(int number, Status status, qint64 serial, qint64 epoch = Epoch)
{
    PresenceRecord record;
    record.user = user(number);
    record.presence.status = status;
    record.presence.deviceCount = record.presence.isOnline() ? 1 : 0;
    record.version = {epoch, serial};
    return record;
}

PresenceSnapshot snapshot(
    const QList<PresenceRecord> &users, bool complete = true, qint64 epoch = Epoch)
{
    return {epoch, complete, users};
}

} // namespace

class tst_PresenceStore : public QObject
{
    Q_OBJECT

private:
    struct Fixture {
        presently::test::ManualClock clock;
        PresenceStore store{clock};
        QSignalSpy changed{&store, &PresenceStore::presenceChanged};

        Fixture()
        {
            store.beginHydration(Epoch);
            store.applySnapshot(snapshot({record(1, Status::Online, 5),
                record(2, Status::Offline, 3), record(3, Status::Busy, 1)}));
            store.flush();
            changed.clear();
        }
        Status statusOf(int number) const { return store.presence(user(number)).status; }
        QSet<UserId> takeChanged()
        {
            store.flush();
            QSet<UserId> users;
            for (const QVariantList &arguments :
                std::exchange(static_cast<QList<QVariantList> &>(changed), {})) {
                for (const UserId &user : arguments.first().value<QList<UserId>>())
                    users.insert(user);
            }
            return users;
        }
    };

private Q_SLOTS:
    void knowsNothingOfAnybodyAtFirst()
    {
        presently::test::ManualClock clock;
        PresenceStore store{clock};
        QCOMPARE(store.presence(user(1)).status, Status::Unknown);
        store.applySnapshot(snapshot({record(1, Status::Online, 5)}));
        QCOMPARE(store.presence(user(1)).status, Status::Unknown);
        QCOMPARE(store.lastKnown(user(1))->presence.status, Status::Online);
        store.beginHydration(Epoch);
        QCOMPARE(store.presence(user(1)).status, Status::Unknown);
        store.applySnapshot(snapshot({record(1, Status::Online, 5)}));
        QCOMPARE(store.presence(user(1)).status, Status::Online);
    }

    void theNewerSerialWinsWhateverTheOrder()
    {
        Fixture f;
        f.store.applyEvent(record(1, Status::Offline, 7));
        f.store.applyEvent(record(1, Status::Online, 6));
        QCOMPARE(f.statusOf(1), Status::Offline);
        f.store.applyEvent(record(1, Status::Away, 8));
        QCOMPARE(f.statusOf(1), Status::Away);
    }

    void oneselfMayChangeUnderTheSameSerialWhileInvisible()
    {
        Fixture f;
        f.store.beginHydration(Epoch);
        f.store.applyEvent(record(1, Status::Away, 5));
        QCOMPARE(f.statusOf(1), Status::Away);
        f.store.applySnapshot(snapshot({record(1, Status::Online, 5)}));
        QCOMPARE(f.statusOf(1), Status::Away);
    }

    void aLateSnapshotDoesNotUndoAnEvent()
    {
        Fixture f;
        f.store.beginHydration(Epoch);
        f.store.applyEvent(record(1, Status::Offline, 6));
        f.store.applyEvent(record(4, Status::Online, 1));
        f.store.applySnapshot(
            snapshot({record(1, Status::Online, 5), record(2, Status::Offline, 3)}));
        QCOMPARE(f.statusOf(1), Status::Offline);
        QCOMPARE(f.statusOf(2), Status::Offline);
        QCOMPARE(f.statusOf(3), Status::Offline);
        QVERIFY2(f.statusOf(4) == Status::Online, "absent, but heard of since it was asked for");
    }

    void withoutSerialsTheEventThatCameAfterTheQuestionWins()
    {
        presently::test::ManualClock clock;
        PresenceStore store{clock};
        store.beginHydration(0);
        store.applyEvent(record(1, Status::Online, 0, 0));
        store.applySnapshot(snapshot({record(1, Status::Offline, 0, 0)}, true, 0));
        QCOMPARE(store.presence(user(1)).status, Status::Online);
        store.beginHydration(0);
        store.applySnapshot(snapshot({record(1, Status::Offline, 0, 0)}, true, 0));
        QCOMPARE(store.presence(user(1)).status, Status::Offline);
    }

    void onlyACompleteSnapshotTurnsAbsenceIntoOffline()
    {
        Fixture f;
        f.store.beginHydration(Epoch);
        f.store.applySnapshot(snapshot({record(2, Status::Online, 4)}, false));
        QCOMPARE(f.statusOf(1), Status::Online);
        QVERIFY(!f.store.isComplete());
        f.store.applySnapshot(snapshot({record(3, Status::Busy, 1)}, true));
        QCOMPARE(f.statusOf(1), Status::Offline);
        QCOMPARE(f.statusOf(2), Status::Online);
        QVERIFY(f.store.isComplete());
    }

    void whoWasExpectedAndNotNamedIsOffline()
    {
        presently::test::ManualClock clock;
        PresenceStore store{clock};
        store.expect({user(1)});
        store.beginHydration(Epoch);
        QCOMPARE(store.presence(user(1)).status, Status::Unknown);
        store.applySnapshot(snapshot({}));
        QCOMPARE(store.presence(user(1)).status, Status::Offline);
        QCOMPARE(store.presence(user(2)).status, Status::Unknown);
    }

    void aNewEpochMakesAllUnknownUntilItsSnapshot()
    {
        Fixture f;
        f.store.beginHydration(Epoch + 1);
        QCOMPARE(f.takeChanged().size(), 3);
        for (int number : {1, 2, 3})
            QCOMPARE(f.statusOf(number), Status::Unknown);
        f.store.applySnapshot(
            snapshot({record(1, Status::Online, 1, Epoch + 1)}, false, Epoch + 1));
        QCOMPARE(f.statusOf(1), Status::Online);
        QCOMPARE(f.statusOf(2), Status::Unknown);
        f.store.applySnapshot(snapshot({}, true, Epoch + 1));
        QCOMPARE(f.statusOf(2), Status::Offline);
    }

    void whatIsLeftOverFromAnOldEpochIsIgnored()
    {
        Fixture f;
        f.store.beginHydration(Epoch + 1);
        f.store.applySnapshot(
            snapshot({record(1, Status::Offline, 1, Epoch + 1)}, true, Epoch + 1));
        f.store.applyEvent(record(1, Status::Online, 999));
        f.store.applySnapshot(snapshot({record(1, Status::Online, 999)}));
        QCOMPARE(f.statusOf(1), Status::Offline);
    }

    void anEpochThatChangesUnderALivingLinkIsFollowed()
    {
        Fixture f;
        f.store.applyEvent(record(1, Status::Away, 1, Epoch + 1));
        QCOMPARE(f.statusOf(1), Status::Away);
        QCOMPARE(f.statusOf(3), Status::Unknown);
        QCOMPARE(f.store.epoch(), Epoch + 1);
    }

    //! Reliability scenario R33: our own link is lost.
    void nobodyStaysGreenWhenTheLinkIsLost()
    {
        Fixture f;
        const WallTime lostAt = f.clock.wallNow();
        f.store.linkLost(lostAt);
        f.clock.advance(PresenceStore::UnknownAfter - milliseconds{1});
        f.store.checkLink();
        QCOMPARE(f.statusOf(1), Status::Online);
        f.clock.advance(milliseconds{1});
        f.store.checkLink();
        for (int number : {1, 2, 3}) {
            QCOMPARE(f.statusOf(number), Status::Unknown);
            QCOMPARE(f.store.asOf(user(number)), std::optional{lostAt});
        }
        QCOMPARE(f.store.lastKnown(user(1))->presence.status, Status::Online);
        QCOMPARE(f.takeChanged().size(), 3);
    }

    void theStoreItselfNoticesThatTheSecondIsOver()
    {
        SystemClock clock;
        PresenceStore store{clock};
        store.beginHydration(Epoch);
        store.applySnapshot(snapshot({record(1, Status::Online, 1)}));
        QSignalSpy changed{&store, &PresenceStore::presenceChanged};
        QVERIFY(changed.wait(1000));
        store.linkLost(clock.wallNow());
        QVERIFY(changed.wait(5000));
        QCOMPARE(store.presence(user(1)).status, Status::Unknown);
    }

    void aResumeWithinTheSecondIsNoPixel()
    {
        Fixture f;
        f.store.linkLost(f.clock.wallNow());
        f.clock.advance(PresenceStore::UnknownAfter - milliseconds{1});
        f.store.linkResumed();
        f.store.applyEvent(record(2, Status::Online, 4));
        f.clock.advance(seconds{5});
        f.store.checkLink();
        QCOMPARE(f.takeChanged(), QSet<UserId>{user(2)});
        QCOMPARE(f.statusOf(1), Status::Online);
    }

    void whatStillArrivesAfterTheLossIsShownOnlyAfterTheResume()
    {
        Fixture f;
        f.store.linkLost(f.clock.wallNow());
        f.clock.advance(seconds{1});
        f.store.checkLink();
        f.store.applyEvent(record(2, Status::Online, 4));
        QCOMPARE(f.statusOf(2), Status::Unknown);
        f.store.linkResumed();
        QCOMPARE(f.statusOf(2), Status::Online);
    }

    void aLaterResumeBringsBackWhatWasKnown()
    {
        Fixture f;
        f.store.linkLost(f.clock.wallNow());
        f.clock.advance(seconds{10});
        f.store.checkLink();
        f.store.linkResumed();
        QCOMPARE(f.statusOf(1), Status::Online);
        QVERIFY(!f.store.asOf(user(1)).has_value());
    }

    void aNewLinkTrustsNobodyBeforeItsSnapshot()
    {
        Fixture f;
        f.store.linkLost(f.clock.wallNow());
        f.clock.advance(seconds{10});
        f.store.checkLink();
        f.store.beginHydration(Epoch);
        QCOMPARE(f.statusOf(1), Status::Unknown);
        f.store.applySnapshot(snapshot({record(1, Status::Online, 5)}, false));
        QCOMPARE(f.statusOf(1), Status::Online);
        QCOMPARE(f.statusOf(3), Status::Unknown);
        f.store.linkResumed();
        QCOMPARE(f.statusOf(3), Status::Unknown);
    }

    void aSnapshotThatNeverComesNeverSaysOffline()
    {
        Fixture f;
        f.store.linkLost(f.clock.wallNow());
        f.clock.advance(seconds{10});
        f.store.checkLink();
        f.store.beginHydration(Epoch + 1);
        f.clock.advance(minutes{10});
        f.store.checkLink();
        for (int number : {1, 2, 3})
            QCOMPARE(f.statusOf(number), Status::Unknown);
    }

    void whatWasUnknownBeforeTheLossDoesNotTurnGreenByIt()
    {
        Fixture f;
        f.store.beginHydration(Epoch + 1);
        f.store.linkLost(f.clock.wallNow());
        QCOMPARE(f.statusOf(1), Status::Unknown);
        f.store.linkResumed();
        QCOMPARE(f.statusOf(1), Status::Unknown);
    }

    void signalsOnceATurnAndOnlyWhatLooksOtherwise()
    {
        Fixture f;
        f.store.applyEvent(record(2, Status::Online, 4));
        f.store.applyEvent(record(2, Status::Away, 5));
        f.store.applyEvent(record(3, Status::Offline, 2));
        f.store.applyEvent(record(3, Status::Busy, 3));
        PresenceRecord refreshed = record(1, Status::Online, 6);
        refreshed.presence.lastSeen = f.clock.wallNow();
        f.store.applyEvent(refreshed);
        QCOMPARE(f.changed.size(), 0);
        QTRY_COMPARE(f.changed.size(), 1);
        QCOMPARE(f.takeChanged(), QSet<UserId>{user(2)});
    }

    void showsAChangeAfterQuietInTheSameTurn()
    {
        presently::test::ManualClock clock;
        PresenceStore store{clock};
        QSignalSpy changed{&store, &PresenceStore::presenceChanged};
        store.beginHydration(Epoch);
        store.applyEvent(record(2, Status::Online, 4));
        QCoreApplication::processEvents();
        QCOMPARE(changed.size(), 1);
    }

    void showsAStreamNotFasterThanTheInterval()
    {
        Fixture f;
        QElapsedTimer elapsed;
        elapsed.start();
        int serial = 4;
        while (elapsed.elapsed() < 4 * PresenceStore::SignalInterval.count()) {
            f.store.applyEvent(record(2, serial % 2 ? Status::Online : Status::Away, serial));
            ++serial;
            QCoreApplication::processEvents();
        }
        const auto rounds = elapsed.elapsed() / PresenceStore::SignalInterval.count() + 1;
        QVERIFY2(f.changed.size() <= rounds, qPrintable(QString::number(f.changed.size())));
        // The last word is shown, not only the first.
        f.changed.clear();
        f.store.applyEvent(record(2, Status::Busy, serial));
        QTRY_COMPARE(f.changed.size(), 1);
        QCOMPARE(f.takeChanged(), QSet<UserId>{user(2)});
    }

    void aSnapshotThatSaysTheSameChangesNothing()
    {
        Fixture f;
        f.store.beginHydration(Epoch);
        f.store.applySnapshot(snapshot({record(1, Status::Online, 5), record(2, Status::Offline, 3),
            record(3, Status::Busy, 1)}));
        QVERIFY(f.takeChanged().isEmpty());
    }

    void saysWhoCameOnlineButNotAfterHydration()
    {
        Fixture f;
        QSignalSpy arrived{&f.store, &PresenceStore::cameOnline};
        f.store.applyEvent(record(2, Status::Online, 4));
        f.store.applyEvent(record(3, Status::Online, 2));
        f.store.flush();
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(arrived.first().first().value<QList<UserId>>(), QList<UserId>{user(2)});
        f.store.beginHydration(Epoch + 1);
        f.store.applySnapshot(snapshot({record(1, Status::Online, 1, Epoch + 1)}, true, Epoch + 1));
        f.store.flush();
        QCOMPARE(arrived.size(), 1);
    }

    void signingOutForgetsEverybody()
    {
        Fixture f;
        f.store.clear();
        QCOMPARE(f.takeChanged().size(), 3);
        QVERIFY(f.store.users().isEmpty());
        f.store.beginHydration(Epoch);
        QCOMPARE(f.statusOf(1), Status::Unknown);
    }

    //! Reliability scenario R35, the client's half: clocks that disagree.
    void agesAreReckonedByTheServersClock_data()
    {
        QTest::addColumn<qint64>("serverAhead");
        QTest::addColumn<qint64>("clientStep");
        QTest::newRow("server ten minutes ahead") << qint64(600'000) << qint64(0);
        QTest::newRow("client a day behind") << qint64(86'400'000) << qint64(0);
        QTest::newRow("client steps a day back") << qint64(0) << qint64(-86'400'000);
        QTest::newRow("client steps a year on") << qint64(0) << qint64(31'536'000'000);
    }
    void agesAreReckonedByTheServersClock()
    {
        QFETCH(qint64, serverAhead);
        QFETCH(qint64, clientStep);
        Fixture f;
        const WallTime serverTime = f.clock.wallNow() + milliseconds{serverAhead};
        f.store.setServerClock(serverTime, f.clock.now());
        PresenceRecord gone = record(1, Status::Offline, 6);
        gone.presence.lastSeen = serverTime - minutes{20};
        f.store.applyEvent(gone);
        f.clock.stepWall(milliseconds{clientStep});
        f.clock.advance(minutes{1});
        QCOMPARE(f.store.lastSeenAge(user(1)), std::optional<Milliseconds>{minutes{21}});
        QCOMPARE(f.store.ageOf(serverTime + minutes{5}), Milliseconds{0});
        QVERIFY(!f.store.lastSeenAge(user(2)).has_value());
    }
};

QTEST_GUILESS_MAIN(tst_PresenceStore)
#include "tst_presencestore.moc"
