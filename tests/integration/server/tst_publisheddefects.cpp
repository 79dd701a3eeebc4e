// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The published server has twelve known defects of presence (net/README.md, "Presence" says what is
// right). Each function shows one of them absent, mostly with a client that knows nothing of our
// additions.

#include "net/server/api/broadcaster.h"
#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QTcpSocket>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_PublishedDefects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondTabNeitherSilencesTheFirstNorTakesItOffline(); // 1
    void reconnectOverlapLeavesTheNewConnectionOnline(); // 2
    void pingRevivesAfterTheLeaseHasLapsed(); // 3
    void expiryIsTold(); // 4
    void uncleanDropIsToldOnceAndNeverHitsSomebodyWhoIsBack(); // 5
    void snapshotAndEventCarryVersionsThatOrderThem(); // 6
    void oneIsToldOfOneself(); // 7
    void afterAnOutageTheMissedChangesCome(); // 8
    void slowReaderHoldsUpNobody(); // 9
    void everyConnectionSeesTheSameWorld(); // 10
    void newPeersHearOfEachOther(); // 11
    void awayBusyLastSeenAndDevicesAreSaid(); // 12
    void invisibleLooksLikeOffline(); // 12

private:
    static PresenceRecord recordOf(const QJsonObject &frame)
    {
        const auto record = net::mtchat::presenceFromJson(frame);
        return record ? *record : PresenceRecord{};
    }
};

void tst_PublishedDefects::secondTabNeitherSilencesTheFirstNorTakesItOffline()
{
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    const UserId bao = server.id(u"bao"_s);
    Peer ana(Peer::Kind::Published);
    Peer first(Peer::Kind::Published);
    Peer second(Peer::Kind::Published);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(first.open(server, u"bao"_s, u"tab1"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    QVERIFY(second.open(server, u"bao"_s, u"tab2"_s));
    second.socket->close();
    QVERIFY(second.waitForClose());
    // The first tab still hears what happens, and nobody saw bao leave.
    const qsizetype before = first.frames.size();
    Peer chi(Peer::Kind::Published);
    QVERIFY(chi.open(server, u"chi"_s));
    QVERIFY(first.waitForPresence(server.id(u"chi"_s), true, before));
    QVERIFY(ana.waitForPresence(server.id(u"chi"_s), true));
    QVERIFY(ana.settle());
    for (const QJsonObject &frame : std::as_const(ana.frames))
        QVERIFY(!Peer::isPresenceOf(frame, bao) || frame.value("is_online"_L1).toBool());
    first.socket->close();
    QVERIFY(ana.waitForPresence(bao, false));
}

void tst_PublishedDefects::reconnectOverlapLeavesTheNewConnectionOnline()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    auto old = std::make_unique<Peer>();
    Peer fresh;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(old->open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    const qsizetype from = ana.frames.size();
    QVERIFY(fresh.open(server, u"bao"_s));
    old->drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 2);
    QVERIFY(fresh.settle());
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 0);
    QCOMPARE(server.server().presence().ledger().view(server.key(u"bao"_s)).status, Status::Online);
}

void tst_PublishedDefects::pingRevivesAfterTheLeaseHasLapsed()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana(Peer::Kind::Published);
    Peer peer(Peer::Kind::Published);
    QVERIFY(peer.open(server, u"bao"_s));
    server.advanceSlowly(80s);
    QVERIFY(ana.open(server, u"ana"_s));
    QCOMPARE(
        server.server().presence().ledger().view(server.key(u"bao"_s)).status, Status::Offline);
    const qsizetype from = ana.frames.size();
    peer.ping();
    QVERIFY(ana.waitForPresence(bao, true, from));
}

