// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The namespace `/`, which friends and devices share, and the sign-in of devices.

#include "net/server/presenceservice.h"
#include "tests/integration/devices/devicespeer.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Main = FriendsPeer::MainSpace;

} // namespace

class tst_MainSpace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstEventDecidesWhoseASocketIs_data();
    void theFirstEventDecidesWhoseASocketIs();
    void onlyTheVocabularyAIsServedHere();
    void changingHandsGoesUnnoticed();
    void bothNamespacesGoOverOneConnection();
    void signingInGivesATokenForTheDevice();
    void signingInWithNonsenseIsRefused_data();
    void signingInWithNonsenseIsRefused();
};

void tst_MainSpace::theFirstEventDecidesWhoseASocketIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("payload");
    QTest::addColumn<int>("dialect");
    const QJsonObject nothing;
    QTest::newRow("nothing") << QString() << nothing << int(Dialect::Friends);
    QTest::newRow("unknown") << u"wave"_s << nothing << int(Dialect::Friends);
    QTest::newRow("heartbeat") << u"heartbeat"_s << nothing << int(Dialect::Friends);
    QTest::newRow("user_heartbeat") << u"user_heartbeat"_s << nothing << int(Dialect::Devices);
    QTest::newRow("check_users_presence")
        << u"check_users_presence"_s << QJsonObject{{u"userIds"_s, QJsonArray{}}}
        << int(Dialect::Devices);
    QTest::newRow("get_user_presence")
        << u"get_user_presence"_s << QJsonObject{{u"userId"_s, u"x"_s}} << int(Dialect::Devices);
    QTest::newRow("malformed") << u"get_user_presence"_s << nothing << int(Dialect::Devices);
}

void tst_MainSpace::theFirstEventDecidesWhoseASocketIs()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, payload);
    QFETCH(int, dialect);
    TestServer server;
    QVERIFY(server.start());
    DevicesPeer ana(QString(), Main);
    QVERIFY(ana.open(server, u"ana"_s));
    if (!name.isEmpty())
        ana.say(name, payload);
    QVERIFY(ana.settle());
    const auto devices = server.server().explain(server.key(u"ana"_s)).devices;
    QCOMPARE(devices.size(), std::size_t(1));
    QCOMPARE(int(devices.front().dialect), dialect);
}

void tst_MainSpace::onlyTheVocabularyAIsServedHere()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(QString(), Main);
    QVERIFY(ana.open(server, u"ana"_s));
    ana.beat();
    ana.say(u"heartbeat"_s, {});
    ana.say(u"get_bulk_presence"_s, {{u"userIds"_s, QJsonArray{bao}}});
    QVERIFY(ana.settle());
    QVERIFY(ana.events.isEmpty());
    const QJsonObject answer = ana.ask(u"get_user_presence"_s, {{u"userId"_s, bao}});
    QCOMPARE(answer.value("status"_L1).toString(), u"offline"_s);
    QCOMPARE(ana.count(u"presence_status_response"_s), 1);
    QCOMPARE(ana.count(u"user_presence_response"_s), 0);
    DevicesPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitAbout(u"user_online"_s, bao));
    peer.wish(u"busy"_s);
    QVERIFY(ana.waitAbout(u"user_status_changed"_s, bao));
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"contact_presence_update"_s), 0);
    QCOMPARE(ana.count(u"friend_status_changed"_s), 0);
}

void tst_MainSpace::changingHandsGoesUnnoticed()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    DevicesPeer chi(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    DevicesPeer peer(QString(), Main);
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForStatus(bao, u"online"_s));
    QVERIFY(chi.waitAbout(u"user_online"_s, bao));
    peer.beat();
    QVERIFY(peer.settle());
    QVERIFY(ana.settle());
    QVERIFY(chi.settle());
    QCOMPARE(ana.countStatus(bao), 1);
    QCOMPARE(chi.countAbout(bao), 1);
    peer.close();
    QVERIFY(ana.waitForStatus(bao, u"offline"_s));
}

