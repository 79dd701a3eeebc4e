// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/common/rowwords.h"
#include "ui/common/wording.h"

#include <QTest>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// 2026-02-07T14:00:00Z, a Saturday.
constexpr WallTime Now{Milliseconds{1770472800000}};

} // namespace

class tst_Wording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhenSomebodyWasSeen_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("words");
        QTest::newRow("now") << qint64(0) << u"last seen recently"_s;
        QTest::newRow("in the future") << qint64(-3600) << u"last seen recently"_s;
        QTest::newRow("just under five minutes") << qint64(299) << u"last seen recently"_s;
        QTest::newRow("five minutes") << qint64(300) << u"last seen 5 minutes ago"_s;
        QTest::newRow("twenty minutes") << qint64(1200) << u"last seen 20 minutes ago"_s;
        QTest::newRow("an hour") << qint64(3600) << u"last seen an hour ago"_s;
        QTest::newRow("three hours") << qint64(3 * 3600) << u"last seen 3 hours ago"_s;
        QTest::newRow("today, long ago") << qint64(13 * 3600) << u"last seen today at 01:00"_s;
        QTest::newRow("yesterday") << qint64(24 * 3600 - 120) << u"last seen yesterday at 14:02"_s;
        QTest::newRow("this year") << qint64(20 * 86400) << u"last seen on 18 January"_s;
        QTest::newRow("last year") << qint64(60 * 86400) << u"last seen on 9 December 2025"_s;
        QTest::newRow("1970") << qint64(1770472800) << QString();
    }
    void saysWhenSomebodyWasSeen()
    {
        QFETCH(qint64, secondsAgo);
        QFETCH(QString, words);
        QCOMPARE(lastSeenText(Now - std::chrono::seconds(secondsAgo), Now), words);
    }

    void saysHowSomebodyIs_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("devices");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("words");
        QTest::newRow("online") << int(Status::Online) << 1 << QString() << u"Online"_s;
        QTest::newRow("on two devices")
            << int(Status::Online) << 2 << QString() << u"Online (2 devices)"_s;
        QTest::newRow("busy with a message")
            << int(Status::Busy) << 1 << u"In a meeting"_s << u"Busy · In a meeting"_s;
        QTest::newRow("away") << int(Status::Away) << 1 << QString() << u"Away"_s;
        QTest::newRow("never seen") << int(Status::Offline) << 0 << QString() << u"Offline"_s;
        QTest::newRow("not known") << int(Status::Unknown) << 0 << QString() << u"Unknown"_s;
    }
    void saysHowSomebodyIs()
    {
        QFETCH(int, status);
        QFETCH(int, devices);
        QFETCH(QString, message);
        QFETCH(QString, words);
        Presence presence;
        presence.status = Status(status);
        presence.deviceCount = devices;
        presence.customMessage = message;
        QCOMPARE(presenceText(presence, Now), words);
    }

    void offlineBecomesLastSeen()
    {
        Presence presence;
        presence.status = Status::Offline;
        presence.lastSeen = Now - 20min;
        QCOMPARE(presenceText(presence, Now), u"Last seen 20 minutes ago"_s);
    }

    void aLostLinkIsUnknownAsOf()
    {
        Presence presence;
        presence.status = Status::Online;
        QCOMPARE(presenceText(presence, Now, Now + 2min), u"Unknown, as of 14:00"_s);
        QCOMPARE(asOfText(Now - 26h, Now), u"as of 6 February, 12:00"_s);
    }

    void everyErrorHasWords()
    {
        for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
            Error error;
            error.code = ErrorCode(code);
            error.detail = u"socket 0x1f refused"_s;
            const ErrorWords words = errorWords(error);
            QVERIFY2(words.what.endsWith(u'.'), qPrintable(QString::number(code)));
            QVERIFY(error.code == ErrorCode::Cancelled || !words.whatToDo.isEmpty());
            QVERIFY(!words.joined().contains(error.detail));
        }
    }

    void waitsAreNamed()
    {
        Error error;
        error.code = ErrorCode::RateLimited;
        error.retryAfter = 30s;
        QVERIFY(errorWords(error).whatToDo.contains(u"30 seconds"_s));
        error.retryAfter = 10min;
        QVERIFY(errorWords(error).whatToDo.contains(u"10 minutes"_s));
    }

    void countsDownToTheNextTry()
    {
        const SteadyTime now{1h};
        LinkStatus link;
        link.state = LinkState::Waiting;
        link.nextTryAt = now + 3200ms;
        QCOMPARE(nextTryText(link, now), u"Next try in 4 s"_s);
        QCOMPARE(nextTryText(link, now + 10s), u"Connecting …"_s);
        link.state = LinkState::Online;
        QCOMPARE(nextTryText(link, now), QString());
    }

    void daysAndTimesOfAList()
    {
        QCOMPARE(dayText(Now, Now), u"Today"_s);
        QCOMPARE(dayText(Now - 24h, Now), u"Yesterday"_s);
        QCOMPARE(dayText(Now - 48h, Now), u"Thursday"_s);
        QCOMPARE(shortTimeText(Now - 1h, Now), u"13:00"_s);
        QCOMPARE(shortTimeText(Now - 48h, Now), u"Thu"_s);
        QCOMPARE(shortTimeText(Now - 240h, Now), u"28 Jan"_s);
    }

    void systemMessagesAreReadableAndHarmless()
    {
        QCOMPARE(systemMessageText(u"{\"event\":\"participant_joined\",\"name\":\"Ana\"}"_s),
            u"Ana joined"_s);
        QCOMPARE(systemMessageText(u"{\"event\":\"participant_left\",\"name\":\"Ana\"}"_s),
            u"Ana left"_s);
        for (const QString &hostile : {u"<img src=x>"_s, u"{\"event\":7}"_s, u"[1,2"_s, QString()})
            QCOMPARE(systemMessageText(hostile), u"Something changed in this conversation"_s);
    }
};

QTEST_GUILESS_MAIN(tst_Wording)
#include "tst_wording.moc"