void tst_PublishedDefects::expiryIsTold()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana(Peer::Kind::Published);
    Peer silent(Peer::Kind::Published);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(silent.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    // Its transport answers all the while; only the heartbeat is missing.
    const qsizetype from = ana.frames.size();
    server.advanceSlowly(59s);
    ana.ping();
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 0);
    server.advanceSlowly(17s);
    const auto gone = ana.waitForPresence(bao, false, from);
    QVERIFY(gone);
    QCOMPARE(gone->value("reason"_L1).toString(), u"inactive"_s);
    QCOMPARE(silent.socket->state(), QAbstractSocket::ConnectedState);
}

void tst_PublishedDefects::uncleanDropIsToldOnceAndNeverHitsSomebodyWhoIsBack()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.graceLost = 10s;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer lost;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(lost.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    const qsizetype from = ana.frames.size();
    lost.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 1);
    server.advance(9s);
    Peer back;
    QVERIFY(back.open(server, u"bao"_s));
    server.advance(9s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 0);
    back.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 1);
    server.advance(10s);
    const auto gone = ana.waitForPresence(bao, false, from);
    QVERIFY(gone);
    QCOMPARE(gone->value("reason"_L1).toString(), u"disconnected"_s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 1);
}

void tst_PublishedDefects::snapshotAndEventCarryVersionsThatOrderThem()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    Rest rest(server);
    const QString path = u"/api/v1/presence?user_ids="_s + bao.value;
    const auto rowOf = [](const RestReply &reply) {
        return reply.data().toObject().value("users"_L1).toArray().first().toObject();
    };
    const QJsonObject early = rowOf(rest.get(path, server.token(u"ana"_s)));
    Peer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto event = ana.waitForPresence(bao, true);
    QVERIFY(event);
    const QJsonObject late = rowOf(rest.get(path, server.token(u"ana"_s)));
    QVERIFY(early.value("serial"_L1).toInteger() < event->value("serial"_L1).toInteger());
    QCOMPARE(late.value("serial"_L1).toInteger(), event->value("serial"_L1).toInteger());
    QCOMPARE(
        event->value("epoch"_L1).toInteger(), ana.frames.first().value("epoch"_L1).toInteger());
}

void tst_PublishedDefects::oneIsToldOfOneself()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId ana = server.id(u"ana"_s);
    Peer first(Peer::Kind::Published);
    QVERIFY(first.open(server, u"ana"_s));
    QCOMPARE(first.frames.first().value("type"_L1).toString(), u"connected"_s);
    QVERIFY(first.waitForPresence(ana, true));
    // Also when the second device of the same browser changes nothing for anybody.
    Peer second(Peer::Kind::Published);
    QVERIFY(second.open(server, u"ana"_s));
    QVERIFY(second.waitForPresence(ana, true));
    // What one device wishes, the others know.
    second.say(net::mtchat::PresenceSetRequest{{IntentStatus::Invisible, {}, {}}});
    QVERIFY(first.waitFor([&ana](const QJsonObject &frame) {
        return Peer::isPresenceOf(frame, ana)
            && frame.value("intent"_L1).toObject().value("status"_L1) == u"invisible"_s;
    }));
}

void tst_PublishedDefects::afterAnOutageTheMissedChangesCome()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const QJsonObject hello = ana.frames.first();
    Peer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto seen = ana.waitForPresence(bao, true);
    QVERIFY(seen);
    ana.drop();
    QTRY_COMPARE(server.server().hub().linkCount(), 1);
    peer.socket->close();
    QVERIFY(peer.waitForClose());
    QTRY_COMPARE(server.server().hub().linkCount(), 0);

    Peer again;
    QVERIFY(again.open(server, u"ana"_s));
    again.say(net::mtchat::ResumeRequest{SessionId{hello.value("session_id"_L1).toString()},
        hello.value("epoch"_L1).toInteger(), seen->value("seq"_L1).toInteger()});
    QVERIFY(again.waitForPresence(bao, false));
    QVERIFY(again.waitForType(u"resumed"_s));
}

