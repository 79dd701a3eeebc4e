// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// How long a socket of friends counts, and what ends it.

#include "net/server/presenceservice.h"
#include "net/server/tokenservice.h"
#include "tests/integration/friends/friendspeer.h"

#include <QTemporaryFile>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Main = FriendsPeer::MainSpace;

void allowManyFrames(TestServer &server)
{
    server.options.limits.frames = {10'000, 1ms};
}

} // namespace

class tst_FriendsLeases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLeaseLastsSixtySecondsAndSlackWhilePongsCome();
    void withoutSlackALeaseEndsAtItsLifetime();
    void aLateHeartbeatRevives();
    void tooManyDevicesSendTheOldestOut();
    void signingOutEndsTheSocket();
    void anOutsideTokenCarriesItsSocketUntilItExpires();
    void aLostLinkIsHeldForItsGrace();
};

void tst_FriendsLeases::aLeaseLastsSixtySecondsAndSlackWhilePongsCome()
{
    TestServer server(ServerTime::Manual);
    allowManyFrames(server);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    peer.beat();
    QVERIFY(peer.settle());
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    // The program is silent from now on, its transport answers.
    for (int second = 0; second < 74; ++second) {
        ana.beat();
        server.advanceSlowly(1s);
    }
    QVERIFY(peer.pingCount() >= 2);
    server.advance(999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    server.advance(1ms);
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
    QVERIFY(peer.isOpen()); // it may come back at any time
}

void tst_FriendsLeases::withoutSlackALeaseEndsAtItsLifetime()
{
    TestServer server(ServerTime::Manual);
    allowManyFrames(server);
    server.options.dialects.friends.slack = 0ms;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    peer.beat();
    QVERIFY(peer.settle());
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    for (int second = 0; second < 59; ++second) {
        ana.beat();
        server.advanceSlowly(1s);
    }
    server.advance(999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    server.advance(1ms);
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
}

void tst_FriendsLeases::aLateHeartbeatRevives()
{
    TestServer server(ServerTime::Manual);
    allowManyFrames(server);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    for (int second = 0; second < 76; ++second) {
        ana.beat();
        server.advanceSlowly(1s);
    }
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
    const qsizetype from = ana.events.size();
    peer.beat();
    QVERIFY(ana.waitForStatus(bao, u"online"_s, from));
}

void tst_FriendsLeases::tooManyDevicesSendTheOldestOut()
{
    TestServer server;
    server.options.limits.devicesPerUser = 2;
    QVERIFY(server.start());
    FriendsPeer first;
    FriendsPeer second;
    FriendsPeer third;
    QVERIFY(first.open(server, u"ana"_s, u"a"_s));
    QVERIFY(second.open(server, u"ana"_s, u"b"_s));
    QVERIFY(third.open(server, u"ana"_s, u"c"_s));
    QVERIFY(first.waitForOut(Main));
    QVERIFY(second.settle());
    QVERIFY(third.settle());
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).deviceCount, 2);
}

void tst_FriendsLeases::signingOutEndsTheSocket()
{
    TestServer server;
    server.options.dialects.friends.graceClean = 3s;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    Rest rest(server);
    QCOMPARE(rest.remove(u"/api/v1/sessions/current"_s, server.token(u"bao"_s)).status, 204);
    QVERIFY(peer.waitForOut(Main));
    QVERIFY(ana.waitForStatus(bao, u"offline"_s)); // without grace
}

void tst_FriendsLeases::anOutsideTokenCarriesItsSocketUntilItExpires()
{
    QTemporaryFile secrets;
    QVERIFY(secrets.open());
    secrets.write("a secret shared with the host\n");
    secrets.close();
    TestServer server(ServerTime::Manual);
    allowManyFrames(server);
    server.options.auth.jwtSecretFile = secrets.fileName();
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    const WallTime now = server.clock().wallNow();
    const QByteArray token = net::TokenService("a secret shared with the host", {}, u"sub"_s)
                                 .issue(UserId{u"ana-id"_s}, {}, {}, now, now + 30s);
    SocketIoClient client;
    QVERIFY(client.open(server.url(), {{"Authorization", "Bearer " + token}}));
    QVERIFY(client.enter(Main));
    server.advanceSlowly(29s);
    QVERIFY(client.isIn(Main));
    QCOMPARE(server.server().presence().ledger().leaseCount(), 1);
    server.advanceSlowly(2s);
    QVERIFY(client.waitForClose());
    QCOMPARE(server.server().presence().ledger().leaseCount(), 0);
}

void tst_FriendsLeases::aLostLinkIsHeldForItsGrace()
{
    TestServer server(ServerTime::Manual);
    server.options.dialects.friends.graceClean = 3s;
    server.options.dialects.friends.graceLost = 10s;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    peer.drop();
    const auto isHeld = [&] {
        const auto devices = server.server().explain(server.key(u"bao"_s)).devices;
        return devices.size() == 1 && devices.front().state == LeaseState::Held;
    };
    QTRY_VERIFY(isHeld());
    server.advance(9s);
    FriendsPeer again;
    QVERIFY(again.open(server, u"bao"_s)); // a reload: nobody notices
    server.advance(1s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    again.drop();
    QTRY_VERIFY(isHeld());
    server.advance(9'999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    server.advance(1ms);
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
}

QTEST_GUILESS_MAIN(tst_FriendsLeases)
#include "tst_friendsleases.moc"
