// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_Presence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectedIsFirstAndCarriesTheTerms();
    void snapshotComesInPartsOfWhichOnlyTheLastIsComplete();
    void noSnapshotIsCompleteWhileOfflineIsHeldBack();
    void watchingNobodyInParticularGivesEverybodyVisible();
    void strangersAndPeopleWhoDoNotExistLookTheSame();
    void strangersHearNothing();
    void typingReachesTheOthersOnlyAndNotTooOften();
    void clientThatStartsHiddenNeverFlashesGreen();
    void goodbyeHasNoGrace();
    void cleanCloseIsHeldForItsGrace();
    void timedStatusGivesWayToTheOneBefore();
    void whyNamesTheRuleAndTheDevices();
    void lastSeenCanBeHidden();
    void manyQuestionsAreRefused();
};

void tst_Presence::connectedIsFirstAndCarriesTheTerms()
{
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const QJsonObject hello = ana.frames.first();
    QCOMPARE(hello.value("type"_L1).toString(), u"connected"_s);
    QVERIFY(!hello.value("session_id"_L1).toString().isEmpty());
    QCOMPARE(hello.value("epoch"_L1).toInteger(), server.server().presence().ledger().epoch());
    QCOMPARE(hello.value("seq"_L1).toInteger(-1), 0);
    const QJsonObject heartbeat = hello.value("heartbeat"_L1).toObject();
    QCOMPARE(heartbeat.value("interval_ms"_L1).toInt(), 30'000);
    QCOMPARE(heartbeat.value("lease_ms"_L1).toInt(), 60'000);
    QCOMPARE(hello.value("resume_window_ms"_L1).toInt(), 600'000);
    QVERIFY(hello.value("features"_L1).toArray().contains(u"resume"_s));
}

void tst_Presence::snapshotComesInPartsOfWhichOnlyTheLastIsComplete()
{
    TestServer server;
    server.options.presence.snapshotPart = 2;
    QVERIFY(server.start());
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(server.id(u"bao"_s), true));
    const qsizetype from = ana.frames.size();
    ana.say(net::mtchat::PresenceWatchRequest{
        {server.id(u"bao"_s), server.id(u"chi"_s), server.id(u"dan"_s)}});
    QVERIFY(ana.waitFor(
        [](const QJsonObject &frame) { return frame.value("complete"_L1).toBool(); }, from));
    QList<QJsonObject> parts;
    for (const QJsonObject &frame : std::as_const(ana.frames)) {
        if (Peer::isType(frame, u"presence.snapshot"_s))
            parts.append(frame);
    }
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0).value("users"_L1).toArray().size(), 2);
    QVERIFY(!parts.at(0).value("complete"_L1).toBool(true));
    QCOMPARE(parts.at(1).value("users"_L1).toArray().size(), 1);
    const QJsonObject row = parts.at(0).value("users"_L1).toArray().first().toObject();
    QVERIFY(row.value("is_online"_L1).toBool());
    QVERIFY(row.contains("serial"_L1));
}

void tst_Presence::noSnapshotIsCompleteWhileOfflineIsHeldBack()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.holdBack = 45s;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const auto snapshot = [&] {
        const qsizetype from = ana.frames.size();
        ana.say(net::mtchat::PresenceWatchRequest{{server.id(u"bao"_s)}});
        return ana.waitForType(u"presence.snapshot"_s, from).value_or(QJsonObject{});
    };
    QJsonObject early = snapshot();
    QVERIFY(!early.value("complete"_L1).toBool(true));
    QVERIFY(early.value("users"_L1).toArray().isEmpty());
    server.advanceSlowly(45s);
    QJsonObject late = snapshot();
    QVERIFY(late.value("complete"_L1).toBool());
    QCOMPARE(late.value("users"_L1).toArray().size(), 1);
}

void tst_Presence::watchingNobodyInParticularGivesEverybodyVisible()
{
    TestServer server;
    QVERIFY(server.start());
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    ana.say(net::mtchat::PresenceWatchRequest{});
    const auto snapshot = ana.waitForType(u"presence.snapshot"_s);
    QVERIFY(snapshot);
    QStringList ids;
    for (const QJsonValue &row : snapshot->value("users"_L1).toArray())
        ids.append(row.toObject().value("user_id"_L1).toString());
    ids.sort();
    QCOMPARE(ids, (QStringList{u"bao-id"_s, u"chi-id"_s, u"dan-id"_s}));
}

