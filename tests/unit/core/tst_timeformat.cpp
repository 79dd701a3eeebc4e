// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"

#include <QDateTime>
#include <QTest>

using namespace presently;

class tst_TimeFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesUtcWithMillisecondsAndZ()
    {
        QCOMPARE(toRfc3339(WallTime{Milliseconds{1770472800007}}),
            QStringLiteral("2026-02-07T14:00:00.007Z"));
    }

    void writesEveryDayAsTheCalendarHasIt()
    {
        // Three and a half weeks and an odd rest at a time, through all years that can be read.
        const qint64 step = 25LL * 86'400'000 - 1'234'567;
        for (qint64 count = 0; count < 253402300800000; count += step) {
            const WallTime time{Milliseconds{count}};
            const auto calendar = QDateTime::fromMSecsSinceEpoch(count, Qt::UTC);
            QCOMPARE(toRfc3339(time), calendar.toString(Qt::ISODateWithMs));
        }
    }
    void appendsTheSame()
    {
        QByteArray bytes = "at ";
        appendRfc3339(bytes, WallTime{Milliseconds{253402300799999}});
        QCOMPARE(bytes, QByteArray("at 9999-12-31T23:59:59.999Z"));
    }

    void readsWhatServersWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("milliseconds") << "2026-02-07T14:00:00.007Z" << qint64(1770472800007);
        QTest::newRow("microseconds are cut")
            << "2026-02-07T14:00:00.123456Z" << qint64(1770472800123);
        QTest::newRow("no fraction") << "2026-02-07T14:00:00Z" << qint64(1770472800000);
        QTest::newRow("one digit") << "2026-02-07T14:00:00.5Z" << qint64(1770472800500);
        QTest::newRow("an offset") << "2026-02-07T21:00:00.000+07:00" << qint64(1770472800000);
        QTest::newRow("the epoch") << "1970-01-01T00:00:00Z" << qint64(0);
    }
    void readsWhatServersWrite()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto time = fromRfc3339(text);
        QVERIFY(time.has_value());
        QCOMPARE(time->time_since_epoch().count(), milliseconds);
    }

    void refusesWhatIsNoTime_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
            {"", "now", "2026-02-07", "2026-02-07T14:00:00", "2026-02-07T14:00:00.Z",
                "2026-02-30T14:00:00Z", "1969-12-31T23:59:59Z", "2026-02-07T25:00:00Z",
                "2026-02-07T14:00:00.0123456789Z", "1770472800000", "9999999-01-01T00:00:00Z"})
            QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text);
    }
    void refusesWhatIsNoTime()
    {
        QFETCH(QString, text);
        const auto time = fromRfc3339(text);
        QVERIFY(!time.has_value());
        QCOMPARE(time.error().code, ErrorCode::InvalidField);
    }
};

QTEST_GUILESS_MAIN(tst_TimeFormat)
#include "tst_timeformat.moc"
