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

QJsonObject usersOf(const QJsonArray &ids)
{
    return {{u"userIds"_s, ids}};
}

} // namespace

class tst_DevicesQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyAreAnsweredInOrderWithTheRequestId();
    void strangersHiddenPeopleAndNobodyLookTheSame();
    void theBulkOfBLeavesOutWhomOneMayNotSee();
    void devicesAreToldInFullToOneselfAlone();
    void devicesAppearUnderNewNames();
    void questionsAreBounded();
    void whatIsNotKnownYetIsLeftOutAndToldLater();
    void malformedEventsAreAnsweredAndChangeNothing_data();
    void malformedEventsAreAnsweredAndChangeNothing();
    void wishesAreLimited();
    void aHeartbeatSaysWhatTheDeviceIs();
    void aBulkQuestionAboutFiftyIsFast();
};

void tst_DevicesQueries::manyAreAnsweredInOrderWithTheRequestId()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    const QString chi = objectId(server, u"chi"_s);
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    peer.wish(u"busy"_s, u"exam"_s);
    QVERIFY(peer.settle());
    QJsonObject question = usersOf({chi, bao, chi});
    question.insert(u"requestId"_s, u"r-7"_s);
    const QJsonObject answer = ana.ask(u"check_users_presence"_s, question);
    QCOMPARE(answer.value("requestId"_L1).toString(), u"r-7"_s);
    QCOMPARE(answer.value("timestamp"_L1).toInteger(),
        server.clock().wallNow().time_since_epoch().count());
    const QJsonArray users = answer.value("users"_L1).toArray();
    QCOMPARE(users.size(), 3);
    QCOMPARE(users.at(0), users.at(2));
    QCOMPARE(users.at(0).toObject().value("status"_L1).toString(), u"offline"_s);
    const QJsonObject busy = users.at(1).toObject();
    QCOMPARE(busy.value("userId"_L1).toString(), bao);
    QCOMPARE(busy.value("status"_L1).toString(), u"busy"_s);
    QCOMPARE(busy.value("customMessage"_L1).toString(), u"exam"_s);
    QCOMPARE(busy.value("deviceCount"_L1).toInt(), 1);
    QCOMPARE(ana.waitForEvent(u"presence_status_response"_s)->payload, answer);
}

void tst_DevicesQueries::strangersHiddenPeopleAndNobodyLookTheSame()
{
    TestServer server;
    QVERIFY(server.start());
    DevicesPeer ana(u"A"_s);
    DevicesPeer eve; // shares nothing with ana, and is there
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(eve.open(server, u"eve"_s));
    const QStringList ids{objectId(server, u"eve"_s), u"65a1b2c3d4e5f60718293a4b"_s, u"eve-id"_s,
        u"eve"_s, QString(255, u'x'), u"' OR 1=1 --"_s, QString(QChar(u'\u202e'))};
    for (const QString &id : ids) {
        QCOMPARE(ana.ask(u"get_user_presence"_s, {{u"userId"_s, id}}),
            (QJsonObject{{u"userId"_s, id}, {u"status"_s, u"offline"_s}, {u"lastSeen"_s, 0},
                {u"deviceCount"_s, 0}}));
    }
    const QJsonArray rows
        = ana.ask(u"check_users_presence"_s, usersOf(QJsonArray::fromStringList(ids)))
              .value("users"_L1)
              .toArray();
    QCOMPARE(rows.size(), ids.size());
    for (const QJsonValue &row : rows) {
        QCOMPARE(row.toObject().value("status"_L1).toString(), u"offline"_s);
        QCOMPARE(row.toObject().value("lastSeen"_L1).toInteger(-1), 0);
    }
}

void tst_DevicesQueries::theBulkOfBLeavesOutWhomOneMayNotSee()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    const QString chi = objectId(server, u"chi"_s);
    DevicesPeer ana;
    DevicesPeer peer;
    DevicesPeer eve;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(eve.open(server, u"eve"_s));
    const QJsonObject answer = ana.ask(u"get_bulk_presence"_s,
        usersOf({objectId(server, u"eve"_s), chi, u"nobody"_s, bao, objectId(server, u"ana"_s)}));
    QCOMPARE(answer.value("onlineCount"_L1).toInt(), 2);
    const QJsonArray rows = answer.value("presences"_L1).toArray();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.at(0).toObject().value("userId"_L1).toString(), chi);
    QCOMPARE(rows.at(0).toObject().value("status"_L1).toString(), u"offline"_s);
    QCOMPARE(rows.at(1).toObject().value("userId"_L1).toString(), bao);
    QVERIFY(!rows.at(1).toObject().contains("deviceCount"_L1));
}