void tst_Presence::strangersAndPeopleWhoDoNotExistLookTheSame()
{
    TestServer server;
    QVERIFY(server.start());
    Peer eve;
    QVERIFY(eve.open(server, u"eve"_s));
    Peer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    Rest rest(server);
    const QString token = server.token(u"ana"_s);
    const QByteArray stranger = rest.get(u"/api/v1/presence?user_ids=eve-id"_s, token).body;
    const QByteArray nobody = rest.get(u"/api/v1/presence?user_ids=xyz-id"_s, token).body;
    QCOMPARE(QByteArray(stranger).replace("eve-id", "xyz-id"), nobody);
    QVERIFY(stranger.contains("\"is_online\":false"));
    const QJsonObject row = QJsonDocument::fromJson(stranger)
                                .object()
                                .value("data"_L1)
                                .toObject()
                                .value("users"_L1)
                                .toArray()
                                .first()
                                .toObject();
    QVERIFY(row.value("last_seen"_L1).toString().isEmpty());
}

void tst_Presence::strangersHearNothing()
{
    TestServer server;
    QVERIFY(server.start());
    Peer eve;
    QVERIFY(eve.open(server, u"eve"_s));
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    eve.say(net::mtchat::PresenceWatchRequest{{server.id(u"ana"_s), server.id(u"bao"_s)}});
    QVERIFY(eve.waitForType(u"presence.snapshot"_s));
    const qsizetype from = eve.frames.size();
    bao.say(net::mtchat::PresenceSetRequest{{IntentStatus::Busy, u"secret"_s, {}}});
    bao.say(net::mtchat::TypingRequest{server.team()});
    QVERIFY(ana.waitForType(u"typing"_s));
    QVERIFY(eve.settle());
    QCOMPARE(eve.frames.size(), from + 1); // the pong
    // Typing into a conversation that one is not in reaches nobody either.
    const qsizetype before = ana.frames.size();
    eve.say(net::mtchat::TypingRequest{server.team()});
    QVERIFY(eve.settle());
    QVERIFY(ana.settle());
    QCOMPARE(ana.countType(u"typing"_s, before), 0);
}

void tst_Presence::typingReachesTheOthersOnlyAndNotTooOften()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    for (int key = 0; key < 5; ++key)
        bao.say(net::mtchat::TypingRequest{server.team()});
    QVERIFY(bao.settle());
    QVERIFY(ana.settle());
    QCOMPARE(ana.countType(u"typing"_s), 1);
    QCOMPARE(bao.countType(u"typing"_s), 0);
    server.advance(3s);
    bao.say(net::mtchat::TypingRequest{server.team()});
    QVERIFY(bao.settle());
    QVERIFY(ana.settle());
    QCOMPARE(ana.countType(u"typing"_s), 2);
}

void tst_Presence::clientThatStartsHiddenNeverFlashesGreen()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer hidden;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(hidden.open(server, u"bao"_s, u"pc"_s, "hidden"));
    const auto first = ana.waitForPresence(bao, true);
    QVERIFY(first);
    QCOMPARE(first->value("status"_L1).toString(), u"away"_s);
    hidden.say(net::mtchat::PingRequest{ActivityState::Active, {}});
    QVERIFY(ana.waitFor([&bao](const QJsonObject &frame) {
        return Peer::isPresenceOf(frame, bao) && frame.value("status"_L1).toString() == u"online"_s;
    }));
}

void tst_Presence::goodbyeHasNoGrace()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.graceClean = 3s;
    server.options.presence.graceLost = 10s;
    QVERIFY(server.start());
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    bao.say(net::mtchat::GoodbyeRequest{});
    const auto gone = ana.waitForPresence(server.id(u"bao"_s), false);
    QVERIFY(gone);
    QCOMPARE(gone->value("reason"_L1).toString(), u"manual"_s);
}

void tst_Presence::cleanCloseIsHeldForItsGrace()
{
    TestServer server(ServerTime::Manual);
    server.options.presence.graceClean = 3s;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    const qsizetype from = ana.frames.size();
    peer.socket->close();
    QTRY_COMPARE(server.server().hub().linkCount(), 1);
    server.advance(2999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countPresence(bao, from), 0);
    server.advance(1ms);
    QVERIFY(ana.waitForPresence(bao, false, from));
}