void tst_PublishedDefects::slowReaderHoldsUpNobody()
{
    TestServer server;
    server.options.listener.maxQueuedBytes = 65536;
    server.options.listener.maxMessageBytes = 65536;
    server.options.limits.frames = {100'000, Milliseconds{1}};
    server.options.limits.heartbeat = {100'000, Milliseconds{1}};
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    // Dan's client reads its handshake and then nothing more, with the smallest buffers it can have.
    QTcpSocket deaf;
    deaf.setReadBufferSize(1);
    deaf.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 1024);
    deaf.connectToHost(QHostAddress::LocalHost, server.server().port());
    QTRY_COMPARE(deaf.state(), QAbstractSocket::ConnectedState);
    deaf.write("GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
               "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
        + server.token(u"dan"_s).toLatin1() + "\r\n\r\n");
    QTRY_COMPARE(server.server().hub().linkCount(), 1);

    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    // Each of these goes to dan and to chi; dan takes none of them.
    Peer chi;
    QVERIFY(chi.open(server, u"chi"_s));
    const QString filler = QString(20'000, u'x');
    Message message;
    message.conversation = server.lunch();
    message.sender = server.id(u"ana"_s);
    message.content = filler;
    const QList<PersonKey> people{server.key(u"dan"_s), server.key(u"chi"_s)};
    int sent = 0;
    while (server.server().hub().linkCount() == 3 && sent < 2000) {
        server.server().hub().send(people, net::mtchat::MessageNewFrame{message, true});
        ++sent;
        QCoreApplication::processEvents();
    }
    QCOMPARE(server.server().hub().linkCount(), 2);
    QVERIFY(chi.settle());
    QCOMPARE(chi.countType(u"message.new"_s), sent);
}

void tst_PublishedDefects::everyConnectionSeesTheSameWorld()
{
    // One process holds everybody; a second one over the same data is refused (tst_Program), so
    // that people can never be split between two.
    TestServer server;
    QVERIFY(server.start());
    std::vector<std::unique_ptr<Peer>> peers;
    for (const QString &login : {u"ana"_s, u"bao"_s, u"chi"_s}) {
        peers.push_back(std::make_unique<Peer>());
        QVERIFY(peers.back()->open(server, login));
    }
    Rest rest(server);
    const QString path = u"/api/v1/presence?user_ids=ana-id,bao-id,chi-id"_s;
    for (const QString &login : {u"ana"_s, u"bao"_s, u"chi"_s}) {
        const QJsonArray rows
            = rest.get(path, server.token(login)).data().toObject().value("users"_L1).toArray();
        QCOMPARE(rows.size(), 3);
        for (const QJsonValue &row : rows)
            QVERIFY(row.toObject().value("is_online"_L1).toBool());
    }
}

void tst_PublishedDefects::newPeersHearOfEachOther()
{
    TestServer server;
    QVERIFY(server.start());
    Peer eve(Peer::Kind::Published);
    Peer chi(Peer::Kind::Published);
    QVERIFY(eve.open(server, u"eve"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    QVERIFY(eve.settle());
    QCOMPARE(eve.countPresence(server.id(u"chi"_s)), 0);
    // As the REST API does it when eve joins: net/server/api.
    NewParticipant participant;
    participant.person = server.key(u"eve"_s);
    QVERIFY(server.database()
                .conversations()
                .addParticipant(server.team(), participant, ConversationTable::UnreadAtJoin::None,
                    server.clock().wallNow())
                .has_value());
    const auto members = server.database().conversations().members(server.team());
    QVERIFY(members.has_value());
    server.server().broadcaster().participantJoined(
        server.team(), participant.person, server.id(u"eve"_s), *members);
    QVERIFY(chi.waitForType(u"participant.joined"_s));
    QVERIFY(chi.waitForPresence(server.id(u"eve"_s), true));
    QVERIFY(eve.waitForPresence(server.id(u"chi"_s), true));
    // And no longer, once eve has left.
    server.server().broadcaster().participantLeft(
        server.team(), participant.person, server.id(u"eve"_s), *members);
    const qsizetype from = eve.frames.size();
    chi.say(net::mtchat::PresenceSetRequest{{IntentStatus::Busy, {}, {}}});
    QVERIFY(chi.settle());
    QVERIFY(eve.settle());
    for (qsizetype i = from; i < eve.frames.size(); ++i)
        QVERIFY(!eve.frames.at(i).value("is_online"_L1).toBool());
}

void tst_PublishedDefects::awayBusyLastSeenAndDevicesAreSaid()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer pc;
    Peer phone;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(pc.open(server, u"bao"_s, u"pc"_s));
    const auto statusIs = [&](const QString &status) {
        return [&bao, status](const QJsonObject &frame) {
            return Peer::isPresenceOf(frame, bao) && frame.value("status"_L1).toString() == status;
        };
    };
    pc.say(net::mtchat::PingRequest{ActivityState::Idle, Milliseconds{6min}});
    const auto away = ana.waitFor(statusIs(u"away"_s));
    QVERIFY(away);
    QVERIFY(away->value("auto_away"_L1).toBool());
    QVERIFY(away->value("is_online"_L1).toBool());
    QVERIFY(phone.open(server, u"bao"_s, u"phone"_s));
    const auto online = ana.waitFor(statusIs(u"online"_s), ana.frames.indexOf(*away) + 1);
    QVERIFY(online);
    QCOMPARE(online->value("device_count"_L1).toInt(), 2);
    phone.say(net::mtchat::PresenceSetRequest{{IntentStatus::Busy, u"in a meeting"_s, {}}});
    const auto busy = ana.waitFor(statusIs(u"busy"_s));
    QVERIFY(busy);
    QCOMPARE(busy->value("custom_message"_L1).toString(), u"in a meeting"_s);
    phone.say(net::mtchat::GoodbyeRequest{});
    pc.say(net::mtchat::GoodbyeRequest{});
    const auto offline = ana.waitFor(statusIs(u"offline"_s));
    QVERIFY(offline);
    QVERIFY(recordOf(*offline).presence.lastSeen.has_value());
    QCOMPARE(offline->value("reason"_L1).toString(), u"manual"_s);
}

void tst_PublishedDefects::invisibleLooksLikeOffline()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    peer.say(net::mtchat::PresenceSetRequest{{IntentStatus::Invisible, {}, {}}});
    const auto hidden = ana.waitForPresence(bao, false);
    QVERIFY(hidden);
    QCOMPARE(hidden->value("reason"_L1).toString(), u"manual"_s);
    QVERIFY(!hidden->contains("device_count"_L1) || hidden->value("device_count"_L1).toInt() == 0);
    // Nothing that bao does afterwards reaches others.
    const qsizetype from = ana.frames.size();
    Peer second;
    QVERIFY(second.open(server, u"bao"_s, u"phone"_s));
    second.say(net::mtchat::TypingRequest{server.team()});
    second.say(net::mtchat::PingRequest{ActivityState::Idle, Milliseconds{6min}});
    QVERIFY(second.settle());
    second.say(net::mtchat::GoodbyeRequest{});
    second.socket->close();
    QVERIFY(second.waitForClose());
    QVERIFY(peer.settle());
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 0);
    QCOMPARE(ana.countType(u"typing"_s, from), 0);
    Rest rest(server);
    const RestReply row
        = rest.get(u"/api/v1/presence?user_ids="_s + bao.value, server.token(u"ana"_s));
    const auto record
        = recordOf(row.data().toObject().value("users"_L1).toArray().first().toObject());
    QCOMPARE(record.presence, recordOf(*hidden).presence);
}

QTEST_GUILESS_MAIN(tst_PublishedDefects)
#include "tst_publisheddefects.moc"
