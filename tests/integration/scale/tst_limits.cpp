// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/integration/server/peer.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! \brief A kind of request that is limited: asks once as \a login.
using Ask = std::function<RestReply(Rest &, TestServer &, const QString &login)>;

RestReply askPresence(Rest &rest, TestServer &server, const QString &login)
{
    return rest.get(u"/api/v1/presence?user_ids=ana-id"_s, server.token(login));
}

RestReply setIntent(Rest &rest, TestServer &server, const QString &login)
{
    return rest.put(u"/api/v1/presence/me"_s, {{u"status"_s, u"busy"_s}}, server.token(login));
}

RestReply signIn(Rest &rest, TestServer &, const QString &login)
{
    return rest.post(u"/api/v1/sessions"_s,
        {{u"login"_s, login}, {u"password"_s, TestServer::password(login)},
            {u"device"_s,
                QJsonObject{{u"id"_s, login + u"-tool"_s}, {u"type"_s, u"desktop"_s},
                    {u"name"_s, u"tool"_s}, {u"os"_s, u"TestOS"_s}}}});
}

RestReply say(Rest &rest, TestServer &server, const QString &login)
{
    return rest.post(u"/api/v1/dialogs/%1/messages"_s.arg(server.team().value),
        {{u"content"_s, u"<p>x</p>"_s}}, server.token(login));
}

} // namespace

//! Reliability scenario R22: somebody goes over a limit. It holds to one request, on a clock that
//! stands still; the answer says when to come back, and that is true; nobody else notices.
//! Connections of an address: unit/listener, AddressCensus. The buckets alone: server.ratelimiter.
class tst_Limits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreCountedToTheLast_data();
    void requestsAreCountedToTheLast();
    void heartbeatsAreCountedToTheLast();
    void framesAreCountedToTheLast();
    void devicesAreCountedToTheLast();
    void othersKeepTheirPaceBesideAFlood();
};

void tst_Limits::requestsAreCountedToTheLast_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<net::RateLimit>("limit");
    const net::LimitOptions limits;
    QTest::newRow("presence queries") << Ask(askPresence) << limits.presenceQuery;
    QTest::newRow("intents") << Ask(setIntent) << limits.intent;
    QTest::newRow("sign-ins") << Ask(signIn) << limits.login;
    QTest::newRow("messages") << Ask(say) << limits.messages;
}

void tst_Limits::requestsAreCountedToTheLast()
{
    QFETCH(Ask, ask);
    QFETCH(net::RateLimit, limit);
    TestServer server(ServerTime::Manual);
    server.options.limits = {};
    QVERIFY(server.start());
    Rest rest(server);
    for (int i = 0; i < limit.burst; ++i)
        QCOMPARE(ask(rest, server, u"ana"_s).status, 200);

    const RestReply refused = ask(rest, server, u"ana"_s);
    QCOMPARE(refused.status, 429);
    const auto told = std::chrono::ceil<std::chrono::seconds>(limit.every);
    QCOMPARE(refused.retryAfter, QByteArray::number(qint64(told.count())));
    QCOMPARE(ask(rest, server, u"bao"_s).status, 200);

    server.advance(limit.every - 1ms);
    QCOMPARE(ask(rest, server, u"ana"_s).status, 429);
    server.advance(1ms);
    QCOMPARE(ask(rest, server, u"ana"_s).status, 200);
    QCOMPARE(ask(rest, server, u"ana"_s).status, 429);
    server.advance(limit.every * limit.burst);
    for (int i = 0; i < limit.burst; ++i)
        QCOMPARE(ask(rest, server, u"ana"_s).status, 200);
    QCOMPARE(ask(rest, server, u"ana"_s).status, 429);
}

