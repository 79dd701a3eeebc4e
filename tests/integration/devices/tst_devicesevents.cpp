// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/devices/devicespeer.h"

#include <QElapsedTimer>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Chat = DevicesPeer::Chat;

void allowManyFrames(TestServer &server)
{
    server.options.limits.frames = {10'000, 1ms};
}

} // namespace

class tst_DevicesEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWrongTokenIsRefused_data();
    void aWrongTokenIsRefused();
    void aTellsOfComingAndGoing();
    void bTellsTheSameInItsWords();
    void undecidedSocketsAreToldInBoth();
    void theFirstWordsDecide();
    void whoIsBusyNeverLooksGreen();
    void statusAndMessageAreTold();
    void invisibleLooksExactlyLikeSigningOut();
    void ownDevicesAreToldButNotTheOneThatAsked();
    void strangersHearNothing();
    void newContactsAreTold();
    void aChangeForAHundredViewersIsEncodedOnce();
};

void tst_DevicesEvents::aWrongTokenIsRefused_data()
{
    QTest::addColumn<QJsonObject>("auth");
    QTest::newRow("nothing") << QJsonObject{};
    QTest::newRow("garbage") << QJsonObject{{u"token"_s, u"abc"_s}};
    QTest::newRow("a number") << QJsonObject{{u"token"_s, 1}};
    QTest::newRow("a long one") << QJsonObject{{u"token"_s, QString(8192, u'x')}};
}

void tst_DevicesEvents::aWrongTokenIsRefused()
{
    QFETCH(QJsonObject, auth);
    TestServer server;
    QVERIFY(server.start());
    SocketIoClient client;
    // Here a cookie is no token.
    QVERIFY(client.open(
        server.url(), {{"Cookie", "accessToken=" + server.token(u"ana"_s).toLatin1()}}));
    QVERIFY(!client.enter(Chat, auth));
    const auto refusal = client.refusal(Chat);
    QVERIFY(refusal);
    QCOMPARE(refusal->message, u"Invalid token"_s);
    QCOMPARE(refusal->data->toObject(), (QJsonObject{{u"code"_s, u"UNAUTHORIZED"_s}}));
    QVERIFY(client.isOpen());
    QCOMPARE(server.server().presence().ledger().leaseCount(), 0);
}

void tst_DevicesEvents::aTellsOfComingAndGoing()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    const qint64 now = server.clock().wallNow().time_since_epoch().count();
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s, u"phone"_s));
    const auto came = ana.waitAbout(u"user_online"_s, bao);
    QVERIFY(came);
    QCOMPARE(came->payload.value("status"_L1).toString(), u"online"_s);
    QCOMPARE(came->payload.value("lastSeen"_L1).toInteger(), now);
    QCOMPARE(came->payload.value("deviceCount"_L1).toInt(), 1);
    const QJsonObject device = came->payload.value("devices"_L1).toArray().first().toObject();
    QCOMPARE(device.value("deviceType"_L1).toString(), u"web"_s);
    QCOMPARE(device.value("connectedAt"_L1).toInteger(), now);
    QVERIFY(!device.value("socketId"_L1).toString().isEmpty());
    QCOMPARE(device.size(), 3); // neither address nor user agent
    server.advance(2s);
    peer.close();
    const auto left = ana.waitAbout(u"user_offline"_s, bao);
    QVERIFY(left);
    QCOMPARE(left->payload.value("offlineReason"_L1).toString(), u"disconnected"_s);
    QCOMPARE(left->payload.value("lastSeen"_L1).toInteger(), now + 2000);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countAbout(bao), 2);
}

void tst_DevicesEvents::bTellsTheSameInItsWords()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"B"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto came = ana.waitAbout(u"contact_presence_update"_s, bao);
    QVERIFY(came);
    QCOMPARE(came->payload.value("status"_L1).toString(), u"online"_s);
    QVERIFY(!came->payload.contains("deviceCount"_L1));
    peer.wish(u"away"_s, u"lunch"_s);
    const auto away = ana.waitAbout(u"contact_presence_update"_s, bao, 1);
    QVERIFY(away);
    QCOMPARE(away->payload.value("statusMessage"_L1).toString(), u"lunch"_s);
    peer.close();
    const auto left = ana.waitAbout(u"contact_presence_update"_s, bao, 2);
    QVERIFY(left);
    QCOMPARE(left->payload.value("status"_L1).toString(), u"offline"_s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.countAbout(bao), 3);
}

void tst_DevicesEvents::undecidedSocketsAreToldInBoth()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitAbout(u"user_online"_s, bao));
    QVERIFY(ana.waitAbout(u"contact_presence_update"_s, bao));
    const QJsonObject answer = ana.ask(u"get_user_presence"_s, {{u"userId"_s, bao}});
    QCOMPARE(answer.value("deviceCount"_L1).toInt(), 1);
    QVERIFY(ana.waitAbout(u"presence_status_response"_s, bao));
    QVERIFY(ana.waitAbout(u"user_presence_response"_s, bao));
}

