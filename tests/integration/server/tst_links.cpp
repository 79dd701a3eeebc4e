// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "net/server/tokenservice.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <map>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_Links : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersHaveNoGaps();
    void resumeYieldsTheMissedEventsInOrder();
    void resumeTakesTheSessionFromAHalfOpenLink();
    void resyncWhenTheGapIsTooLarge();
    void resyncAfterTheWindow();
    void nobodyResumesTheSessionOfAnother();
    void malformedFramesAreAnsweredAndChangeNothing_data();
    void malformedFramesAreAnsweredAndChangeNothing();
    void heartbeatsOverTheLimitAreAnsweredAndDoNothing();
    void framesOverTheLimitCloseTheLink();
    void theOldestOfTooManyDevicesIsClosed();
    void devicesCloseInRandomOrder();
    void twentyReconnectsAreNotSeen();
    void outsideTokensCloseTheLinkWhenTheyExpire();
    void frameTapNamesWhoSaidWhat();

private:
    static net::mtchat::ResumeRequest resumeOf(const Peer &peer)
    {
        const QJsonObject &hello = peer.frames.first();
        qint64 seq = 0;
        for (const QJsonObject &frame : peer.frames)
            seq = std::max(seq, frame.value("seq"_L1).toInteger());
        return {SessionId{hello.value("session_id"_L1).toString()},
            hello.value("epoch"_L1).toInteger(), seq};
    }
    static QList<qint64> numbersOf(const Peer &peer, qsizetype from = 0)
    {
        QList<qint64> numbers;
        for (qsizetype i = from; i < peer.frames.size(); ++i) {
            const QJsonObject &frame = peer.frames.at(i);
            if (frame.contains("seq"_L1) && !Peer::isType(frame, u"connected"_s)
                && !Peer::isType(frame, u"resumed"_s))
                numbers.append(frame.value("seq"_L1).toInteger());
        }
        return numbers;
    }
    static void sendTyping(TestServer &server, int count)
    {
        for (int i = 0; i < count; ++i)
            server.server().hub().typing(server.key(u"bao"_s), server.team());
    }
};

void tst_Links::numbersHaveNoGaps()
{
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    sendTyping(server, 20);
    QVERIFY(ana.settle());
    const QList<qint64> numbers = numbersOf(ana);
    QVERIFY(numbers.size() >= 21);
    for (qsizetype i = 0; i < numbers.size(); ++i)
        QCOMPARE(numbers.at(i), qint64(i + 1));
}

void tst_Links::resumeYieldsTheMissedEventsInOrder()
{
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    sendTyping(server, 3);
    QVERIFY(ana.settle());
    const auto request = resumeOf(ana);
    ana.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 0);
    sendTyping(server, 5);
    Peer again;
    QVERIFY(again.open(server, u"ana"_s));
    again.say(request);
    const auto resumed = again.waitForType(u"resumed"_s);
    QVERIFY(resumed);
    QCOMPARE(resumed->value("session_id"_L1).toString(), request.session.value);
    const qsizetype end = again.frames.indexOf(*resumed);
    QList<qint64> missed;
    for (qsizetype i = 0; i < end; ++i) {
        const QJsonObject &frame = again.frames.at(i);
        if (Peer::isType(frame, u"typing"_s))
            missed.append(frame.value("seq"_L1).toInteger());
    }
    QCOMPARE(missed.size(), 5);
    QVERIFY(std::is_sorted(missed.cbegin(), missed.cend()));
    QVERIFY(resumed->value("seq"_L1).toInteger() >= missed.last());
    // The numbers go on where the old session stood.
    sendTyping(server, 1);
    QVERIFY(again.settle());
    QCOMPARE(numbersOf(again, end + 1).first(), resumed->value("seq"_L1).toInteger() + 1);
}

void tst_Links::resumeTakesTheSessionFromAHalfOpenLink()
{
    TestServer server;
    QVERIFY(server.start());
    Peer old;
    QVERIFY(old.open(server, u"ana"_s));
    QVERIFY(old.settle());
    Peer fresh;
    QVERIFY(fresh.open(server, u"ana"_s));
    fresh.say(resumeOf(old));
    QVERIFY(fresh.waitForType(u"resumed"_s));
    QVERIFY(old.waitForClose());
    sendTyping(server, 1);
    QVERIFY(fresh.waitForType(u"typing"_s));
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).status, Status::Online);
}

