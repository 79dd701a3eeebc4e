// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/framelog.h"
#include "net/server/qa/framename.h"
#include "net/server/qa/offsetclock.h"
#include "net/server/qa/qaquestion.h"
#include "net/server/qa/worldtime.h"
#include "net/transport/deadlinequeue.h"
#include "tests/support/manualclock.h"

#include <QJsonArray>
#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

//! \brief Rings again and again, and writes down when.
struct Bell final : Deadline::Owner {
    Bell(DeadlineQueue &queue, Milliseconds every)
        : queue(queue)
        , every(every)
        , deadline(queue, *this)
    {
        deadline.arm(every);
    }
    void deadlineReached(Deadline &) override
    {
        rung.append(queue.clock().now());
        deadline.arm(every);
    }
    DeadlineQueue &queue;
    Milliseconds every;
    Deadline deadline;
    QList<SteadyTime> rung;
};

} // namespace

//! The parts of the control port that need no server.
class tst_QaParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesOfEachDialectHaveAName_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("dialect");
        const auto row
            = [](const char *name, const QByteArray &text, const QString &type,
                  const QString &dialect) { QTest::newRow(name) << text << type << dialect; };
        const QString none;
        row("mtchat", R"({"type":"ping"})", u"ping"_s, u"mtchat"_s);
        row("mtchat without type", "{}", u"?"_s, u"mtchat"_s);
        row("mtchat, broken", "{", u"?"_s, u"mtchat"_s);
        row("engine open", R"(0{"sid":"x"})", u"eio.open"_s, none);
        row("engine ping", "2", u"eio.ping"_s, none);
        row("engine pong", "3", u"eio.pong"_s, none);
        row("friends heartbeat", R"(42["heartbeat",{"timestamp":1}])", u"heartbeat"_s,
            u"friends"_s);
        row("devices", R"(42/chat,["user_online",{}])", u"user_online"_s, u"devices"_s);
        row("with an acknowledgement", R"(42/chat,17["update_presence",{}])", u"update_presence"_s,
            u"devices"_s);
        row("connect", R"(40/chat,{"token":"t"})", u"sio.connect"_s, u"devices"_s);
        row("refused", R"(44{"message":"Invalid token"})", u"sio.connect_error"_s, u"friends"_s);
        row("answer", "43/chat,7[{}]", u"sio.ack"_s, u"devices"_s);
        row("event without name", "42[]", u"?"_s, u"friends"_s);
        row("event that is no list", R"(42{"a":1})", u"?"_s, u"friends"_s);
        row("no packet", "4", u"?"_s, none);
        row("empty", {}, u"?"_s, none);
        row("anything", "hello", u"?"_s, none);
    }
    void framesOfEachDialectHaveAName()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, type);
        QFETCH(QString, dialect);
        const FrameName name = frameNameOf(Opcode::Text, text);
        QCOMPARE(name.type, type);
        QCOMPARE(name.dialect, dialect);
    }

    void controlFramesHaveANameOfTheirOwn()
    {
        QCOMPARE(frameNameOf(Opcode::Ping, "2").type, u"ws.ping"_s);
        QCOMPARE(frameNameOf(Opcode::Pong, {}).type, u"ws.pong"_s);
        QCOMPARE(frameNameOf(Opcode::Close, "x").type, u"ws.close"_s);
        QCOMPARE(frameNameOf(Opcode::Binary, "{}").type, u"ws.binary"_s);
    }

    void secretsAreTakenOut()
    {
        const QByteArray jwt = "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl-_";
        QCOMPARE(withoutSecrets("40/chat,{\"token\":\"" + jwt + "\"}"),
            u"40/chat,{\"token\":\"***\"}"_s);
        QCOMPARE(withoutSecrets("bearer " + jwt + " end"), u"bearer *** end"_s);
        const QByteArray fields
            = "{\"password\":\"a\\\"b\",\"refresh_token\" : \"x\",\"name\":\"token\"}";
        QCOMPARE(withoutSecrets(fields),
            u"{\"password\":\"***\",\"refresh_token\" : \"***\",\"name\":\"token\"}"_s);
    }

    void theLogIsBounded()
    {
        FrameLog log;
        FrameRecord record;
        record.payload = QByteArray(64 * 1024, 'x');
        for (int i = 0; i < 1000; ++i)
            log.add(record, {});
        QCOMPARE(log.lastId(), 1000);
        QVERIFY(qsizetype(log.frames().size()) * record.payload.size() <= FrameLog::MaxBytes);
        QCOMPARE(log.frames().back().id, 1000);
        log.clear();
        QCOMPARE(log.add(record, {}).id, 1001);
    }

    void theClockRunsStandsAndIsMoved()
    {
        ManualClock real;
        AdjustableClock clock(real);
        const SteadyTime steady = clock.now();
        const WallTime wall = clock.wallNow();
        clock.advance(61s);
        real.advance(1s);
        QVERIFY(clock.now() == steady + 62s && clock.wallNow() == wall + 62s);
        clock.freeze();
        real.advance(10s);
        QVERIFY(clock.isFrozen() && clock.now() == steady + 62s);
        QVERIFY(clock.offset() == 51s);
        clock.advance(3s);
        clock.freeze();
        QVERIFY(clock.now() == steady + 65s && clock.wallNow() == wall + 65s);
        clock.resume();
        QVERIFY(clock.now() == steady + 65s && clock.offset() == 54s);
        real.advance(1s);
        QVERIFY(clock.now() == steady + 66s && clock.wallNow() == wall + 66s);
        clock.reset();
        QVERIFY(clock.now() == real.now() && clock.wallNow() == real.wallNow());
    }

    void timeGoesFromDeadlineToDeadline()
    {
        ManualClock real;
        AdjustableClock clock(real);
        DeadlineQueue queue(clock);
        const SteadyTime began = clock.now();
        Bell bell(queue, 20s);
        WorldTime time(clock, {[&] { return queue.nextDue(); }, [&] { queue.runDue(); }});
        std::optional<int> steps;
        time.advance(61s, [&](std::optional<int> taken) { steps = taken; });
        QVERIFY(steps && !time.isAdvancing());
        QVERIFY(bell.rung == (QList{began + 20s, began + 40s, began + 60s}));
        QVERIFY(clock.now() == began + 61s);
    }

    void timeDoesNotStandStillForSomebodyWhoIsAlwaysDue()
    {
        ManualClock real;
        AdjustableClock clock(real);
        DeadlineQueue queue(clock);
        Bell bell(queue, 0s);
        WorldTime time(clock, {[&] { return queue.nextDue(); }, [&] { queue.runDue(); }});
        bool isDone = false;
        time.advance(5ms, [&](std::optional<int>) { isDone = true; });
        QTRY_VERIFY(isDone);
        QVERIFY(clock.offset() == 5ms);
    }

    void whoOwesAnAnswerIsGivenAMoment()
    {
        ManualClock real;
        AdjustableClock clock(real);
        DeadlineQueue queue(clock);
        Bell bell(queue, 20s);
        WorldTime *current = nullptr;
        WorldTime time(clock,
            {[&] { return queue.nextDue(); },
                [&] {
                    if (queue.runDue() > 0 && bell.rung.size() == 1)
                        current->noteFrame(frame(FrameDirection::Sent, u"eio.ping"_s));
                }});
        current = &time;
        bool isDone = false;
        time.advance(61s, [&](std::optional<int>) { isDone = true; });
        QVERIFY(!isDone);
        QCOMPARE(bell.rung.size(), 1);
        time.noteFrame(frame(FrameDirection::Received, u"eio.pong"_s));
        QTRY_VERIFY(isDone);
        QCOMPARE(bell.rung.size(), 3);
    }

    void anAbandonedAdvanceSaysSo()
    {
        ManualClock real;
        AdjustableClock clock(real);
        DeadlineQueue queue(clock);
        Bell bell(queue, 1ms);
        WorldTime time(clock, {[&] { return queue.nextDue(); }, [&] { queue.runDue(); }});
        int calls = 0;
        std::optional<int> steps = 7;
        time.advance(1h, [&](std::optional<int> taken) {
            ++calls;
            steps = taken;
        });
        QVERIFY(time.isAdvancing());
        time.abandon();
        QVERIFY(!steps && !time.isAdvancing());
        time.abandon();
        QCOMPARE(calls, 1);
    }

    void spansAreReadAsPeopleWriteThem_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << QJsonValue(u"65s"_s) << 65'000LL;
        QTest::newRow("milliseconds") << QJsonValue(u"500ms"_s) << 500LL;
        QTest::newRow("minutes") << QJsonValue(u"1.5m"_s) << 90'000LL;
        QTest::newRow("hours") << QJsonValue(u"2h"_s) << 7'200'000LL;
        QTest::newRow("number") << QJsonValue(0.25) << 250LL;
        QTest::newRow("no unit") << QJsonValue(u"65"_s) << -1LL;
        QTest::newRow("negative") << QJsonValue(-1) << -1LL;
        QTest::newRow("negative text") << QJsonValue(u"-1s"_s) << -1LL;
        QTest::newRow("too long") << QJsonValue(u"745h"_s) << -1LL;
        QTest::newRow("null") << QJsonValue() << -1LL;
        QTest::newRow("list") << QJsonValue(QJsonArray{1}) << -1LL;
        QTest::newRow("huge") << QJsonValue(1e300) << -1LL;
    }
    void spansAreReadAsPeopleWriteThem()
    {
        QFETCH(QJsonValue, value);
        QFETCH(qint64, ms);
        const auto span = qaSpanFromJson("within"_L1, value);
        QCOMPARE(span ? span->count() : -1, ms);
        QVERIFY(span || span.error().field == u"within"_s);
    }

private:
    static LoggedFrame frame(FrameDirection direction, const QString &type)
    {
        LoggedFrame frame;
        frame.connection = 7;
        frame.direction = direction;
        frame.type = type;
        return frame;
    }
};

QTEST_GUILESS_MAIN(tst_QaParts)
#include "tst_qaparts.moc"