void tst_DevicesEvents::theFirstWordsDecide()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer a;
    DevicesPeer b;
    QVERIFY(a.open(server, u"ana"_s, u"a"_s));
    QVERIFY(b.open(server, u"ana"_s, u"b"_s));
    a.beat();
    b.say(u"heartbeat"_s, {{u"deviceId"_s, u"ana-b"_s}, {u"timestamp"_s, 1}});
    const auto ack = b.waitForEvent(u"heartbeat_ack"_s);
    QVERIFY(ack);
    QCOMPARE(ack->payload.value("status"_L1).toString(), u"alive"_s);
    QVERIFY(a.settle());
    const qsizetype fromA = a.events.size();
    const qsizetype fromB = b.events.size();
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(a.waitAbout(u"user_online"_s, bao, fromA));
    QVERIFY(b.waitAbout(u"contact_presence_update"_s, bao, fromB));
    QVERIFY(a.settle());
    QVERIFY(b.settle());
    QCOMPARE(a.count(u"contact_presence_update"_s, fromA), 0);
    QCOMPARE(b.count(u"user_online"_s, fromB), 0);
}

void tst_DevicesEvents::whoIsBusyNeverLooksGreen()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    QVERIFY(
        server.server().hub().setIntent(server.key(u"bao"_s), {IntentStatus::Busy, u"exam"_s, {}}));
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto came = ana.waitAbout(u"user_online"_s, bao);
    QVERIFY(came);
    QCOMPARE(came->payload.value("status"_L1).toString(), u"busy"_s);
    const auto said = ana.waitAbout(u"user_status_changed"_s, bao);
    QVERIFY(said);
    QCOMPARE(said->payload.value("status"_L1).toString(), u"busy"_s);
    QCOMPARE(said->payload.value("customMessage"_L1).toString(), u"exam"_s);
}

void tst_DevicesEvents::statusAndMessageAreTold()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitAbout(u"user_online"_s, bao));
    const auto statusAfter = [&](const QString &status, const QString &message) {
        const qsizetype from = ana.events.size();
        peer.wish(status, message);
        const auto heard = ana.waitAbout(u"user_status_changed"_s, bao, from);
        return heard ? heard->payload : QJsonObject();
    };
    QJsonObject heard = statusAfter(u"busy"_s, u"In a\u202e call"_s);
    QCOMPARE(heard.value("status"_L1).toString(), u"busy"_s);
    QCOMPARE(heard.value("customMessage"_L1).toString(), u"In a call"_s);
    QVERIFY(heard.value("timestamp"_L1).toInteger() > 0);
    heard = statusAfter(u"away"_s, {});
    QCOMPARE(heard.value("status"_L1).toString(), u"away"_s);
    QVERIFY(!heard.contains("customMessage"_L1));
    heard = statusAfter(u"online"_s, {});
    QCOMPARE(heard.value("status"_L1).toString(), u"online"_s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_online"_s), 1);
    QCOMPARE(ana.count(u"user_offline"_s), 0);
}

void tst_DevicesEvents::invisibleLooksExactlyLikeSigningOut()
{
    using Leave = std::function<void(TestServer &, DevicesPeer &)>;
    //! All that ana can learn of bao, who leaves by \a leave.
    const auto learnt = [](const Leave &leave) {
        TestServer server(ServerTime::Manual);
        QJsonArray all;
        if (!server.start())
            return all;
        const QString bao = objectId(server, u"bao"_s);
        DevicesPeer ana(u"A"_s);
        DevicesPeer peer(u"A"_s);
        if (!ana.open(server, u"ana"_s) || !peer.open(server, u"bao"_s)
            || !ana.waitAbout(u"user_online"_s, bao))
            return all;
        server.advance(2s);
        leave(server, peer);
        ana.waitAbout(u"user_offline"_s, bao);
        server.advance(2s);
        if (peer.isIn(Chat)) {
            peer.beat(); // lives on, and nobody hears of it
            peer.settle();
        }
        all.append(ana.ask(u"get_user_presence"_s, {{u"userId"_s, bao}}));
        all.append(ana.ask(u"check_users_presence"_s, {{u"userIds"_s, QJsonArray{bao}}}));
        ana.settle();
        for (qsizetype i = 1; i < ana.events.size(); ++i)
            all.append(QJsonArray{ana.events.at(i).name, ana.events.at(i).payload});
        const QByteArray text = QJsonDocument(all).toJson();
        return QJsonDocument::fromJson(QByteArray(text).replace(bao.toLatin1(), "bao")).array();
    };
    const QJsonArray hidden
        = learnt([](TestServer &, DevicesPeer &peer) { peer.wish(u"offline"_s, u"secret"_s); });
    const QJsonArray signedOut = learnt([](TestServer &server, DevicesPeer &) {
        Rest(server).remove(u"/api/v1/sessions/current"_s, server.token(u"bao"_s));
    });
    QCOMPARE(hidden, signedOut);
    const QJsonObject left = hidden.at(2).toArray().last().toObject();
    QCOMPARE(left.value("offlineReason"_L1).toString(), u"manual"_s);
    QCOMPARE(hidden.at(0).toObject().value("deviceCount"_L1).toInt(-1), 0);
    QVERIFY(!hidden.at(0).toObject().contains("devices"_L1));
}

