// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/tokenservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QTemporaryFile>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject credentials(
    const QString &login, const QString &password, const QString &device = u"pc"_s)
{
    return {{u"login"_s, login}, {u"password"_s, password},
        {u"device"_s,
            QJsonObject{{u"id"_s, device}, {u"type"_s, u"desktop"_s}, {u"name"_s, u"Test"_s},
                {u"os"_s, u"TestOS"_s}}}};
}

} // namespace

class tst_SignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void givesATokenThatWorks();
    void keepsThePasswordAsAHashAfterItsFirstUse();
    void answersUnknownLoginAndWrongPasswordAlike();
    void slowsDownGuessing();
    void rotatesRefreshTokens();
    void endsTheSessionWhenAnOldRefreshTokenComesBack();
    void closesTheSocketOfARevokedSession();
    void leavesSessionsOfOthersAlone();
    void signsOut();
    void refusesExpiredTokens();
    void refusesForeignUserId();
    void takesTokensOfOutsideIssuers();
    void refusesHandshakesInPlainText_data();
    void refusesHandshakesInPlainText();
    void trustsUserIdOnlyWhenTold();
    void listsOnesDevicesAndRoster();

private:
    QString signIn(const QString &login, const QString &device = u"pc"_s);

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<Rest> m_rest;
};

void tst_SignIn::init()
{
    m_server = std::make_unique<TestServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    m_rest = std::make_unique<Rest>(*m_server);
}

QString tst_SignIn::signIn(const QString &login, const QString &device)
{
    const RestReply reply = m_rest->post(
        u"/api/v1/sessions"_s, credentials(login, TestServer::password(login), device));
    return reply.data().toObject().value("token"_L1).toString();
}

void tst_SignIn::givesATokenThatWorks()
{
    const RestReply reply = m_rest->post(
        u"/api/v1/sessions"_s, credentials(u"ana"_s, TestServer::password(u"ana"_s)));
    QCOMPARE(reply.status, 200);
    const QJsonObject data = reply.data().toObject();
    QVERIFY(!data.value("refresh_token"_L1).toString().isEmpty());
    QVERIFY(!data.value("expires_at"_L1).toString().isEmpty());
    QCOMPARE(
        data.value("user"_L1).toObject().value("id"_L1).toString(), m_server->id(u"ana"_s).value);

    const QString token = data.value("token"_L1).toString();
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, token).status, 200);
    Peer peer;
    QVERIFY(peer.openWith(*m_server, token));
    QCOMPARE(peer.frames.first().value("employee_id"_L1).toString(), m_server->id(u"ana"_s).value);
}

void tst_SignIn::keepsThePasswordAsAHashAfterItsFirstUse()
{
    const PersonKey ana = m_server->key(u"ana"_s);
    QVERIFY(!m_server->database().people().passwordHash(ana)->has_value());
    QVERIFY(!signIn(u"ana"_s).isEmpty());
    const auto hash = m_server->database().people().passwordHash(ana);
    QVERIFY(hash && *hash);
    QVERIFY((*hash)->startsWith(u"$argon2id$"_s));
    QVERIFY(!signIn(u"ana"_s).isEmpty());
}

void tst_SignIn::answersUnknownLoginAndWrongPasswordAlike()
{
    const RestReply wrong = m_rest->post(u"/api/v1/sessions"_s, credentials(u"ana"_s, u"x"_s));
    const RestReply unknown = m_rest->post(u"/api/v1/sessions"_s, credentials(u"zoe"_s, u"x"_s));
    QCOMPARE(wrong.status, 401);
    QCOMPARE(unknown.status, wrong.status);
    QCOMPARE(unknown.body, wrong.body);
    QVERIFY(wrong.body.contains("INVALID_CREDENTIALS"));
}

void tst_SignIn::slowsDownGuessing()
{
    TestServer strict(ServerTime::Manual);
    strict.options.limits.login = net::LimitOptions{}.login;
    QVERIFY(strict.start());
    Rest rest(strict);
    for (int attempt = 0; attempt < 5; ++attempt)
        QCOMPARE(rest.post(u"/api/v1/sessions"_s, credentials(u"ana"_s, u"x"_s)).status, 401);
    const RestReply tooMany = rest.post(u"/api/v1/sessions"_s, credentials(u"ana"_s, u"x"_s));
    QCOMPARE(tooMany.status, 429);
    QCOMPARE(tooMany.retryAfter, QByteArray("12"));
    // Also the right password has to wait, and nobody else has to.
    const auto right = credentials(u"ana"_s, TestServer::password(u"ana"_s));
    QCOMPARE(rest.post(u"/api/v1/sessions"_s, right).status, 429);
    QCOMPARE(rest.post(u"/api/v1/sessions"_s, credentials(u"bao"_s, u"x"_s)).status, 401);
    strict.advance(std::chrono::seconds{12});
    QCOMPARE(rest.post(u"/api/v1/sessions"_s, right).status, 200);
}