void tst_Links::resyncWhenTheGapIsTooLarge()
{
    TestServer server;
    server.options.limits.resumeEvents = 16;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    const auto request = resumeOf(ana);
    ana.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 0);
    sendTyping(server, 17);
    Peer again;
    QVERIFY(again.open(server, u"ana"_s));
    again.say(request);
    const auto resync = again.waitForType(u"resync"_s);
    QVERIFY(resync);
    QCOMPARE(resync->value("reason"_L1).toString(), u"gap_too_large"_s);
    // The new session is a good one.
    sendTyping(server, 1);
    QVERIFY(again.waitForType(u"typing"_s));
    QCOMPARE(numbersOf(again).last(), qint64(numbersOf(again).size()));
}

void tst_Links::resyncAfterTheWindow()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    const auto request = resumeOf(ana);
    ana.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 0);
    QCOMPARE(server.server().hub().streamCount(), 1);
    server.advanceSlowly(600s);
    QCOMPARE(server.server().hub().streamCount(), 0);
    Peer again;
    QVERIFY(again.open(server, u"ana"_s));
    again.say(request);
    QVERIFY(again.waitForType(u"resync"_s));
}

void tst_Links::nobodyResumesTheSessionOfAnother()
{
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    const auto request = resumeOf(ana);
    Peer eve;
    QVERIFY(eve.open(server, u"eve"_s));
    eve.say(request);
    QVERIFY(eve.waitForType(u"resync"_s));
    QVERIFY(ana.settle());
    // A second device of the same person is another one, too.
    Peer phone;
    QVERIFY(phone.open(server, u"ana"_s, u"phone"_s));
    phone.say(request);
    QVERIFY(phone.waitForType(u"resync"_s));
    QVERIFY(ana.settle());
}

void tst_Links::malformedFramesAreAnsweredAndChangeNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("not JSON") << u"hello"_s;
    QTest::newRow("array") << u"[1,2]"_s;
    QTest::newRow("no type") << u"{\"a\":1}"_s;
    QTest::newRow("type is a number") << u"{\"type\":7}"_s;
    QTest::newRow("too deep") << QString(u"["_s).repeated(40);
    QTest::newRow("status of a wrong type") << u"{\"type\":\"presence.set\",\"status\":1}"_s;
    QTest::newRow("unknown status") << u"{\"type\":\"presence.set\",\"status\":\"asleep\"}"_s;
    QTest::newRow("message too long")
        << u"{\"type\":\"presence.set\",\"status\":\"busy\",\"custom_message\":\"%1\"}"_s.arg(
               QString(u"x"_s).repeated(141));
    QTest::newRow("resume too late")
        << u"{\"type\":\"resume\",\"session_id\":\"x\",\"epoch\":1,\"seq\":1}"_s;
}

void tst_Links::malformedFramesAreAnsweredAndChangeNothing()
{
    QFETCH(QString, text);
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    const Presence before = server.server().presence().ledger().view(server.key(u"ana"_s));
    ana.socket->sendTextMessage(text);
    const auto error = ana.waitForType(u"error"_s);
    QVERIFY(error);
    QVERIFY(!error->value("code"_L1).toString().isEmpty());
    QVERIFY(ana.settle());
    const Presence after = server.server().presence().ledger().view(server.key(u"ana"_s));
    QVERIFY(looksSame(after, before));
}

void tst_Links::heartbeatsOverTheLimitAreAnsweredAndDoNothing()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    for (int beat = 0; beat < 15; ++beat)
        ana.ping();
    QVERIFY(QTest::qWaitFor([&] { return ana.countType(u"pong"_s) == 15; }, 5000));
    QCOMPARE(server.server().hub().counters().heartbeats, quint64(10));
    QCOMPARE(server.server().hub().counters().heartbeatsIgnored, quint64(5));
    server.advance(2s);
    QVERIFY(ana.settle());
    QCOMPARE(server.server().hub().counters().heartbeats, quint64(11));
}

void tst_Links::framesOverTheLimitCloseTheLink()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Peer ana;
    Peer other;
    QVERIFY(other.open(server, u"bao"_s));
    QVERIFY(ana.open(server, u"ana"_s));
    for (int beat = 0; beat < 20; ++beat)
        ana.ping();
    QVERIFY(QTest::qWaitFor([&] { return ana.countType(u"pong"_s) == 20; }, 5000));
    ana.ping();
    QVERIFY(ana.waitForClose());
    QCOMPARE(int(ana.socket->closeCode()), 4008);
    QVERIFY(other.settle());
}

void tst_Links::theOldestOfTooManyDevicesIsClosed()
{
    TestServer server;
    server.options.limits.devicesPerUser = 3;
    QVERIFY(server.start());
    std::vector<std::unique_ptr<Peer>> devices;
    for (int device = 0; device < 4; ++device) {
        devices.push_back(std::make_unique<Peer>());
        QVERIFY(devices.back()->open(server, u"ana"_s, QString::number(device)));
    }
    QVERIFY(devices.front()->waitForClose());
    QCOMPARE(int(devices.front()->socket->closeCode()), 4009);
    for (std::size_t device = 1; device < devices.size(); ++device)
        QVERIFY(devices[device]->settle());
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).deviceCount, 3);
}