void tst_MainSpace::bothNamespacesGoOverOneConnection()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(ana.enter(Main, QJsonObject{{u"token"_s, server.token(u"ana"_s)}}));
    FriendsPeer peer;
    QVERIFY(peer.open(server, u"bao"_s));
    QVERIFY(ana.waitForEvent(u"friend_status_changed"_s));
    QVERIFY(ana.waitAbout(u"user_online"_s, bao));
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).deviceCount, 1);
    ana.leave(DevicesPeer::Chat);
    QVERIFY(ana.settleIn(Main));
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 2);
    QVERIFY(!ana.enter(u"/nowhere"_s));
    QCOMPARE(ana.refusal(u"/nowhere"_s)->message, u"Invalid namespace"_s);
}

void tst_MainSpace::signingInGivesATokenForTheDevice()
{
    TestServer server;
    QVERIFY(server.start());
    Rest rest(server);
    const QJsonObject device{{u"deviceId"_s, u"phone-1"_s}, {u"deviceType"_s, u"mobile"_s},
        {u"deviceName"_s, u"Phone"_s}, {u"platform"_s, u"android"_s}, {u"appVersion"_s, u"1"_s}};
    const RestReply reply = rest.post(u"/api/v1/auth/login"_s,
        {{u"phoneNumber"_s, u"ana"_s}, {u"password"_s, u"ana-password"_s},
            {u"deviceInfo"_s, device}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json().value("user"_L1).toObject().value("id"_L1).toString(),
        objectId(server, u"ana"_s));
    QCOMPARE(reply.json().value("device"_L1).toObject(), device);
    const QJsonObject tokens = reply.json().value("tokens"_L1).toObject();
    QVERIFY(tokens.value("expiresIn"_L1).toInt() > 800);
    QVERIFY(!tokens.value("refreshToken"_L1).toString().isEmpty());
    SocketIoClient client;
    QVERIFY(client.open(server.url()));
    QVERIFY(
        client.enter(DevicesPeer::Chat, QJsonObject{{u"token"_s, tokens.value("accessToken"_L1)}}));
    const auto devices = server.server().explain(server.key(u"ana"_s)).devices;
    QCOMPARE(devices.size(), std::size_t(1));
    QCOMPARE(devices.front().device.value, u"phone-1"_s);
    QCOMPARE(devices.front().type, DeviceType::Mobile);
    // Without a device one is made.
    const RestReply bare = rest.post(u"/api/v1/auth/login"_s,
        {{u"phoneNumber"_s, u"bao"_s}, {u"password"_s, u"bao-password"_s}});
    QCOMPARE(bare.status, 200);
    QVERIFY(!bare.json().value("device"_L1).toObject().value("deviceId"_L1).toString().isEmpty());
}

void tst_MainSpace::signingInWithNonsenseIsRefused_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("wrong password")
        << QJsonObject{{u"phoneNumber"_s, u"ana"_s}, {u"password"_s, u"x"_s}} << 401;
    QTest::newRow("nobody") << QJsonObject{{u"phoneNumber"_s, u"+849"_s}, {u"password"_s, u"x"_s}}
                            << 401;
    QTest::newRow("nothing") << QJsonObject{} << 400;
    QTest::newRow("a number") << QJsonObject{{u"phoneNumber"_s, 849}, {u"password"_s, u"x"_s}}
                              << 400;
    QTest::newRow("a bad device") << QJsonObject{{u"phoneNumber"_s, u"ana"_s},
        {u"password"_s, u"ana-password"_s},
        {u"deviceInfo"_s, QJsonObject{{u"deviceId"_s, QString(256, u'x')}}}}
                                  << 400;
}

void tst_MainSpace::signingInWithNonsenseIsRefused()
{
    QFETCH(QJsonObject, body);
    QFETCH(int, status);
    TestServer server;
    QVERIFY(server.start());
    Rest rest(server);
    const RestReply refused = rest.post(u"/api/v1/auth/login"_s, body);
    QCOMPARE(refused.status, status);
    QCOMPARE(refused.json().value("statusCode"_L1).toInt(), status);
    QVERIFY(!refused.json().value("message"_L1).toString().isEmpty());
    QVERIFY(!refused.json().contains("tokens"_L1));
}

QTEST_GUILESS_MAIN(tst_MainSpace)
#include "tst_mainspace.moc"