void tst_SignIn::rotatesRefreshTokens()
{
    const auto grant = m_server->grant(u"ana"_s);
    const RestReply first
        = m_rest->post(u"/api/v1/sessions/refresh"_s, {{u"refresh_token"_s, grant.refreshToken}});
    QCOMPARE(first.status, 200);
    const QString next = first.data().toObject().value("refresh_token"_L1).toString();
    QVERIFY(!next.isEmpty() && next != grant.refreshToken);
    const RestReply second
        = m_rest->post(u"/api/v1/sessions/refresh"_s, {{u"refresh_token"_s, next}});
    QCOMPARE(second.status, 200);
    QCOMPARE(m_rest
                 ->get(u"/api/v1/sessions/current"_s,
                     second.data().toObject().value("token"_L1).toString())
                 .status,
        200);
}

void tst_SignIn::endsTheSessionWhenAnOldRefreshTokenComesBack()
{
    const auto grant = m_server->grant(u"ana"_s);
    Peer peer;
    QVERIFY(peer.openWith(*m_server, grant.token));
    const QJsonObject old{{u"refresh_token"_s, grant.refreshToken}};
    QCOMPARE(m_rest->post(u"/api/v1/sessions/refresh"_s, old).status, 200);
    QCOMPARE(m_rest->post(u"/api/v1/sessions/refresh"_s, old).status, 401);
    QVERIFY(peer.waitForClose());
    QCOMPARE(int(peer.socket->closeCode()), 4003);
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, grant.token).status, 401);
}

void tst_SignIn::closesTheSocketOfARevokedSession()
{
    const auto pc = m_server->grant(u"ana"_s, u"pc"_s);
    const auto phone = m_server->grant(u"ana"_s, u"phone"_s);
    Peer onPc;
    Peer onPhone;
    QVERIFY(onPc.openWith(*m_server, pc.token));
    QVERIFY(onPhone.openWith(*m_server, phone.token));
    QCOMPARE(m_rest->remove(u"/api/v1/sessions/"_s + phone.session.value, pc.token).status, 204);
    QVERIFY(onPhone.waitForClose());
    QCOMPARE(int(onPhone.socket->closeCode()), 4003);
    QVERIFY(onPc.settle());
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, phone.token).status, 401);
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, pc.token).status, 200);
}

void tst_SignIn::leavesSessionsOfOthersAlone()
{
    const auto ana = m_server->grant(u"ana"_s);
    const auto bao = m_server->grant(u"bao"_s);
    QCOMPARE(m_rest->remove(u"/api/v1/sessions/"_s + ana.session.value, bao.token).status, 404);
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, ana.token).status, 200);
}

void tst_SignIn::signsOut()
{
    const auto grant = m_server->grant(u"ana"_s);
    QCOMPARE(m_rest->remove(u"/api/v1/sessions/current"_s, grant.token).status, 204);
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current"_s, grant.token).status, 401);
    QCOMPARE(m_rest->post(u"/api/v1/sessions/refresh"_s, {{u"refresh_token"_s, grant.refreshToken}})
                 .status,
        401);
}

void tst_SignIn::refusesExpiredTokens()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Rest rest(server);
    const auto grant = server.grant(u"ana"_s);
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, grant.token).status, 200);
    server.advance(std::chrono::hours{1});
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, grant.token).status, 401);
}

void tst_SignIn::refusesForeignUserId()
{
    const QString token = m_server->token(u"ana"_s);
    const QString path = u"/api/v1/sessions/current?user_id="_s;
    QCOMPARE(m_rest->get(path + m_server->id(u"ana"_s).value, token).status, 200);
    const RestReply foreign = m_rest->get(path + m_server->id(u"bao"_s).value, token);
    QCOMPARE(foreign.status, 403);
    QVERIFY(foreign.body.contains("FORBIDDEN"));
}

