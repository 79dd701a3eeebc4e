// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/writequeue.h"

#include <QTest>

using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const WriteQueue &queue)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < queue.bufferCount(); ++i)
        bytes += queue.buffer(i);
    return bytes;
}

} // namespace

class tst_WriteQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderAtEveryStep_data()
    {
        QTest::addColumn<int>("step");
        for (const int step : {1, 2, 3, 5, 7, 100})
            QTest::addRow("%d at a time", step) << step;
    }

    void keepsTheOrderAtEveryStep()
    {
        QFETCH(const int, step);
        WriteQueue queue;
        QByteArray expected;
        for (int i = 0; i < 300; ++i) {
            const QByteArray buffer(i % 5, char('a' + i % 26));
            queue.append(buffer);
            expected += buffer;
        }
        while (!queue.isEmpty()) {
            QCOMPARE(contents(queue), expected);
            QCOMPARE(queue.pendingBytes(), expected.size());
            const qint64 taken = std::min<qint64>(step, queue.pendingBytes());
            queue.consume(taken);
            expected.remove(0, taken);
        }
        QCOMPARE(queue.bufferCount(), 0);
    }

    void copiesNothing()
    {
        const QByteArray shared(1000, 'x');
        WriteQueue queue;
        queue.append(shared);
        queue.consume(10);
        QCOMPARE(queue.buffer(0).data(), shared.constData() + 10);
    }

    void givesBuffersBackAsTheyGo()
    {
        const QByteArray first(10, 'x');
        WriteQueue queue;
        queue.append(first);
        queue.append("rest"_ba);
        queue.consume(10);
        QVERIFY(first.isDetached());
    }

    void discardsWhatHasNotBegun()
    {
        WriteQueue queue;
        queue.append("first"_ba);
        queue.append("second"_ba);
        queue.consume(2);
        queue.discardUnsent();
        QCOMPARE(contents(queue), "rst"_ba);
        QCOMPARE(queue.pendingBytes(), 3);

        queue.consume(3);
        queue.append("third"_ba);
        queue.discardUnsent();
        QVERIFY(queue.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_WriteQueue)
#include "tst_writequeue.moc"
