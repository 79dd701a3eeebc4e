// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/polling/pollingclient.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Who may ask what at the two faces, and what bad input is told.
class tst_Access : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>(ServerTime::Manual);
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_client = std::make_unique<PollingClient>(*m_server);
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void everyPathTakesEitherToken_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path");
        for (const char *path : {"/api/chat/online-users", "/api/chat/online-users/",
                 "/api/chat/rooms/online_users", "/api/chat/rooms/online_users/"})
            QTest::newRow(path) << "GET"_ba << QString::fromLatin1(path);
        for (const char *path : {"/api/chat/heartbeat", "/api/chat/heartbeat/",
                 "/api/chat/mark-offline", "/api/chat/mark-offline/"})
            QTest::newRow(path) << "POST"_ba << QString::fromLatin1(path);
    }
    void everyPathTakesEitherToken()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        const QString token = m_server->token(u"ana"_s);
        const QByteArray body = verb == "POST" ? "{}"_ba : QByteArray();
        for (const auto &headers : {PollingClient::bearer(token), PollingClient::cookie(token)}) {
            const PollingAnswer answer = m_client->call(verb, path, headers, body);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.headers.value("cache-control"), "no-store"_ba);
            QVERIFY(!answer.headers.contains("location"));
        }
        // A token that is not good is refused at both faces.
        const auto bad = m_client->call(verb, path, PollingClient::cookie(u"x.y.z"_s), body);
        QCOMPARE(bad.status, 401);
        QCOMPARE(bad.text("code"_L1), u"token_not_valid"_s);
        QVERIFY(!bad.text("detail"_L1).isEmpty());
    }

    void withoutATokenTheFacesDiffer()
    {
        const auto atBackend = m_client->list({});
        QCOMPARE(atBackend.status, 401);
        QVERIFY(!atBackend.text("detail"_L1).isEmpty());
        QVERIFY(!atBackend.json().contains("code"_L1));
        QCOMPARE(m_client->beat({}).status, 401);
        QCOMPARE(m_client->leave({}).status, 401);

        QVERIFY(m_client->beat(m_client->as(u"ana"_s)).status == 200);
        for (const char *path : {"/api/chat/online-users", "/api/chat/rooms/online_users"}) {
            const auto list = m_client->call("GET", QString::fromLatin1(path));
            QCOMPARE(list.status, 200);
            QCOMPARE(list.body, R"({"online_users":[]})"_ba);
        }
        const auto beat = m_client->call("POST", u"/api/chat/heartbeat"_s, {}, "{}");
        QCOMPARE(beat.status, 401);
        QCOMPARE(beat.body, R"({"error":"Not authenticated"})"_ba);
        const auto leave = m_client->call("POST", u"/api/chat/mark-offline"_s, {}, "{}");
        QCOMPARE(leave.status, 200);
        QVERIFY(leave.json().value("success"_L1).toBool());
        QVERIFY(!leave.json().contains("user_id"_L1));
        QCOMPARE(m_client->list(m_client->as(u"ana"_s)).users(), m_client->numbers({u"ana"_s}));
    }

    void aWrongHeaderIsNotMadeGoodByACookie()
    {
        auto headers = PollingClient::cookie(m_server->token(u"ana"_s));
        headers.emplaceBack("Authorization", "Basic YW5hOng=");
        QCOMPARE(m_client->list(headers).status, 401);
    }

    void revokedAndExpiredTokensAreRefused()
    {
        const auto grant = m_server->grant(u"ana"_s, u"tab"_s);
        const auto headers = PollingClient::bearer(grant.token);
        QCOMPARE(m_client->beat(headers).status, 200);
        m_server->advance(std::chrono::hours{1});
        QCOMPARE(m_client->beat(headers).text("code"_L1), u"token_not_valid"_s);

        const auto fresh = m_server->grant(u"bao"_s, u"tab"_s);
        QCOMPARE(m_client->beat(PollingClient::bearer(fresh.token)).status, 200);
        Rest rest(*m_server);
        QCOMPARE(rest.remove(u"/api/v1/sessions/current"_s, fresh.token).status, 204);
        QCOMPARE(m_client->beat(PollingClient::bearer(fresh.token)).status, 401);
    }

    void foreignPagesMayNotWriteWithTheCookie()
    {
        auto headers = PollingClient::cookie(m_server->token(u"ana"_s));
        headers.emplaceBack("Origin", "https://evil.example");
        for (const char *path : {"/api/chat/heartbeat", "/api/chat/mark-offline"}) {
            QCOMPARE(m_client->call("POST", QString::fromLatin1(path), headers, "{}").status, 403);
        }
        QCOMPARE(m_client->call("GET", u"/api/chat/online-users"_s, headers).status, 403);
        QVERIFY(!m_server->server().explain(m_server->key(u"ana"_s)).shown.isOnline());
    }

    void badInputIsRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("field");
        const QByteArray json = "application/json";
        const QByteArray beat = "/api/chat/heartbeat/";
        const QByteArray login = "/api/auth/login/";
        const QByteArray refresh = "/api/auth/token/refresh/";
        QTest::newRow("beat: no JSON") << beat << json << "{"_ba << 400 << u"detail"_s;
        QTest::newRow("beat: a list") << beat << json << "[]"_ba << 400 << u"detail"_s;
        QTest::newRow("beat: time is a number")
            << beat << json << R"({"timestamp":7})"_ba << 400 << u"timestamp"_s;
        QTest::newRow("beat: offline is a text")
            << beat << json << R"({"offline":"no"})"_ba << 400 << u"offline"_s;
        QTest::newRow("beat: deep")
            << beat << json << QByteArray(64, '[') + QByteArray(64, ']') << 400 << u"detail"_s;
        QTest::newRow("beat: too large")
            << beat << json << '{' + QByteArray(300'000, ' ') + '}' << 413 << QString();
        QTest::newRow("beat: larger than JSON may be")
            << beat << json << '{' + QByteArray(100'000, ' ') + '}' << 400 << u"detail"_s;
        QTest::newRow("beat: a form") << beat << "application/x-www-form-urlencoded"_ba
                                      << "offline=true"_ba << 415 << QString();
        QTest::newRow("beat: text") << beat << "text/plain"_ba
                                    << "{}"_ba << 415 << QString();
        QTest::newRow("leave: no JSON")
            << "/api/chat/mark-offline/"_ba << json << "x"_ba << 400 << u"detail"_s;
        QTest::newRow("login: nothing") << login << json << "{}"_ba << 400 << u"email"_s;
        QTest::newRow("login: no password")
            << login << json << R"({"email":"ana"})"_ba << 400 << u"password"_s;
        QTest::newRow("login: empty password")
            << login << json << R"({"email":"ana","password":""})"_ba << 400 << u"password"_s;
        QTest::newRow("login: email is a list")
            << login << json << R"({"email":["ana"],"password":"x"})"_ba << 400 << u"email"_s;
        QTest::newRow("refresh: nothing") << refresh << json << "{}"_ba << 400 << u"refresh"_s;
        QTest::newRow("refresh: no body") << refresh << json << QByteArray() << 400 << u"detail"_s;
        QTest::newRow("refresh: unknown")
            << refresh << json << R"({"refresh":"x"})"_ba << 401 << u"code"_s;
    }
    void badInputIsRefusedWithAReason()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, field);
        auto headers = m_client->as(u"ana"_s);
        headers.emplaceBack("Content-Type", type);
        const auto answer = m_client->call("POST", QString::fromLatin1(path), headers, body);
        QCOMPARE(answer.status, status);
        QVERIFY2(field.isEmpty() || answer.json().contains(field), answer.body.constData());
        QVERIFY(!m_server->server().explain(m_server->key(u"ana"_s)).shown.isOnline());
    }

    void badDevicesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("device");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("too long") << QByteArray(256, 'x');
        QTest::newRow("no UTF-8") << QByteArray("a\xff");
    }
    void badDevicesAreRefused()
    {
        QFETCH(QByteArray, device);
        auto headers = m_client->as(u"ana"_s);
        headers.emplaceBack("X-Device-Id", device);
        const auto answer = m_client->beat(headers);
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.json().contains("X-Device-Id"_L1), answer.body.constData());
    }

    void otherMethodsAndPathsAreNotThere()
    {
        const auto ana = m_client->as(u"ana"_s);
        QCOMPARE(m_client->call("GET", u"/api/chat/heartbeat/"_s, ana).status, 405);
        QCOMPARE(m_client->call("POST", u"/api/chat/online-users/"_s, ana, "{}").status, 405);
        QCOMPARE(m_client->call("POST", u"/api/chat/rooms/7/typing/"_s, ana, "{}").status, 404);
        QCOMPARE(m_client->list(ana, u"?detail=yes"_s).status, 400);
    }

    void tooManyPollsAreToldToWait()
    {
        const auto ana = m_client->as(u"ana"_s);
        PollingAnswer answer;
        for (int i = 0; i < m_server->options.limits.frames.burst; ++i)
            QCOMPARE(m_client->list(ana).status, 200);
        answer = m_client->list(ana);
        QCOMPARE(answer.status, 429);
        QCOMPARE(answer.headers.value("retry-after"), "1"_ba);
        m_server->advance(std::chrono::seconds{1});
        QCOMPARE(m_client->list(ana).status, 200);
    }

private:
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<PollingClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Access)
#include "tst_access.moc"