void tst_SignIn::takesTokensOfOutsideIssuers()
{
    QTemporaryFile secrets;
    QVERIFY(secrets.open());
    secrets.write("the first of two secrets\nthe second of two secrets\n");
    secrets.close();
    TestServer server;
    server.options.auth.jwtSecretFile = secrets.fileName();
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    Rest rest(server);
    const WallTime now = server.clock().wallNow();
    const auto tokenBy = [now](const QByteArray &secret, std::chrono::seconds life) {
        return QString::fromLatin1(net::TokenService(secret, {}, u"sub"_s)
                                       .issue(UserId{u"host-7"_s}, {}, {}, now, now + life));
    };
    const QString good = tokenBy("the second of two secrets", std::chrono::seconds{60});
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, good).status, 200);
    const QString old = tokenBy("the second of two secrets", std::chrono::seconds{-60});
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, old).status, 401);
    const QString foreign = tokenBy("a secret of somebody else", std::chrono::seconds{60});
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s, foreign).status, 401);
    Peer peer(Peer::Kind::Published);
    QVERIFY(peer.openWith(server, good));
    QCOMPARE(peer.frames.first().value("employee_id"_L1).toString(), u"host-7"_s);
}

void tst_SignIn::refusesHandshakesInPlainText_data()
{
    QTest::addColumn<bool>("trust");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("no token") << false << u""_s << 401
                              << QByteArray("token query parameter required");
    QTest::newRow("bad token") << false << u"token=x.y.z"_s << 401 << QByteArray("Invalid token");
    QTest::newRow("user id without trust")
        << false << u"user_id=ana-id"_s << 401 << QByteArray("token query parameter required");
    QTest::newRow("no user id") << true << u""_s << 400
                                << QByteArray("Missing user_id query parameter");
    QTest::newRow("empty user id")
        << true << u"user_id="_s << 400 << QByteArray("user_id cannot be empty");
}

void tst_SignIn::refusesHandshakesInPlainText()
{
    QFETCH(bool, trust);
    QFETCH(QString, query);
    QFETCH(int, status);
    QFETCH(QByteArray, text);
    TestServer server;
    server.options.auth.trustUserId = trust;
    QVERIFY(server.start());
    QNetworkRequest request = server.request(u"/api/v1/ws?"_s + query);
    request.setRawHeader("Connection", "Upgrade");
    request.setRawHeader("Upgrade", "websocket");
    request.setRawHeader("Sec-WebSocket-Version", "13");
    request.setRawHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    const RestReply reply = Rest(server).send(request, "GET");
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.body, text);
}

void tst_SignIn::trustsUserIdOnlyWhenTold()
{
    QCOMPARE(m_rest->get(u"/api/v1/sessions/current?user_id=ana-id"_s).status, 401);
    TestServer server;
    server.options.auth.trustUserId = true;
    QVERIFY(server.start());
    Rest rest(server);
    QCOMPARE(rest.get(u"/api/v1/sessions/current?user_id=ana-id"_s).status, 200);
    // Somebody whom nobody knows yet is made on demand.
    QCOMPARE(rest.get(u"/api/v1/sessions/current?user_id=new%2Bcomer"_s).status, 200);
    QVERIFY(server.database().people().findById(PersonIdKind::Mtchat, u"new+comer"_s).has_value());
    QCOMPARE(rest.get(u"/api/v1/sessions/current"_s).status, 400);
    server.options.listener.host = u"0.0.0.0"_s;
    QVERIFY(!server.restart());
}

void tst_SignIn::listsOnesDevicesAndRoster()
{
    const auto pc = m_server->grant(u"ana"_s, u"pc"_s);
    const auto phone = m_server->grant(u"ana"_s, u"phone"_s);
    const QJsonArray devices = m_rest->get(u"/api/v1/sessions"_s, pc.token).data().toArray();
    QCOMPARE(devices.size(), 2);
    int current = 0;
    for (const QJsonValue &device : devices) {
        if (device.toObject().value("is_current"_L1).toBool()) {
            ++current;
            QCOMPARE(device.toObject().value("id"_L1).toString(), pc.session.value);
        }
    }
    QCOMPARE(current, 1);

    QStringList names;
    for (const QJsonValue &person : m_rest->get(u"/api/v1/roster"_s, pc.token).data().toArray())
        names.append(person.toObject().value("display_name"_L1).toString());
    names.sort();
    QCOMPARE(names, (QStringList{u"Bao"_s, u"Chi"_s, u"Dan"_s}));
}

QTEST_GUILESS_MAIN(tst_SignIn)
#include "tst_signin.moc"
