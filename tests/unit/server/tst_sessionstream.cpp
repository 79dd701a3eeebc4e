// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/sessionstream.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::Literals::StringLiterals;

class tst_SessionStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersFromOne();
    void givesWhatCameAfter_data();
    void givesWhatCameAfter();
    void sharesTheBytes();
};

void tst_SessionStream::numbersFromOne()
{
    SessionStream stream({u"s"_s}, PersonKey{1}, {u"d"_s}, 4);
    QCOMPARE(stream.lastSeq(), qint64(0));
    QVERIFY(stream.after(0) && stream.after(0)->empty());
    QVERIFY(!stream.after(1));
    QCOMPARE(stream.append("a"), qint64(1));
    QCOMPARE(stream.append("b"), qint64(2));
    QCOMPARE(stream.lastSeq(), qint64(2));
}

void tst_SessionStream::givesWhatCameAfter_data()
{
    QTest::addColumn<qint64>("seq");
    QTest::addColumn<int>("missed"); // -1: not kept any more, or never sent
    QTest::newRow("nothing") << qint64(10) << 0;
    QTest::newRow("the last") << qint64(9) << 1;
    QTest::newRow("all that is kept") << qint64(6) << 4;
    QTest::newRow("one too old") << qint64(5) << -1;
    QTest::newRow("from the beginning") << qint64(0) << -1;
    QTest::newRow("from the future") << qint64(11) << -1;
    QTest::newRow("negative") << qint64(-1) << -1;
    QTest::newRow("lowest") << std::numeric_limits<qint64>::min() << -1;
    QTest::newRow("highest") << std::numeric_limits<qint64>::max() << -1;
}

void tst_SessionStream::givesWhatCameAfter()
{
    QFETCH(qint64, seq);
    QFETCH(int, missed);
    SessionStream stream({u"s"_s}, PersonKey{1}, {u"d"_s}, 4);
    for (int i = 1; i <= 10; ++i)
        stream.append(QByteArray::number(i));
    const auto after = stream.after(seq);
    QCOMPARE(after.has_value(), missed >= 0);
    if (!after)
        return;
    QCOMPARE(int(after->size()), missed);
    for (const auto &event : *after)
        QCOMPARE(event.json, QByteArray::number(event.seq));
    QVERIFY(after->empty() || after->back().seq == 10);
}

void tst_SessionStream::sharesTheBytes()
{
    const QByteArray event(1000, 'x');
    SessionStream stream({u"s"_s}, PersonKey{1}, {u"d"_s}, 4);
    stream.append(event);
    QCOMPARE(stream.after(0)->front().json.constData(), event.constData());
}

QTEST_GUILESS_MAIN(tst_SessionStream)
#include "tst_sessionstream.moc"
