// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QTemporaryDir>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_Restarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wishesSurviveARestartUnderANewEpoch();
    void epochGrowsAlsoWhenTheClockStandsStill();
    void restartCausesNoStorm();
    void crashLosesAtMostAMinuteOfLastSeen();
    void nobodyComesWhileItGoesDown();
    void tokensSurviveARestartWithADataDirectory();
};

void tst_Restarts::wishesSurviveARestartUnderANewEpoch()
{
    TestServer server;
    QVERIFY(server.start());
    const qint64 epoch = server.server().presence().ledger().epoch();
    {
        Peer bao;
        QVERIFY(bao.open(server, u"bao"_s));
        bao.say(net::mtchat::PresenceSetRequest{{IntentStatus::Busy, u"thesis"_s, {}}});
        QVERIFY(bao.settle());
        QSignalSpy stopped(&server.server(), &net::Server::stopped);
        server.server().stop();
        const auto goodbye = bao.waitForType(u"goodbye"_s);
        QVERIFY(goodbye);
        QVERIFY(goodbye->value("retry_after_ms"_L1).toInt(-1) >= 0);
        QVERIFY(bao.waitForClose());
        QCOMPARE(int(bao.socket->closeCode()), 1001);
        QVERIFY(stopped.count() == 1 || stopped.wait(5000));
    }
    QVERIFY(server.restart());
    QVERIFY(server.server().presence().ledger().epoch() > epoch);
    Peer ana;
    Peer again;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(again.open(server, u"bao"_s));
    const auto back = ana.waitForPresence(server.id(u"bao"_s), true);
    QVERIFY(back);
    QCOMPARE(back->value("status"_L1).toString(), u"busy"_s);
    QCOMPARE(back->value("custom_message"_L1).toString(), u"thesis"_s);
}

// Reliability scenario R16 in short.
void tst_Restarts::restartCausesNoStorm()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.holdBack = 45s;
    QVERIFY(server.start());
    QVERIFY(server.restart());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    ana.say(net::mtchat::PresenceWatchRequest{});
    QVERIFY(ana.waitForType(u"presence.snapshot"_s));
    const qsizetype from = ana.frames.size();
    server.advanceSlowly(10s);
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    server.advanceSlowly(40s);
    ana.say(net::mtchat::PresenceWatchRequest{});
    QVERIFY(ana.waitFor(
        [](const QJsonObject &frame) {
            return Peer::isType(frame, u"presence.snapshot"_s)
                && frame.value("complete"_L1).toBool();
        },
        from));
    QCOMPARE(ana.countPresence(server.id(u"bao"_s), from), 1);
    QCOMPARE(ana.countPresence(server.id(u"chi"_s), from), 0);
}

void tst_Restarts::epochGrowsAlsoWhenTheClockStandsStill()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const qint64 epoch = server.server().presence().ledger().epoch();
    QVERIFY(server.restart());
    QCOMPARE(server.server().presence().ledger().epoch(), epoch + 1);
    server.kill();
    server.manualClock().stepWall(-24h);
    QVERIFY(server.restart());
    QCOMPARE(server.server().presence().ledger().epoch(), epoch + 2);
}

void tst_Restarts::crashLosesAtMostAMinuteOfLastSeen()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const PersonKey bao = server.key(u"bao"_s);
    WallTime lastBeat;
    {
        Peer peer;
        QVERIFY(peer.open(server, u"bao"_s));
        for (int beat = 0; beat < 7; ++beat) {
            server.advanceSlowly(30s);
            lastBeat = server.clock().wallNow();
            QVERIFY(peer.settle());
        }
        server.kill();
    }
    QVERIFY(server.restart());
    const auto lastSeen = server.server().presence().ledger().view(bao).lastSeen;
    QVERIFY(lastSeen.has_value());
    QVERIFY(*lastSeen <= lastBeat);
    QVERIFY(lastBeat - *lastSeen <= 60s);
}

void tst_Restarts::nobodyComesWhileItGoesDown()
{
    TestServer server;
    QVERIFY(server.start());
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    QSignalSpy stopped(&server.server(), &net::Server::stopped);
    server.server().stop();
    bao.ping();
    QVERIFY(stopped.count() == 1 || stopped.wait(5000));
    QCOMPARE(server.server().presence().ledger().leaseCount(), 0);
    Peer late;
    late.socket->open(server.webSocketUrl());
    QVERIFY(QTest::qWaitFor(
        [&late] { return late.socket->error() != QAbstractSocket::UnknownSocketError; }));
    QVERIFY(late.frames.isEmpty());
}

void tst_Restarts::tokensSurviveARestartWithADataDirectory()
{
    QTemporaryDir directory;
    TestServer server;
    server.options.storage.dataDirectory = directory.path();
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    const QString token = server.token(u"ana"_s);
    QVERIFY(server.restart());
    Rest rest(server);
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, token).status, 200);
}

QTEST_GUILESS_MAIN(tst_Restarts)
#include "tst_restarts.moc"