void tst_DevicesQueries::devicesAreToldInFullToOneselfAlone()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer(u"A"_s);
    Peer desktop; // of another dialect
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s, u"phone"_s));
    QVERIFY(desktop.open(server, u"bao"_s, u"pc"_s));
    peer.say(u"user_heartbeat"_s,
        {{u"timestamp"_s, 1},
            {u"deviceInfo"_s,
                QJsonObject{{u"type"_s, u"web"_s}, {u"os"_s, u"TestOS"_s},
                    {u"browser"_s, u"TestBrowser"_s}}}});
    const QJsonObject question{{u"userId"_s, bao}};
    const QJsonObject own = peer.ask(u"get_user_presence"_s, question);
    const QJsonObject seen = ana.ask(u"get_user_presence"_s, question);
    QCOMPARE(own.value("deviceCount"_L1).toInt(), 2);
    QCOMPARE(seen.value("deviceCount"_L1).toInt(), 2);
    const QJsonArray ownDevices = own.value("devices"_L1).toArray();
    const QJsonArray seenDevices = seen.value("devices"_L1).toArray();
    QCOMPARE(ownDevices.size(), 2);
    QCOMPARE(seenDevices.size(), 2);
    const QJsonObject full = ownDevices.first().toObject();
    QCOMPARE(full.value("os"_L1).toString(), u"TestOS"_s);
    QCOMPARE(full.value("ipAddress"_L1).toString(), u"127.0.0.1"_s);
    QCOMPARE(full.value("userAgent"_L1).toString(), u"TestBrowser/1"_s);
    QVERIFY(full.value("lastHeartbeat"_L1).toInteger() > 0);
    for (const QJsonValue &device : seenDevices)
        QCOMPARE(device.toObject().keys(),
            (QStringList{u"connectedAt"_s, u"deviceType"_s, u"socketId"_s}));
    QCOMPARE(seenDevices.first().toObject().value("socketId"_L1), full.value("socketId"_L1));
    const QByteArray all = QJsonDocument(seen).toJson();
    QVERIFY(!all.contains("bao-phone"));
    QVERIFY(!all.contains("127.0.0.1"));
    // Invisible is "offline" to oneself here, and one's devices are still one's own.
    peer.wish(u"offline"_s);
    QVERIFY(peer.settle());
    const QJsonObject hidden = peer.ask(u"get_user_presence"_s, question);
    QCOMPARE(hidden.value("status"_L1).toString(), u"offline"_s);
    QCOMPARE(hidden.value("devices"_L1).toArray().size(), 2);
}

void tst_DevicesQueries::devicesAppearUnderNewNames()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    const auto seen = [&] {
        return ana.ask(u"get_user_presence"_s, {{u"userId"_s, bao}})
            .value("devices"_L1)
            .toArray()
            .first()
            .toObject();
    };
    const QJsonObject before = seen();
    peer.wish(u"offline"_s);
    QVERIFY(peer.settle());
    server.advance(5s);
    peer.wish(u"online"_s);
    QVERIFY(peer.settle());
    const QJsonObject after = seen();
    QVERIFY(before.value("socketId"_L1) != after.value("socketId"_L1));
    QCOMPARE(after.value("connectedAt"_L1).toInteger(),
        before.value("connectedAt"_L1).toInteger() + 5000);
    QCOMPARE(seen(), after);
}

void tst_DevicesQueries::questionsAreBounded()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.presenceQuery = {3, 2s};
    QVERIFY(server.start());
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QJsonArray ids;
    for (int i = 0; i < 500; ++i)
        ids.append(u"nobody-%1"_s.arg(i));
    const auto codeOf = [&ana](const QJsonArray &asked) {
        return ana.ask(u"check_users_presence"_s, usersOf(asked)).value("code"_L1).toString();
    };
    QCOMPARE(codeOf(ids), QString());
    ids.append(u"one-more"_s);
    QCOMPARE(codeOf(ids), u"INVALID_PAYLOAD"_s);
    QCOMPARE(codeOf({}), QString());
    QCOMPARE(codeOf({}), QString());
    QCOMPARE(codeOf({}), u"RATE_LIMITED"_s);
    server.advance(2s);
    QCOMPARE(codeOf({}), QString());
    QVERIFY(ana.isIn(Chat));
}

void tst_DevicesQueries::whatIsNotKnownYetIsLeftOutAndToldLater()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.frames = {10'000, 1ms};
    server.options.presence.holdBack = 45s;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    const QString chi = objectId(server, u"chi"_s);
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    const QJsonArray rows
        = ana.ask(u"check_users_presence"_s, usersOf({bao, chi, objectId(server, u"eve"_s)}))
              .value("users"_L1)
              .toArray();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().toObject().value("userId"_L1).toString(), bao);
    server.advanceSlowly(45s);
    QVERIFY(ana.waitAbout(u"user_offline"_s, chi));
}