void tst_Limits::heartbeatsAreCountedToTheLast()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const net::RateLimit limit = server.options.limits.heartbeat;
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    const auto counted = [&] { return server.server().hub().counters().heartbeats; };
    for (int i = 0; i < limit.burst; ++i)
        QVERIFY(ana.settle());
    QCOMPARE(counted(), quint64(limit.burst));
    QVERIFY(ana.settle()); // answered all the same
    QCOMPARE(counted(), quint64(limit.burst));
    QVERIFY(bao.settle());
    QCOMPARE(counted(), quint64(limit.burst) + 1);

    server.advance(limit.every - 1ms);
    QVERIFY(ana.settle());
    QCOMPARE(counted(), quint64(limit.burst) + 1);
    server.advance(1ms);
    QVERIFY(ana.settle());
    QVERIFY(ana.settle());
    QCOMPARE(counted(), quint64(limit.burst) + 2);
}

void tst_Limits::framesAreCountedToTheLast()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const net::RateLimit limit = server.options.limits.frames;
    Peer ana;
    Peer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    for (int i = 0; i < limit.burst; ++i)
        QVERIFY(ana.settle());
    server.advance(limit.every);
    QVERIFY(ana.settle());
    ana.ping();
    QVERIFY(ana.waitForClose());
    QCOMPARE(int(ana.socket->closeCode()), 4008);
    QVERIFY(bao.settle());
    QCOMPARE(server.server().hub().counters().rateExceeded, quint64(1));
}

void tst_Limits::devicesAreCountedToTheLast()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const int most = server.options.limits.devicesPerUser;
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    std::vector<std::unique_ptr<Peer>> devices;
    const auto open = [&](int number) {
        devices.push_back(std::make_unique<Peer>());
        return devices.back()->open(server, u"ana"_s, QString::number(number));
    };
    for (int number = 0; number < most; ++number)
        QVERIFY(open(number));
    for (const auto &device : devices)
        QVERIFY(device->settle());
    QVERIFY(open(most));
    QVERIFY(devices.front()->waitForClose());
    QCOMPARE(int(devices.front()->socket->closeCode()), 4009);
    for (std::size_t device = 1; device < devices.size(); ++device)
        QVERIFY(devices[device]->settle());
    QVERIFY(bao.settle());
}

void tst_Limits::othersKeepTheirPaceBesideAFlood()
{
    TestServer server;
    server.options.limits = {};
    server.options.limits.heartbeat = {100'000, 1ms};
    server.options.limits.frames = {100'000, 1ms};
    QVERIFY(server.start());
    Peer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    // Waits on events alone: QTest's waiting sleeps in between.
    const auto roundTrips = [&bao](const QString &name) {
        Figure figure(u"R22 heartbeat of somebody else, "_s + name, 100);
        for (int i = 0; i < shortOrFull(50, 500); ++i) {
            QElapsedTimer elapsed;
            elapsed.start();
            const qsizetype pongs = bao.countType(u"pong"_s);
            bao.ping();
            while (bao.countType(u"pong"_s) == pongs && !elapsed.hasExpired(5'000))
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5'000);
            figure.add(elapsed.elapsed());
        }
        return figure;
    };
    const Figure alone = roundTrips(u"alone"_s);
    // Sign-ins and questions beyond every limit, as fast as they are answered.
    QNetworkAccessManager network;
    int refused = 0;
    const QNetworkRequest question
        = server.request(u"/api/v1/presence?user_ids=bao-id"_s, server.token(u"ana"_s));
    std::function<void()> ask = [&] {
        QNetworkReply *reply = network.get(question);
        QObject::connect(reply, &QNetworkReply::finished, &network, [&, reply] {
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            refused += status == 429 ? 1 : 0;
            reply->deleteLater();
            if (status > 0)
                ask();
        });
    };
    for (int i = 0; i < 4; ++i)
        ask();
    QTRY_VERIFY(refused > 10);
    const Figure besides = roundTrips(u"beside a flood"_s);
    ask = [] {};
    QVERIFY(refused > 10);
    QVERIFY(alone.report());
    QVERIFY(besides.report());
}

QTEST_GUILESS_MAIN(tst_Limits)
#include "tst_limits.moc"