void tst_DevicesEvents::ownDevicesAreToldButNotTheOneThatAsked()
{
    TestServer server;
    QVERIFY(server.start());
    const QString ana = objectId(server, u"ana"_s);
    DevicesPeer pc(u"A"_s);
    DevicesPeer phone(u"A"_s);
    DevicesPeer tablet(u"B"_s);
    QVERIFY(pc.open(server, u"ana"_s, u"pc"_s));
    QVERIFY(phone.open(server, u"ana"_s, u"phone"_s));
    QVERIFY(tablet.open(server, u"ana"_s, u"tablet"_s));
    pc.wish(u"offline"_s, u"hidden"_s);
    const auto told = phone.waitAbout(u"user_status_changed"_s, ana);
    QVERIFY(told);
    QCOMPARE(told->payload.value("status"_L1).toString(), u"offline"_s);
    QVERIFY(tablet.waitAbout(u"contact_presence_update"_s, ana));
    QVERIFY(pc.settle());
    QCOMPARE(pc.countAbout(ana), 0);
    // A wish that comes from elsewhere is told to all of them.
    QVERIFY(server.server().hub().setIntent(server.key(u"ana"_s), {IntentStatus::Busy, {}, {}}));
    QVERIFY(pc.waitAbout(u"user_status_changed"_s, ana));
}

void tst_DevicesEvents::strangersHearNothing()
{
    TestServer server;
    QVERIFY(server.start());
    DevicesPeer eve;
    QVERIFY(eve.open(server, u"eve"_s));
    DevicesPeer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    bao.wish(u"busy"_s, u"secret"_s);
    QVERIFY(bao.settle());
    QVERIFY(eve.settle());
    QVERIFY(eve.events.isEmpty());
}

void tst_DevicesEvents::newContactsAreTold()
{
    TestServer server;
    QVERIFY(server.start());
    DevicesPeer eve(u"A"_s);
    DevicesPeer dan(u"A"_s);
    QVERIFY(eve.open(server, u"eve"_s));
    QVERIFY(dan.open(server, u"dan"_s));
    Rest rest(server);
    const RestReply started = rest.post(u"/api/v1/dialogs"_s,
        {{u"participants"_s, QJsonArray{u"dan-id"_s}}}, server.token(u"eve"_s));
    QVERIFY2(started.status == 200 || started.status == 201, started.body.constData());
    QVERIFY(eve.waitAbout(u"user_online"_s, objectId(server, u"dan"_s)));
    QVERIFY(dan.waitAbout(u"user_online"_s, objectId(server, u"eve"_s)));
}

void tst_DevicesEvents::aChangeForAHundredViewersIsEncodedOnce()
{
    TestServer server;
    allowManyFrames(server);
    server.options.limits.devicesPerUser = 1000;
    QVERIFY(server.start());
    const PersonKey bao = server.key(u"bao"_s);
    constexpr int Viewers = 100;
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    const auto timeOf = [&](int rounds) {
        QElapsedTimer timer;
        timer.start();
        for (int round = 0; round < rounds; ++round) {
            const IntentStatus status = round % 2 ? IntentStatus::Auto : IntentStatus::Busy;
            if (!server.server().hub().setIntent(bao, {status, {}, {}}))
                return -1.0;
        }
        return double(timer.nsecsElapsed()) / rounds / 1000;
    };
    constexpr int Rounds = 20;
    const double alone = timeOf(Rounds);
    std::vector<std::unique_ptr<DevicesPeer>> viewers;
    for (int i = 0; i < Viewers; ++i) {
        viewers.push_back(std::make_unique<DevicesPeer>(i % 2 ? u"A"_s : u"B"_s));
        QVERIFY(viewers.back()->open(server, u"ana"_s, u"tab"_s));
    }
    const double many = timeOf(Rounds);
    QVERIFY(alone >= 0 && many >= 0);
    for (const auto &viewer : viewers)
        QVERIFY(viewer->settle());
    const QString user = objectId(server, u"bao"_s);
    for (const auto &viewer : viewers)
        QCOMPARE(viewer->countAbout(user), Rounds);
    qInfo(
        "devices: a change takes %.0f us for nobody, %.0f us for %d sockets", alone, many, Viewers);
}

QTEST_GUILESS_MAIN(tst_DevicesEvents)
#include "tst_devicesevents.moc"