// Reliability scenario R26 in short: the ledger alone is tried with a thousand sequences elsewhere.
void tst_Links::devicesCloseInRandomOrder()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    for (int round = 0; round < shortOrFull(10, 200); ++round) {
        const qsizetype from = ana.frames.size();
        std::vector<std::unique_ptr<Peer>> devices;
        const int count = 1 + random.bounded(5);
        for (int device = 0; device < count; ++device) {
            devices.push_back(std::make_unique<Peer>());
            QVERIFY(devices.back()->open(server, u"bao"_s, QString::number(device)));
        }
        std::shuffle(devices.begin(), devices.end(), random);
        while (!devices.empty()) {
            QVERIFY(ana.settle());
            for (qsizetype i = from; i < ana.frames.size(); ++i) {
                QVERIFY(!Peer::isPresenceOf(ana.frames.at(i), bao)
                    || ana.frames.at(i).value("is_online"_L1).toBool());
            }
            if (random.bounded(2) == 0)
                devices.back()->say(net::mtchat::GoodbyeRequest{});
            devices.back()->socket->close();
            QVERIFY(devices.back()->waitForClose());
            devices.pop_back();
        }
        QVERIFY(ana.waitForPresence(bao, false, from));
    }
}

// Reliability scenario R31.
void tst_Links::twentyReconnectsAreNotSeen()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.graceClean = 3s;
    server.options.presence.graceLost = 10s;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    for (const Peer::Kind kind : {Peer::Kind::Ours, Peer::Kind::Published}) {
        Peer ana;
        QVERIFY(ana.open(server, u"ana"_s));
        auto peer = std::make_unique<Peer>(kind);
        QVERIFY(peer->open(server, u"bao"_s));
        QVERIFY(ana.settle());
        const qsizetype from = ana.frames.size();
        for (int attempt = 0; attempt < 20; ++attempt) {
            if (attempt % 2 == 0)
                peer->drop();
            else
                peer->socket->close();
            QTRY_COMPARE(server.server().hub().linkCount(), 1);
            server.advance(2s);
            peer = std::make_unique<Peer>(kind);
            QVERIFY(peer->open(server, u"bao"_s));
            server.advance(1s);
        }
        QVERIFY(ana.settle());
        QCOMPARE(ana.countPresence(bao, from), 0);
        peer->say(net::mtchat::GoodbyeRequest{});
        QVERIFY(ana.waitForPresence(bao, false, from));
        peer.reset();
        QTRY_COMPARE(server.server().hub().linkCount(), 1);
        ana.socket->close();
        QTRY_COMPARE(server.server().hub().linkCount(), 0);
    }
}

void tst_Links::outsideTokensCloseTheLinkWhenTheyExpire()
{
    QTemporaryFile secrets;
    QVERIFY(secrets.open());
    secrets.write("a secret shared with the host\n");
    secrets.close();
    TestServer server(ServerTime::Manual);
    server.options.auth.jwtSecretFile = secrets.fileName();
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    const WallTime now = server.clock().wallNow();
    const QByteArray token = net::TokenService("a secret shared with the host", {}, u"sub"_s)
                                 .issue(UserId{u"ana-id"_s}, {}, {}, now, now + 30s);
    Peer peer;
    QVERIFY(peer.openWith(server, QString::fromLatin1(token)));
    server.advanceSlowly(29s);
    QCOMPARE(peer.socket->state(), QAbstractSocket::ConnectedState);
    server.advanceSlowly(2s);
    QVERIFY(peer.waitForClose());
    QCOMPARE(int(peer.socket->closeCode()), 4001);
}

void tst_Links::frameTapNamesWhoSaidWhat()
{
    TestServer server;
    QVERIFY(server.start());
    QList<net::FrameRecord> log;
    server.server().setFrameTap([&log](const net::FrameRecord &frame) { log.append(frame); });
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    const auto ping = std::find_if(log.cbegin(), log.cend(), [](const net::FrameRecord &frame) {
        return frame.direction == net::FrameDirection::Received
            && frame.payload.contains("\"ping\"");
    });
    QVERIFY(ping != log.cend());
    QCOMPARE(ping->user, server.id(u"ana"_s));
    QCOMPARE(ping->device, DeviceId{u"ana-pc"_s});
    server.server().setFrameTap({});
}

QTEST_GUILESS_MAIN(tst_Links)
#include "tst_links.moc"
