// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/friends/friendspeer.h"

#include <QElapsedTimer>

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

class tst_FriendsSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoHasNoGoodTokenIsRefusedInTheWordsOfTheContract_data();
    void whoHasNoGoodTokenIsRefusedInTheWordsOfTheContract();
    void aTokenIsTakenFromThreePlaces_data();
    void aTokenIsTakenFromThreePlaces();
    void friendsHearOfComingAndGoing();
    void awayAndBusyAreOnlineAndInvisibleIsOffline();
    void offlineComesWithTheLastSocketOnly();
    void aSecondSignInEvictsNobody();
    void strangersHearNothing();
    void otherDialectsAreSeenAndSee();
    void malformedEventsAreAnsweredAndChangeNothing_data();
    void malformedEventsAreAnsweredAndChangeNothing();
    void brokenFramesCloseTheConnectionAndNothingElse();
    void aHeartbeatAndAChangeAreCheap();
};

void tst_FriendsSocket::whoHasNoGoodTokenIsRefusedInTheWordsOfTheContract_data()
{
    QTest::addColumn<QByteArray>("cookie");
    QTest::addColumn<QJsonObject>("auth");
    QTest::addColumn<QString>("message");
    QTest::newRow("nothing") << QByteArray() << QJsonObject{} << u"Authentication token required"_s;
    QTest::newRow("another cookie")
        << QByteArray("token=abc") << QJsonObject{} << u"Authentication token required"_s;
    QTest::newRow("an empty cookie")
        << QByteArray("accessToken=") << QJsonObject{} << u"Authentication token required"_s;
    QTest::newRow("garbage") << QByteArray("accessToken=abc") << QJsonObject{}
                             << u"Invalid token"_s;
    QTest::newRow("garbage in CONNECT")
        << QByteArray() << QJsonObject{{u"token"_s, u"a.b.c"_s}} << u"Invalid token"_s;
    QTest::newRow("a token of another type")
        << QByteArray() << QJsonObject{{u"token"_s, 7}} << u"Authentication token required"_s;
}

void tst_FriendsSocket::whoHasNoGoodTokenIsRefusedInTheWordsOfTheContract()
{
    QFETCH(QByteArray, cookie);
    QFETCH(QJsonObject, auth);
    QFETCH(QString, message);
    TestServer server;
    QVERIFY(server.start());
    SocketIoClient client;
    QVERIFY(client.open(server.url(), {{"Cookie", cookie}}));
    QVERIFY(!client.enter(Main, auth));
    QVERIFY(client.refusal(Main));
    QCOMPARE(client.refusal(Main)->message, message);
    QCOMPARE(server.server().presence().ledger().leaseCount(), 0);
}

void tst_FriendsSocket::aTokenIsTakenFromThreePlaces_data()
{
    QTest::addColumn<int>("place");
    QTest::newRow("cookie") << 0;
    QTest::newRow("Authorization") << 1;
    QTest::newRow("CONNECT") << 2;
    QTest::newRow("CONNECT beside an old cookie") << 3;
}

void tst_FriendsSocket::aTokenIsTakenFromThreePlaces()
{
    QFETCH(int, place);
    TestServer server;
    QVERIFY(server.start());
    const QString token = server.token(u"ana"_s);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (place == 0)
        headers.append(
            std::pair<QByteArray, QByteArray>{"Cookie", "accessToken=" + token.toLatin1()});
    if (place == 1)
        headers.append(
            std::pair<QByteArray, QByteArray>{"Authorization", "Bearer " + token.toLatin1()});
    if (place == 3)
        headers.append(std::pair<QByteArray, QByteArray>{"Cookie", "accessToken=old"});
    SocketIoClient client;
    QVERIFY(client.open(server.url(), headers));
    const QJsonObject auth = place >= 2 ? QJsonObject{{u"token"_s, token}} : QJsonObject{};
    QVERIFY(client.enter(Main, auth));
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).status, Status::Online);
}

void tst_FriendsSocket::friendsHearOfComingAndGoing()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto came = ana.waitForStatus(bao, u"online"_s);
    QVERIFY(came);
    QCOMPARE(came->payload.value("timestamp"_L1).toInteger(),
        server.clock().wallNow().time_since_epoch().count());
    peer.close();
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 2);
    QCOMPARE(ana.countStatus(objectId(server, u"ana"_s)), 0); // never of oneself
}

void tst_FriendsSocket::awayAndBusyAreOnlineAndInvisibleIsOffline()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    const qsizetype from = ana.events.size();
    const auto wish = [&](IntentStatus status) {
        QVERIFY(server.server().hub().setIntent(server.key(u"bao"_s), {status, {}, {}}));
        QVERIFY(ana.settle());
    };
    wish(IntentStatus::Away);
    wish(IntentStatus::Busy);
    QCOMPARE(ana.countStatus(bao, from), 0);
    wish(IntentStatus::Invisible);
    QCOMPARE(ana.countStatus(bao, from), 1);
    QVERIFY(ana.waitForStatus(bao, u"offline"_s, from));
    peer.beat(); // lives on, and nobody hears of it
    QVERIFY(peer.settle());
    peer.close();
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 1);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao, from), 1);
}

void tst_FriendsSocket::offlineComesWithTheLastSocketOnly()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    FriendsPeer pc;
    FriendsPeer phone;
    QVERIFY(pc.open(server, u"bao"_s, u"pc"_s));
    QVERIFY(phone.open(server, u"bao"_s, u"phone"_s));
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    phone.close();
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 2);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    pc.drop();
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
}

