// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QSignalSpy>
#include <QTest>

#include "net/server/hub.h"
#include "tests/integration/client/clientprobe.h"
#include "tests/integration/client/faultproxy.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

//! What a client does when its link breaks, and what it says meanwhile.
class tst_Reconnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isRightAgainAfterTheServerDied(); // R01, R33
    void resumesWithoutFetchingAnew();
    void fetchesAnewWhenFramesWereLost();
    void noticesAHalfOpenLink(); // R02
    void triesAtOnceWhenTheMachineWakes();
    void triesAtOnceWhenThePersonAsks();
    void leavesPolitelyBeforeSleep();
    void obeysTheGoodbyeOfARestart();
    void saysMarkedReadAndStatusAfterwards();

private:
    void startProxy()
    {
        m_proxy = std::make_unique<FaultProxy>(m_server->server().port());
        QVERIFY(m_proxy->listens());
    }
    [[nodiscard]] UserId id(const char *login) const
    {
        return m_server->id(QString::fromLatin1(login));
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
};

void tst_Reconnect::init()
{
    m_proxy.reset();
    m_server = std::make_unique<TestServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
}

void tst_Reconnect::isRightAgainAfterTheServerDied()
{
    EngineOptions options; // the product's own times
    options.seed = 20260207;
    // A server in memory forgets its signing secret: the tokens have to be renewed, too.
    ClientProbe ana(m_server->url(), options);
    ana.start(m_server->grant(QStringLiteral("ana")));
    ClientProbe bao(m_server->url(), options);
    bao.start(m_server->grant(QStringLiteral("bao")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    QTRY_COMPARE(ana.statusOf(id("bao")), Status::Online);
    const qint64 epoch = ana.session.presence().epoch();

    m_server->options.listener.port = m_server->server().port();
    m_server->kill();
    QElapsedTimer dead;
    dead.start();
    QTRY_COMPARE_WITH_TIMEOUT(ana.statusOf(id("bao")), Status::Unknown, 3000);
    QVERIFY2(dead.elapsed() <= 1500, qPrintable(QString::number(dead.elapsed())));
    QVERIFY(ana.session.link().lostAt);
    QCOMPARE(ana.statusOf(id("chi")), Status::Unknown); // nobody turns offline

    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    QElapsedTimer back;
    back.start();
    QTRY_VERIFY_WITH_TIMEOUT(ana.isHydrated(), 8000);
    QTRY_COMPARE_WITH_TIMEOUT(ana.statusOf(id("bao")), Status::Online, 8000);
    QVERIFY2(back.elapsed() <= 5000, qPrintable(QString::number(back.elapsed())));
    QTRY_COMPARE(ana.statusOf(id("chi")), Status::Offline);
    QVERIFY(ana.session.presence().epoch() != epoch);
    QVERIFY(ana.signInNeeded.isEmpty());
}

void tst_Reconnect::resumesWithoutFetchingAnew()
{
    startProxy();
    ClientProbe ana(m_proxy->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    ClientProbe bao(m_server->url(), quickOptions());
    bao.start(m_server->token(QStringLiteral("bao")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    const ConversationId team = m_server->team();
    ana.session.submit(OpenConversationCommand{team});
    QTRY_VERIFY(ana.session.messages(team).isLoaded());
    QCOMPARE(ana.hydrations, 1);
    for (int round = 1; round <= 3; ++round) {
        m_proxy->dropAll();
        bao.write(team, QString::number(round)); // while ana is away
        QTRY_VERIFY(!ana.isOnline());
        QTRY_VERIFY_WITH_TIMEOUT(ana.isOnline(), 8000);
        QTRY_COMPARE(ana.texts(team).size(), round);
    }
    QCOMPARE(ana.hydrations, 1);
    QCOMPARE(m_server->server().hub().counters().resumed, quint64(3));
    QCOMPARE(ana.statusOf(id("bao")), Status::Online);
}

void tst_Reconnect::fetchesAnewWhenFramesWereLost()
{
    ClientProbe ana(m_server->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    ClientProbe bao(m_server->url(), quickOptions());
    bao.start(m_server->token(QStringLiteral("bao")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    QCOMPARE(ana.hydrations, 1);
    for (const ClientLink *link : m_server->server().hub().links()) {
        if (link->identity().user == id("ana"))
            link->stream->append(R"({"type":"lost"})"); // numbered, and never sent
    }
    bao.write(m_server->team(), QStringLiteral("after the gap"));
    QTRY_COMPARE(ana.hydrations, 2);
    QTRY_VERIFY(ana.isHydrated());
    bao.write(m_server->team(), QStringLiteral("and on"));
    QTRY_COMPARE(ana.session.conversations().totalUnread(), 2);
    QCOMPARE(ana.hydrations, 2); // told once
    QCOMPARE(ana.links.size(), 2); // connecting, online: never closed for a gap
}

void tst_Reconnect::noticesAHalfOpenLink()
{
    startProxy();
    EngineOptions options = quickOptions();
    options.link.pingEvery = 150ms;
    options.link.pongWithin = 150ms;
    ClientProbe ana(m_proxy->url(), options);
    ana.start(m_server->token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    // Answered pings keep the link: it outlives many of them.
    QVERIFY(!QTest::qWaitFor([&] { return !ana.isOnline(); }, 800));
    m_proxy->isDeaf = true;
    QTRY_VERIFY_WITH_TIMEOUT(!ana.isOnline(), 1500);
    QCOMPARE(ana.links.last().cause->code, ErrorCode::Timeout);
    m_proxy->isDeaf = false;
    m_proxy->dropAll();
    QTRY_VERIFY_WITH_TIMEOUT(ana.isOnline(), 8000);
}

void tst_Reconnect::triesAtOnceWhenTheMachineWakes()
{
    EngineOptions options;
    options.link.backoff = {1h, 1h};
    options.seed = 7;
    ClientProbe ana(m_server->url(), options);
    ana.start(m_server->grant(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    m_server->options.listener.port = m_server->server().port();
    m_server->kill();
    // The first try fails; the next would be within an hour.
    QTRY_VERIFY_WITH_TIMEOUT(
        ana.session.link().nextTryAt && *ana.session.link().nextTryAt - SystemClock().now() > 10s,
        8000);
    QVERIFY(m_server->start());
    ana.engine.woke();
    QTRY_VERIFY_WITH_TIMEOUT(ana.isHydrated(), 1500);
}

void tst_Reconnect::triesAtOnceWhenThePersonAsks()
{
    EngineOptions options;
    options.link.backoff = {1h, 1h};
    options.seed = 7;
    const auto grant = m_server->grant(QStringLiteral("ana"));
    m_server->options.listener.port = m_server->server().port();
    const QUrl url = m_server->url();
    m_server->kill();
    ClientProbe ana(url, options);
    ana.start(grant);
    QTRY_COMPARE(ana.session.link().state, LinkState::Waiting);
    QCOMPARE(ana.session.link().cause->code, ErrorCode::Unreachable);
    QVERIFY(m_server->start());
    ana.session.submit(TryNowCommand{});
    QTRY_VERIFY_WITH_TIMEOUT(ana.isHydrated(), 1500);
}

void tst_Reconnect::leavesPolitelyBeforeSleep()
{
    ClientProbe ana(m_server->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    ClientProbe bao(m_server->url(), quickOptions());
    bao.start(m_server->token(QStringLiteral("bao")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    QTRY_COMPARE(bao.statusOf(id("ana")), Status::Online);
    ana.engine.aboutToSleep();
    QTRY_COMPARE(bao.statusOf(id("ana")), Status::Offline);
    ana.engine.woke();
    QTRY_COMPARE(bao.statusOf(id("ana")), Status::Online);
}

void tst_Reconnect::obeysTheGoodbyeOfARestart()
{
    ClientProbe ana(m_server->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    QSignalSpy stopped(&m_server->server(), &Server::stopped);
    m_server->server().stop();
    QTRY_COMPARE(ana.session.link().state, LinkState::Waiting);
    QVERIFY(ana.session.link().nextTryAt);
    QTRY_COMPARE(stopped.count(), 1);
}

void tst_Reconnect::saysMarkedReadAndStatusAfterwards()
{
    startProxy();
    ClientProbe ana(m_proxy->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    ClientProbe bao(m_server->url(), quickOptions());
    bao.start(m_server->token(QStringLiteral("bao")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    m_proxy->isDeaf = true;
    m_proxy->dropAll();
    QTRY_VERIFY(!ana.isOnline());
    ana.session.submit(SetIntentCommand{Intent{IntentStatus::Busy, {}, {}}});
    QVERIFY(ana.failures.isEmpty());
    m_proxy->isDeaf = false;
    m_proxy->dropAll();
    QTRY_COMPARE_WITH_TIMEOUT(bao.statusOf(id("ana")), Status::Busy, 10'000);
    QCOMPARE(ana.session.intent().status, IntentStatus::Busy);
}

QTEST_GUILESS_MAIN(tst_Reconnect)
#include "tst_reconnect.moc"
