// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/eventrelay.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <memory>

using namespace presently;
using namespace presently::app;

class tst_EventRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfAnotherThread()
    {
        QStringList seen;
        EventRelay relay([&seen](const Event &event) { seen << typeOf(event); }, Pace);
        QStringList sent;
        for (int i = 0; i < 5'000; ++i)
            sent << QString::number(i);
        const std::unique_ptr<QThread> thread(QThread::create([&relay, sent] {
            for (const QString &type : sent)
                relay.push(UnknownEvent{type});
        }));
        thread->start();
        QTRY_COMPARE(seen.size(), sent.size());
        QCOMPARE(seen, sent);
        QVERIFY(thread->wait(5'000));
    }

    void letsOthersHaveTheirTurnWhenASliceIsUsedUp()
    {
        QStringList order;
        EventRelay relay(
            [&order](const Event &event) {
                order << typeOf(event);
                QElapsedTimer busy;
                busy.start();
                while (busy.elapsed() <= EventRelay::SliceTime.count()) { }
            },
            Pace);
        relay.push(UnknownEvent{QStringLiteral("first")});
        relay.push(UnknownEvent{QStringLiteral("second")});
        QMetaObject::invokeMethod(
            this, [&order] { order << QStringLiteral("a key"); }, Qt::QueuedConnection);
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(order,
            QStringList(
                {QStringLiteral("first"), QStringLiteral("a key"), QStringLiteral("second")}));
    }

    void takesWhatIsPushedWhileItDelivers()
    {
        QStringList seen;
        EventRelay *relayed = nullptr;
        EventRelay relay(
            [&](const Event &event) {
                seen << typeOf(event);
                if (seen.size() < 3)
                    relayed->push(UnknownEvent{QString::number(seen.size())});
            },
            Pace);
        relayed = &relay;
        relay.push(UnknownEvent{QStringLiteral("0")});
        QTRY_COMPARE(
            seen, QStringList({QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")}));
    }

    void aStreamIsDeliveredInFewRounds()
    {
        QStringList seen;
        EventRelay relay(
            [&seen](const Event &event) { seen << typeOf(event); }, std::chrono::hours{1});
        relay.push(UnknownEvent{QStringLiteral("at once")});
        QTRY_COMPARE(seen.size(), 1);
        relay.push(UnknownEvent{QStringLiteral("with the next round")});
        QCoreApplication::processEvents();
        QCOMPARE(seen.size(), 1);
        relay.flush();
        QCOMPARE(seen.size(), 2);
    }

    void isReadyForTheFirstAgainAfterAPauseOfOneRound()
    {
        QStringList seen;
        EventRelay relay([&seen](const Event &event) { seen << typeOf(event); }, Pace);
        for (int i = 1; i <= 5; ++i) {
            relay.push(UnknownEvent{QString::number(i)});
            QTRY_COMPARE(seen.size(), i);
        }
    }

private:
    static constexpr std::chrono::milliseconds Pace{5};

    static QString typeOf(const Event &event) { return std::get<UnknownEvent>(event).type; }
};

QTEST_GUILESS_MAIN(tst_EventRelay)
#include "tst_eventrelay.moc"
