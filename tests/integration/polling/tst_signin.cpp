// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/polling/pollingclient.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_SignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>();
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_client = std::make_unique<PollingClient>(*m_server);
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void theLoginTellsWhoItIs()
    {
        for (const char *path : {"/api/auth/login/", "/api/auth/login"}) {
            const auto answer = signIn(u"ana"_s, u"ana-password"_s, path);
            QCOMPARE(answer.status, 200);
            const QJsonObject user = answer.json().value("user"_L1).toObject();
            QCOMPARE(user.value("id"_L1).toInteger(), m_client->number(u"ana"_s));
            QCOMPARE(user.value("username"_L1).toString(), u"ana"_s);
            QCOMPARE(user.value("first_name"_L1).toString(), u"Ana"_s);
            for (const char *key : {"email", "last_name", "is_active", "is_veteran", "is_superuser",
                     "profile", "stars_count", "veteran_category", "date_joined"})
                QVERIFY2(user.contains(QLatin1String(key)), key);
            QCOMPARE(m_client->beat(PollingClient::bearer(answer.text("access"_L1))).status, 200);
        }
    }

    void anAddressOfOneIsALogin()
    {
        NewPerson person;
        person.login = u"zoe"_s;
        person.displayName = u"Zoe"_s;
        person.email = u"Zoe@a.example"_s;
        QVERIFY(m_server->database().people().add(person, m_server->clock().wallNow()));
        const auto zoe = m_server->database().people().findByLogin(u"zoe"_s);
        m_server->server().setInitialPassword(zoe->key, u"zoe-password"_s);
        QCOMPARE(signIn(u"zoe@A.example"_s, u"zoe-password"_s).status, 200);
        person.login = u"zoe2"_s;
        QVERIFY(m_server->database().people().add(person, m_server->clock().wallNow()));
        QCOMPARE(signIn(u"zoe@a.example"_s, u"zoe-password"_s).status, 401);
        QCOMPARE(signIn(u"zoe"_s, u"zoe-password"_s).status, 200);
    }

    void aWrongPasswordAndAnUnknownPersonLookTheSame()
    {
        const auto wrong = signIn(u"ana"_s, u"x"_s);
        const auto unknown = signIn(u"nobody@a.example"_s, u"x"_s);
        QCOMPARE(wrong.status, 401);
        QCOMPARE(wrong.body, R"({"error":"Invalid credentials"})"_ba);
        QCOMPARE(unknown.status, 401);
        QCOMPARE(unknown.body, wrong.body);
    }

    void tooManyTriesAreToldToWait()
    {
        m_client.reset();
        m_server = std::make_unique<TestServer>();
        m_server->options.limits.login = {2, std::chrono::minutes{1}};
        QVERIFY(m_server->start());
        m_client = std::make_unique<PollingClient>(*m_server);
        QCOMPARE(signIn(u"ana"_s, u"x"_s).status, 401);
        QCOMPARE(signIn(u"ana"_s, u"x"_s).status, 401);
        const auto answer = signIn(u"ana"_s, u"ana-password"_s);
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.headers.value("retry-after").toInt() > 0);
    }

    void refreshTokensRotate()
    {
        const auto first = signIn(u"ana"_s, u"ana-password"_s);
        const auto second = refresh(first.text("refresh"_L1));
        QCOMPARE(second.status, 200);
        QVERIFY(!second.text("access"_L1).isEmpty());
        QVERIFY(second.text("refresh"_L1) != first.text("refresh"_L1));
        QCOMPARE(m_client->beat(PollingClient::bearer(second.text("access"_L1))).status, 200);
        QTRY_VERIFY(m_server->server().explain(m_server->key(u"ana"_s)).shown.isOnline());

        // Somebody else may hold the new one: the session ends, and the device is gone with it.
        const auto again = refresh(first.text("refresh"_L1));
        QCOMPARE(again.status, 401);
        QCOMPARE(again.text("code"_L1), u"token_not_valid"_s);
        QCOMPARE(refresh(second.text("refresh"_L1)).status, 401);
        QVERIFY(!m_server->server().explain(m_server->key(u"ana"_s)).shown.isOnline());
    }

    void theDeviceMayBeNamedAtSignIn()
    {
        const auto answer = m_client->call("POST", u"/api/auth/login/"_s,
            {{"X-Device-Id", "kiosk"}}, R"({"email":"ana","password":"ana-password"})");
        QCOMPARE(m_client->beat(PollingClient::bearer(answer.text("access"_L1))).status, 200);
        const auto why = m_server->server().explain(m_server->key(u"ana"_s));
        QCOMPARE(why.devices.size(), size_t(1));
        QCOMPARE(why.devices.front().device, DeviceId{u"kiosk"_s});
    }

private:
    PollingAnswer signIn(
        const QString &email, const QString &password, const char *path = "/api/auth/login/")
    {
        const QJsonObject body{{u"email"_s, email}, {u"password"_s, password}};
        return m_client->call("POST", QString::fromLatin1(path), {}, QJsonDocument(body).toJson());
    }
    PollingAnswer refresh(const QString &token)
    {
        const QJsonObject body{{u"refresh"_s, token}};
        return m_client->call(
            "POST", u"/api/auth/token/refresh/"_s, {}, QJsonDocument(body).toJson());
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<PollingClient> m_client;
};

QTEST_GUILESS_MAIN(tst_SignIn)
#include "tst_signin.moc"