void tst_DevicesQueries::malformedEventsAreAnsweredAndChangeNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonArray>("arguments");
    const auto row = [](const char *title, const QString &name, const QJsonArray &arguments) {
        QTest::newRow(title) << name << arguments;
    };
    row("a heartbeat of text", u"user_heartbeat"_s, {u"x"_s});
    row("a heartbeat of another device type", u"user_heartbeat"_s,
        {QJsonObject{{u"deviceInfo"_s, 7}}});
    row("B's heartbeat of text", u"heartbeat"_s, {QJsonObject{{u"timestamp"_s, u"x"_s}}});
    row("nobody", u"check_users_presence"_s, {QJsonObject{}});
    row("a text for a list", u"check_users_presence"_s, {QJsonObject{{u"userIds"_s, u"ana"_s}}});
    row("numbers", u"get_bulk_presence"_s, {usersOf({1, 2})});
    row("no one", u"get_user_presence"_s, {});
    row("nothing wished", u"update_presence"_s, {QJsonObject{}});
    row("a status of nobody", u"update_presence"_s, {QJsonObject{{u"status"_s, u"dnd"_s}}});
    row("a long text", u"update_presence"_s,
        {QJsonObject{{u"status"_s, u"busy"_s}, {u"statusMessage"_s, QString(141, u'x')}}});
}

void tst_DevicesQueries::malformedEventsAreAnsweredAndChangeNothing()
{
    QFETCH(QString, name);
    QFETCH(QJsonArray, arguments);
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    DevicesPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const auto before = server.server().explain(server.key(u"ana"_s));
    server.advance(1s);
    const auto answer = ana.askIn(Chat, name, arguments);
    QVERIFY(answer);
    QCOMPARE(answer->first().toObject().value("code"_L1).toString(), u"INVALID_PAYLOAD"_s);
    QCOMPARE(ana.count(u"error"_s), 1);
    const auto after = server.server().explain(server.key(u"ana"_s));
    QCOMPARE(after.own, before.own);
    QCOMPARE(after.devices.front().lastHeartbeat, before.devices.front().lastHeartbeat);
    QVERIFY(ana.settle());
}

void tst_DevicesQueries::wishesAreLimited()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.intent = {2, 6s};
    QVERIFY(server.start());
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    ana.wish(u"busy"_s);
    ana.wish(u"away"_s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"error"_s), 0);
    ana.wish(u"offline"_s);
    const auto refused = ana.waitForEvent(u"error"_s);
    QVERIFY(refused);
    QCOMPARE(refused->payload.value("code"_L1).toString(), u"RATE_LIMITED"_s);
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).status, Status::Away);
}

void tst_DevicesQueries::aHeartbeatSaysWhatTheDeviceIs()
{
    TestServer server;
    QVERIFY(server.start());
    const PersonKey ana = server.key(u"ana"_s);
    DevicesPeer peer;
    QVERIFY(peer.SocketIoClient::open(server.url()));
    QVERIFY(peer.enter(
        Chat, QJsonObject{{u"token"_s, server.token(u"ana"_s)}, {u"deviceId"_s, u"a phone"_s}}));
    QCOMPARE(server.server().presence().ledger().view(ana).deviceTypes,
        DeviceTypes(DeviceType::Unknown));
    peer.say(u"user_heartbeat"_s,
        {{u"deviceInfo"_s, QJsonObject{{u"type"_s, u"mobile"_s}, {u"os"_s, u"TestOS"_s}}}});
    QVERIFY(peer.settle());
    const Presence seen = server.server().presence().ledger().view(ana);
    QCOMPARE(seen.deviceTypes, DeviceTypes(DeviceType::Mobile));
    QCOMPARE(seen.deviceCount, 1);
}

void tst_DevicesQueries::aBulkQuestionAboutFiftyIsFast()
{
    TestServer server;
    server.options.limits.frames = {10'000, 1ms};
    server.options.limits.presenceQuery = {10'000, 1ms};
    QVERIFY(server.start());
    QJsonArray ids;
    QList<PersonKey> people{server.key(u"ana"_s)};
    for (int i = 0; i < 50; ++i) {
        NewPerson person;
        person.displayName = u"Crowd %1"_s.arg(i);
        const auto made = server.database().people().add(person, server.clock().wallNow());
        QVERIFY(made);
        people.append(made->key);
        ids.append(made->ids.objectId);
        server.server().presence().graph().addContact(people.first(), made->key);
    }
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QCOMPARE(
        ana.ask(u"check_users_presence"_s, usersOf(ids)).value("users"_L1).toArray().size(), 50);
    const QString question = QString::fromUtf8(net::socketio::encodeMessage(
        net::socketio::EventPacket{Chat, {}, u"check_users_presence"_s, {usersOf(ids)}, 0}));
    ana.isDeaf = true;
    constexpr int Rounds = 500;
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; round < Rounds; ++round)
        ana.sendRaw(question);
    QVERIFY(ana.settle());
    const double each = double(timer.nsecsElapsed()) / Rounds / 1e6;
    qInfo("devices: a question about 50 people takes %.2f ms, the sockets included", each);
    if (qEnvironmentVariableIsSet("PRESENTLY_FULL"))
        QVERIFY2(each < 1, "a question about 50 people must take less than a millisecond");
}

QTEST_GUILESS_MAIN(tst_DevicesQueries)
#include "tst_devicesqueries.moc"
