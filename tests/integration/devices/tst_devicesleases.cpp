// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// How long a device counts, and who hears how many there are.

#include "net/server/presenceservice.h"
#include "tests/integration/devices/devicespeer.h"

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

class tst_DevicesLeases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAreToldOncePerSecond();
    void aSilentDeviceIsInactiveAfterItsLifetimeAndComesBack();
    void offlineComesWithTheLastDeviceOnly();
    void tooManyDevicesSendTheOldestOut();
};

void tst_DevicesLeases::countsAreToldOncePerSecond()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer first;
    DevicesPeer second;
    Peer third; // of another dialect
    QVERIFY(first.open(server, u"bao"_s, u"one"_s));
    QVERIFY(second.open(server, u"bao"_s, u"two"_s));
    QVERIFY(third.open(server, u"bao"_s, u"three"_s));
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_online"_s), 1);
    server.advance(999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_online"_s), 1);
    server.advance(1ms);
    const auto counted = ana.waitAbout(u"user_online"_s, bao, 1);
    QVERIFY(counted);
    QCOMPARE(counted->payload.value("deviceCount"_L1).toInt(), 3);
    QCOMPARE(counted->payload.value("devices"_L1).toArray().size(), 3);
    server.advance(5s);
    second.close(); // after a while it is told at once
    QVERIFY(ana.waitAbout(u"user_online"_s, bao, 2));
    QCOMPARE(ana.events.last().payload.value("deviceCount"_L1).toInt(), 2);
    QCOMPARE(ana.count(u"user_offline"_s), 0);
}

void tst_DevicesLeases::aSilentDeviceIsInactiveAfterItsLifetimeAndComesBack()
{
    TestServer server(ServerTime::Manual);
    allowManyFrames(server);
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    const qint64 now = server.clock().wallNow().time_since_epoch().count();
    DevicesPeer ana(u"A"_s);
    DevicesPeer peer(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(peer.open(server, u"bao"_s));
    peer.beat();
    QVERIFY(peer.settle());
    for (int second = 0; second < 119; ++second) {
        ana.beat();
        server.advanceSlowly(1s); // pings are answered, which is no evidence here
    }
    server.advance(999ms);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_offline"_s), 0);
    server.advance(1ms);
    const auto left = ana.waitAbout(u"user_offline"_s, bao);
    QVERIFY(left);
    QCOMPARE(left->payload.value("offlineReason"_L1).toString(), u"inactive"_s);
    QCOMPARE(left->payload.value("lastSeen"_L1).toInteger(), now); // its heartbeat, not now
    QVERIFY(peer.isIn(Chat));
    const qsizetype from = ana.events.size();
    peer.beat();
    QVERIFY(ana.waitAbout(u"user_online"_s, bao, from));
}

void tst_DevicesLeases::offlineComesWithTheLastDeviceOnly()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    DevicesPeer ana(u"A"_s);
    QVERIFY(ana.open(server, u"ana"_s));
    DevicesPeer tab;
    DevicesPeer otherTab; // of the same device
    FriendsPeer phone; // of another dialect
    QVERIFY(tab.open(server, u"bao"_s, u"pc"_s));
    QVERIFY(otherTab.open(server, u"bao"_s, u"pc"_s));
    QVERIFY(phone.open(server, u"bao"_s, u"phone"_s));
    QVERIFY(ana.waitAbout(u"user_online"_s, bao));
    tab.close();
    otherTab.drop();
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 2);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_offline"_s), 0);
    phone.close();
    QVERIFY(ana.waitAbout(u"user_offline"_s, bao));
}

void tst_DevicesLeases::tooManyDevicesSendTheOldestOut()
{
    TestServer server;
    server.options.limits.devicesPerUser = 2;
    QVERIFY(server.start());
    DevicesPeer first;
    DevicesPeer second;
    DevicesPeer third;
    QVERIFY(first.open(server, u"ana"_s, u"a"_s));
    QVERIFY(second.open(server, u"ana"_s, u"b"_s));
    QVERIFY(third.open(server, u"ana"_s, u"c"_s));
    QVERIFY(first.waitForOut(Chat));
    QVERIFY(second.settle());
    QVERIFY(third.settle());
    QCOMPARE(server.server().presence().ledger().view(server.key(u"ana"_s)).deviceCount, 2);
}

QTEST_GUILESS_MAIN(tst_DevicesLeases)
#include "tst_devicesleases.moc"
