// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/ownintent.h"

#include <QTest>

using namespace presently;
using namespace std::chrono_literals;

namespace {

WallTime at(int minute)
{
    return WallTime{Milliseconds{std::chrono::minutes{minute}}};
}

Intent timed(IntentStatus status, int minute)
{
    return {status, {}, at(minute)};
}

const Intent Away{IntentStatus::Away, QStringLiteral("On a walk"), {}};

} // namespace

//! The rule is the server's: models/presence/README.md, "Intent".
class tst_OwnIntent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTimedOneReturnsToTheOneBefore()
    {
        OwnIntent intent;
        intent.set(Away);
        QVERIFY(intent.set(timed(IntentStatus::Busy, 30)));
        QVERIFY(!intent.endAt(at(29)));
        QVERIFY(intent.endAt(at(30)));
        QCOMPARE(intent.current(), Away);
        QVERIFY(!intent.endAt(at(31)));
    }

    void aLongerOneInheritsWhatTheShorterReturnedTo()
    {
        OwnIntent intent;
        intent.set(Away);
        intent.set(timed(IntentStatus::Busy, 30));
        intent.set(timed(IntentStatus::Busy, 60));
        QVERIFY(intent.endAt(at(60)));
        QCOMPARE(intent.current(), Away);
    }

    void aShorterOneReturnsToTheLonger()
    {
        OwnIntent intent;
        intent.set(timed(IntentStatus::Busy, 60));
        intent.set(timed(IntentStatus::Away, 30));
        QVERIFY(intent.endAt(at(30)));
        QCOMPARE(intent.current(), timed(IntentStatus::Busy, 60));
    }

    void nothingReturnsToWhatHasEndedItself()
    {
        OwnIntent intent;
        intent.set(timed(IntentStatus::Busy, 60));
        intent.set(timed(IntentStatus::Away, 30));
        QVERIFY(intent.endAt(at(90)));
        QCOMPARE(intent.current(), Intent{});
    }

    void oneWithoutAnEndReturnsToNothing()
    {
        OwnIntent intent;
        intent.set(timed(IntentStatus::Busy, 60));
        intent.set(Away);
        QVERIFY(!intent.returnsTo());
        QVERIFY(!intent.endAt(at(90)));
    }

    void theSameAgainIsNoNews()
    {
        OwnIntent intent;
        intent.set(Away);
        intent.set(timed(IntentStatus::Busy, 30));
        QVERIFY(!intent.set(timed(IntentStatus::Busy, 30)));
        QCOMPARE(intent.returnsTo(), std::optional(Away));
    }

    void comesBackFromDisk()
    {
        OwnIntent intent;
        intent.restore(timed(IntentStatus::Busy, 30), Away);
        QVERIFY(intent.endAt(at(40)));
        QCOMPARE(intent.current(), Away);
    }
};

QTEST_GUILESS_MAIN(tst_OwnIntent)
#include "tst_ownintent.moc"
