// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/watchlist.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using userstatus::StatusEvent;
using userstatus::WireStatus;

namespace {

StatusEvent said(const QString &id, WireStatus status)
{
    return {id, status, WallTime{5s}};
}

//! Everybody is in the same state.
WatchList::Snapshot all(WireStatus status)
{
    return [status](const QString &id) { return std::optional(said(id, status)); };
}

std::optional<StatusEvent> nothing(const QString &)
{
    return {};
}

} // namespace

class tst_WatchList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachOnceInTheirOrder()
    {
        WatchList list(4);
        for (const QString &id : {u"b"_s, u"a"_s, u"b"_s})
            list.add(id);
        QCOMPARE(list.take(all(WireStatus::Away))->userId, u"b"_s);
        QCOMPARE(list.take(all(WireStatus::Away))->userId, u"a"_s);
        QVERIFY(!list.take(all(WireStatus::Away)));
    }

    void aChangeBeforeTheSnapshotIsInTheSnapshot()
    {
        WatchList list(4);
        list.add(u"a"_s);
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
        QCOMPARE(list.take(all(WireStatus::Online)), said(u"a"_s, WireStatus::Online));
        QVERIFY(!list.take(all(WireStatus::Online)));
    }

    void whatWasToldIsNotToldAgain()
    {
        WatchList list(4);
        list.add(u"a"_s);
        (void)list.take(all(WireStatus::Offline));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Offline)));
        QVERIFY(!list.take(nothing));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Away)));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Away)));
        QCOMPARE(list.take(nothing)->status, WireStatus::Away);
        QVERIFY(!list.take(nothing));
    }

    void changesComeBeforeTheRestOfTheSnapshot()
    {
        WatchList list(4);
        list.add(u"a"_s);
        list.add(u"b"_s);
        (void)list.take(all(WireStatus::Offline));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
        QCOMPARE(list.take(all(WireStatus::Offline))->userId, u"a"_s);
        QCOMPARE(list.take(all(WireStatus::Offline))->userId, u"b"_s);
    }

    void whoCannotBeToldYetIsToldLaterOrByTheirFirstChange()
    {
        WatchList list(4);
        list.add(u"a"_s);
        list.add(u"b"_s);
        QVERIFY(!list.take(nothing));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
        QCOMPARE(list.take(nothing)->userId, u"a"_s);
        list.retry();
        QCOMPARE(list.take(all(WireStatus::Offline))->userId, u"b"_s);
        QVERIFY(!list.take(all(WireStatus::Offline)));
    }

    void strangersToTheListAreIgnored()
    {
        WatchList list(1);
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
        QVERIFY(!list.take(all(WireStatus::Online)));
        QVERIFY(!list.contains(u"a"_s));
    }

    void oneMoreThanMayWaitIsSaid()
    {
        WatchList list(2);
        list.add(u"a"_s);
        (void)list.take(all(WireStatus::Offline));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Away)));
        QVERIFY(list.note(said(u"a"_s, WireStatus::Away))); // nothing new, and so no place
        QVERIFY(!list.note(said(u"a"_s, WireStatus::Online)));
        QCOMPARE(list.take(nothing)->status, WireStatus::Online);
        QVERIFY(list.note(said(u"a"_s, WireStatus::Online)));
    }
};

QTEST_GUILESS_MAIN(tst_WatchList)
#include "tst_watchlist.moc"