void tst_FriendsSocket::aSecondSignInEvictsNobody()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer first;
    FriendsPeer second;
    QVERIFY(first.open(server, u"ana"_s));
    QVERIFY(second.open(server, u"ana"_s)); // another tab of the same device
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(first.waitForStatus(bao, u"online"_s));
    QVERIFY(second.waitForStatus(bao, u"online"_s));
    QVERIFY(first.isIn(Main));
}

void tst_FriendsSocket::strangersHearNothing()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer eve;
    QVERIFY(eve.open(server, u"eve"_s));
    FriendsPeer dan;
    QVERIFY(dan.open(server, u"dan"_s));
    FriendsPeer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    QVERIFY(eve.settle());
    QVERIFY(dan.settle());
    QVERIFY(eve.events.isEmpty());
    QVERIFY(dan.events.isEmpty());
}

void tst_FriendsSocket::otherDialectsAreSeenAndSee()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    QVERIFY(ana.waitForStatus(objectId(server, u"bao"_s), u"online"_s));
    const qsizetype from = bao.frames.size();
    ana.close();
    QVERIFY(bao.waitForPresence(server.id(u"ana"_s), false, from));
}

void tst_FriendsSocket::malformedEventsAreAnsweredAndChangeNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonArray>("arguments");
    QTest::addColumn<QString>("code");
    const auto row
        = [](const char *title, const QString &name, const QJsonArray &arguments,
              const QString &code) { QTest::newRow(title) << name << arguments << code; };
    row("a heartbeat of text", u"heartbeat"_s, {u"x"_s}, u"CONNECTION_FAILED"_s);
    row("a heartbeat without sense", u"heartbeat"_s, {QJsonObject{{u"timestamp"_s, u"x"_s}}},
        u"CONNECTION_FAILED"_s);
    row("joining nothing", u"join_conversation"_s, {}, u"JOIN_FAILED"_s);
    row("joining what is not there", u"join_conversation"_s,
        {QJsonObject{{u"conversation_id"_s, u"0194e3a0-0000-7000-8000-00000000ffff"_s}}},
        u"JOIN_FAILED"_s);
    row("joining a word", u"join_conversation"_s, {QJsonObject{{u"conversation_id"_s, u"team"_s}}},
        u"JOIN_FAILED"_s);
    row("leaving where one is not", u"leave_conversation"_s,
        {QJsonObject{{u"conversation_id"_s, u"team"_s}}}, u"LEAVE_FAILED"_s);
    row("writing nothing", u"send_message"_s, {QJsonObject{{u"conversation_id"_s, u"team"_s}}},
        u"SEND_MESSAGE_FAILED"_s);
    row("writing a list", u"send_message"_s, {QJsonArray{1}}, u"SEND_MESSAGE_FAILED"_s);
    row("writing a book", u"send_message"_s,
        {QJsonObject{{u"conversation_id"_s, u"team"_s}, {u"text"_s, QString(20'000, u'x')}}},
        u"SEND_MESSAGE_FAILED"_s);
}

void tst_FriendsSocket::malformedEventsAreAnsweredAndChangeNothing()
{
    QFETCH(QString, name);
    QFETCH(QJsonArray, arguments);
    QFETCH(QString, code);
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const auto before = server.server().explain(server.key(u"ana"_s));
    server.advance(1s);
    const auto answer = ana.ask(name, arguments);
    QVERIFY(answer);
    QCOMPARE(answer->first().toObject().value("code"_L1).toString(), code);
    QCOMPARE(ana.count(u"error"_s), 1);
    QVERIFY(!ana.events.first().payload.value("message"_L1).toString().isEmpty());
    const auto after = server.server().explain(server.key(u"ana"_s));
    QCOMPARE(after.devices.front().lastHeartbeat, before.devices.front().lastHeartbeat);
    QVERIFY(ana.settle());
}

void tst_FriendsSocket::brokenFramesCloseTheConnectionAndNothingElse()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer good;
    QVERIFY(good.open(server, u"ana"_s));
    for (const QString &frame : {u"42[\"heartbeat\",{]"_s, u"42{}"_s, u"42[]"_s, u"42[1.5]"_s,
             u"42[\"connect\",{}]"_s, u"2"_s, u"9"_s, u"4"_s, u"451-[\"heartbeat\"]"_s}) {
        FriendsPeer bad;
        QVERIFY(bad.open(server, u"bao"_s));
        bad.sendRaw(frame);
        QVERIFY2(bad.waitForClose(), qPrintable(frame));
    }
    QVERIFY(good.settle());
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 1);
}

void tst_FriendsSocket::aHeartbeatAndAChangeAreCheap()
{
    TestServer server;
    allowManyFrames(server);
    server.options.limits.heartbeat = {100'000, 1ms};
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.settle());
    constexpr int Beats = 2000;
    QElapsedTimer timer;
    timer.start();
    for (int beat = 0; beat < Beats; ++beat)
        ana.beat();
    QVERIFY(ana.settle());
    const double each = double(timer.nsecsElapsed()) / Beats / 1000;
    qInfo("friends: a heartbeat takes %.1f us, both ends and the socket included", each);
    if (qEnvironmentVariableIsSet("PRESENTLY_FULL"))
        QVERIFY2(each < 100, "a heartbeat must take less than 0.1 ms");
}

QTEST_GUILESS_MAIN(tst_FriendsSocket)
#include "tst_friendssocket.moc"