void tst_Presence::timedStatusGivesWayToTheOneBefore()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Peer ana;
    Peer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    peer.say(net::mtchat::PresenceSetRequest{{IntentStatus::Away, u"lunch"_s, {}}});
    const auto statusIs = [&bao](const QString &status) {
        return [&bao, status](const QJsonObject &frame) {
            return Peer::isPresenceOf(frame, bao) && frame.value("status"_L1).toString() == status;
        };
    };
    QVERIFY(ana.waitFor(statusIs(u"away"_s)));
    peer.say(net::mtchat::PresenceSetRequest{
        {IntentStatus::Busy, u"call"_s, server.clock().wallNow() + 20s}});
    const auto busy = ana.waitFor(statusIs(u"busy"_s));
    QVERIFY(busy);
    QVERIFY(busy->contains("until"_L1));
    const qsizetype from = ana.frames.indexOf(*busy) + 1;
    server.advance(20s);
    const auto back = ana.waitFor(statusIs(u"away"_s), from);
    QVERIFY(back);
    QCOMPARE(back->value("custom_message"_L1).toString(), u"lunch"_s);
}

void tst_Presence::whyNamesTheRuleAndTheDevices()
{
    TestServer server;
    QVERIFY(server.start());
    Peer pc;
    QVERIFY(pc.open(server, u"ana"_s));
    Rest rest(server);
    const QString token = server.token(u"ana"_s);
    const RestReply set = rest.put(u"/api/v1/presence/me"_s,
        {{u"status"_s, u"busy"_s}, {u"custom_message"_s, u"reading"_s}}, token);
    QCOMPARE(set.status, 200);
    const auto why = net::mtchat::presenceWhyFromJson(
        rest.get(u"/api/v1/presence/me/why"_s, token).data().toObject());
    QVERIFY(why.has_value());
    QCOMPARE(why->rule, u"busy"_s);
    QCOMPARE(why->intent.customMessage, u"reading"_s);
    QCOMPARE(why->seenByOthers.presence.status, Status::Busy);
    QCOMPARE(why->devices.size(), 1);
    QCOMPARE(why->devices.first().name, u"pc"_s);
    QVERIFY(why->devices.first().isCurrent);
    const RestReply bad = rest.put(u"/api/v1/presence/me"_s, {{u"status"_s, u"sleepy"_s}}, token);
    QCOMPARE(bad.status, 422);
    const RestReply past = rest.put(u"/api/v1/presence/me"_s,
        {{u"status"_s, u"busy"_s}, {u"until"_s, u"2020-01-01T00:00:00.000Z"_s}}, token);
    QCOMPARE(past.status, 400);
}

void tst_Presence::lastSeenCanBeHidden()
{
    TestServer server;
    QVERIFY(server.start());
    const UserId bao = server.id(u"bao"_s);
    Rest rest(server);
    QCOMPARE(
        rest.put(u"/api/v1/presence/me"_s, {{u"last_seen"_s, u"hidden"_s}}, server.token(u"bao"_s))
            .status,
        200);
    Peer ana;
    Peer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForPresence(bao, true));
    peer.socket->close();
    const auto gone = ana.waitForPresence(bao, false);
    QVERIFY(gone);
    QVERIFY(!gone->contains("last_seen"_L1) || gone->value("last_seen"_L1).isNull());
}

void tst_Presence::manyQuestionsAreRefused()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.presenceQueryIds = 3;
    QVERIFY(server.start());
    Rest rest(server);
    const QString token = server.token(u"ana"_s);
    QCOMPARE(rest.get(u"/api/v1/presence?user_ids=a,b,c,d"_s, token).status, 400);
    QCOMPARE(rest.get(u"/api/v1/presence"_s, token).status, 400);
    int answered = 0;
    RestReply reply;
    do {
        reply = rest.get(u"/api/v1/presence?user_ids=a"_s, token);
        answered += reply.status == 200 ? 1 : 0;
    } while (reply.status == 200 && answered < 100);
    QCOMPARE(answered, 28); // 30 less the two above
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.retryAfter, QByteArray("2"));
    QCOMPARE(rest.get(u"/api/v1/presence?user_ids=a"_s, server.token(u"bao"_s)).status, 200);
}

QTEST_GUILESS_MAIN(tst_Presence)
#include "tst_presence.moc"
