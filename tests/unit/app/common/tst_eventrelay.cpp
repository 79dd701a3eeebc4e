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
        EventRelay relay([&seen](const Event &event) { seen << typeOf(event); });
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
        EventRelay relay([&order](const Event &event) {
            order << typeOf(event);
            QElapsedTimer busy;
            busy.start();
            while (busy.elapsed() <= EventRelay::SliceTime.count()) { }
        });
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
        EventRelay relay([&](const Event &event) {
            seen << typeOf(event);
            if (seen.size() < 3)
                relayed->push(UnknownEvent{QString::number(seen.size())});
        });
        relayed = &relay;
        relay.push(UnknownEvent{QStringLiteral("0")});
        QTRY_COMPARE(
            seen, QStringList({QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")}));
    }

private:
    static QString typeOf(const Event &event) { return std::get<UnknownEvent>(event).type; }
};

QTEST_GUILESS_MAIN(tst_EventRelay)
#include "tst_eventrelay.moc"
