// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/listener/requesthandler.h"
#include "net/server/presenceservice.h"
#include "tests/integration/friends/friendspeer.h"

#include <QNetworkCookie>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Main = FriendsPeer::MainSpace;

//! \brief A browser of the tests: it keeps its cookies in its hand.
class Browser
{
public:
    explicit Browser(TestServer &server)
        : m_server(server)
    {
    }

    struct Reply {
        int status = 0;
        QJsonObject json;
        QList<QNetworkCookie> cookies;
        QByteArray retryAfter;
    };

    Reply send(const QByteArray &verb, const QString &path, const QByteArray &body = {})
    {
        QNetworkRequest request = m_server.request(path);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        if (!cookies.isEmpty())
            request.setRawHeader("Cookie", cookies);
        if (!authorization.isEmpty())
            request.setRawHeader("Authorization", authorization);
        const std::unique_ptr<QNetworkReply> reply(
            m_network.sendCustomRequest(request, verb, body));
        (void)QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object(),
            reply->header(QNetworkRequest::SetCookieHeader).value<QList<QNetworkCookie>>(),
            reply->rawHeader("Retry-After")};
    }
    Reply signIn(const QString &login, const QString &password)
    {
        const QJsonObject body{{u"email"_s, login}, {u"password"_s, password}};
        Reply reply = send("POST", u"/api/v1/auth/signin"_s, compact(body));
        keep(reply.cookies);
        return reply;
    }
    void keep(const QList<QNetworkCookie> &given)
    {
        QByteArrayList pairs;
        for (const QNetworkCookie &cookie : given)
            pairs.append(cookie.name() + '=' + cookie.value());
        cookies = pairs.join("; ");
    }
    [[nodiscard]] static QByteArray compact(const QJsonObject &body)
    {
        return QJsonDocument(body).toJson(QJsonDocument::Compact);
    }

    QByteArray cookies;
    QByteArray authorization;

private:
    TestServer &m_server;
    QNetworkAccessManager m_network;
};

} // namespace

class tst_FriendsRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signingInGivesCookiesThatOpenEverything();
    void cookiesAreForTlsAloneWhereThereIsTls();
    void anAddressOfMailIsALogin();
    void signingInWithNonsenseIsRefused_data();
    void signingInWithNonsenseIsRefused();
    void signInsAreLimited();
    void refreshingGivesNewCookiesAndAnOldOneEndsTheSession();
    void signingOutTakesTheCookiesBackAndEndsTheSocket();
    void withoutATokenNothingIsTold_data();
    void withoutATokenNothingIsTold();
    void theMapHoldsWhomOneMaySeeAndNobodyElse();
    void theMapLeavesOutWhoIsNotKnownYet();
    void theMapIsLimited();
};

void tst_FriendsRest::signingInGivesCookiesThatOpenEverything()
{
    TestServer server;
    QVERIFY(server.start());
    Browser browser(server);
    const auto signedIn = browser.signIn(u"ana"_s, u"ana-password"_s);
    QCOMPARE(signedIn.status, 200);
    QVERIFY(signedIn.json.value("success"_L1).toBool());
    const QJsonObject account = signedIn.json.value("data"_L1).toObject();
    QCOMPARE(account.value("id"_L1).toString(), objectId(server, u"ana"_s));
    QCOMPARE(account.value("username"_L1).toString(), u"Ana"_s);
    QCOMPARE(signedIn.cookies.size(), 2);
    for (const QNetworkCookie &cookie : signedIn.cookies) {
        QVERIFY(cookie.isHttpOnly());
        QVERIFY(!cookie.isSecure()); // no TLS here
        QCOMPARE(cookie.path(), u"/"_s);
        QVERIFY(!cookie.isSessionCookie());
    }
    QCOMPARE(signedIn.cookies.first().name(), QByteArray("accessToken"));
    const auto me = browser.send("GET", u"/api/v1/auth/me"_s);
    QCOMPARE(me.status, 200);
    QCOMPARE(me.json.value("data"_L1).toObject(), account);
    SocketIoClient socket;
    QVERIFY(socket.open(server.url(), {{"Cookie", browser.cookies}}));
    QVERIFY(socket.enter(Main));
}

void tst_FriendsRest::cookiesAreForTlsAloneWhereThereIsTls()
{
    TestServer server;
    QVERIFY(server.start());
    net::HttpRequest request;
    request.head.method = "POST";
    request.head.segments = u"api/v1/auth/signin"_s.split(u'/');
    request.head.peer.address = QHostAddress::LocalHost;
    request.head.secure = true;
    request.body = R"({"email":"ana","password":"ana-password"})";
    std::optional<net::HttpResponse> response;
    server.server().handle(
        request, [&response](net::HttpResponse given) { response = std::move(given); });
    QTRY_VERIFY(response.has_value());
    QCOMPARE(response->status, 200);
    const QList<QByteArray> cookies = response->headers.values("Set-Cookie");
    QCOMPARE(cookies.size(), 2);
    for (const QByteArray &cookie : cookies) {
        QVERIFY(cookie.contains("; Secure"));
        QVERIFY(cookie.contains("; SameSite=Lax"));
        QVERIFY(cookie.contains("; HttpOnly"));
    }
}

void tst_FriendsRest::anAddressOfMailIsALogin()
{
    TestServer server;
    QVERIFY(server.start());
    NewPerson fay;
    fay.login = u"fay"_s;
    fay.displayName = u"Fay"_s;
    fay.email = u"fay@example.org"_s;
    const auto made = server.database().people().add(fay, server.clock().wallNow());
    QVERIFY(made);
    server.server().setInitialPassword(made->key, u"secret"_s);
    Browser browser(server);
    const auto signedIn = browser.signIn(u"fay@example.org"_s, u"secret"_s);
    QCOMPARE(signedIn.status, 200);
    QCOMPARE(signedIn.json.value("data"_L1).toObject().value("email"_L1).toString(),
        u"fay@example.org"_s);
}

void tst_FriendsRest::signingInWithNonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("wrong password") << QByteArray(R"({"email":"ana","password":"x"})") << 401;
    QTest::newRow("nobody") << QByteArray(R"({"email":"zed","password":"x"})") << 401;
    QTest::newRow("no body") << QByteArray() << 400;
    QTest::newRow("no JSON") << QByteArray("email=ana") << 400;
    QTest::newRow("a list") << QByteArray("[]") << 400;
    QTest::newRow("no password") << QByteArray(R"({"email":"ana"})") << 400;
    QTest::newRow("a number") << QByteArray(R"({"email":"ana","password":1})") << 400;
    QTest::newRow("a long login") << R"({"email":")" + QByteArray(256, 'a') + R"(","password":"x"})"
                                  << 400;
}

void tst_FriendsRest::signingInWithNonsenseIsRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    TestServer server;
    QVERIFY(server.start());
    Browser browser(server);
    const auto refused = browser.send("POST", u"/api/v1/auth/signin"_s, body);
    QCOMPARE(refused.status, status);
    QCOMPARE(refused.json.value("code"_L1).toInt(), status);
    QVERIFY(!refused.json.value("message"_L1).toString().isEmpty());
    QVERIFY(refused.cookies.isEmpty());
}

void tst_FriendsRest::signInsAreLimited()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.login = {2, 12s};
    QVERIFY(server.start());
    Browser browser(server);
    QCOMPARE(browser.signIn(u"ana"_s, u"x"_s).status, 401);
    QCOMPARE(browser.signIn(u"ana"_s, u"x"_s).status, 401);
    const auto refused = browser.signIn(u"ana"_s, u"ana-password"_s);
    QCOMPARE(refused.status, 429);
    QVERIFY(!refused.json.value("success"_L1).toBool(true));
    QCOMPARE(refused.json.value("retryAfter"_L1).toInt(), 12);
    QCOMPARE(refused.retryAfter, QByteArray("12"));
    server.advance(12s);
    QCOMPARE(browser.signIn(u"ana"_s, u"ana-password"_s).status, 200);
}

void tst_FriendsRest::refreshingGivesNewCookiesAndAnOldOneEndsTheSession()
{
    TestServer server;
    QVERIFY(server.start());
    Browser browser(server);
    QCOMPARE(browser.send("POST", u"/api/v1/auth/refresh"_s).status, 400);
    browser.cookies = "refreshToken=made-up";
    QCOMPARE(browser.send("POST", u"/api/v1/auth/refresh"_s).status, 401);
    QCOMPARE(browser.signIn(u"ana"_s, u"ana-password"_s).status, 200);
    const QByteArray old = browser.cookies;
    const auto renewed = browser.send("POST", u"/api/v1/auth/refresh"_s);
    QCOMPARE(renewed.status, 200);
    QCOMPARE(renewed.json.value("message"_L1).toString(), u"Token refreshed successfully"_s);
    QCOMPARE(renewed.cookies.size(), 2);
    browser.keep(renewed.cookies);
    QCOMPARE(browser.send("GET", u"/api/v1/auth/me"_s).status, 200);
    Browser thief(server);
    thief.cookies = old;
    QCOMPARE(thief.send("POST", u"/api/v1/auth/refresh"_s).status, 401);
    QCOMPARE(browser.send("GET", u"/api/v1/auth/me"_s).status, 401);
}

void tst_FriendsRest::signingOutTakesTheCookiesBackAndEndsTheSocket()
{
    TestServer server;
    QVERIFY(server.start());
    Browser browser(server);
    QCOMPARE(browser.signIn(u"ana"_s, u"ana-password"_s).status, 200);
    SocketIoClient socket;
    QVERIFY(socket.open(server.url(), {{"Cookie", browser.cookies}}));
    QVERIFY(socket.enter(Main));
    const auto out = browser.send("POST", u"/api/v1/auth/signout"_s);
    QCOMPARE(out.status, 200);
    QCOMPARE(out.cookies.size(), 2);
    for (const QNetworkCookie &cookie : out.cookies)
        QVERIFY(cookie.value().isEmpty());
    QVERIFY(socket.waitForOut(Main));
    QCOMPARE(browser.send("POST", u"/api/v1/auth/signout"_s).status, 401);
    QCOMPARE(server.server().presence().ledger().leaseCount(), 0);
}

void tst_FriendsRest::withoutATokenNothingIsTold_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::newRow("the map") << QByteArray("GET") << u"/api/v1/friends/online-status"_s;
    QTest::newRow("me") << QByteArray("GET") << u"/api/v1/auth/me"_s;
    QTest::newRow("signing out") << QByteArray("POST") << u"/api/v1/auth/signout"_s;
}

void tst_FriendsRest::withoutATokenNothingIsTold()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    TestServer server;
    QVERIFY(server.start());
    for (const QByteArray &cookies : {QByteArray(), QByteArray("accessToken="),
             QByteArray("accessToken=abc"), QByteArray("accessToken=\"a.b.c\"; x")}) {
        Browser browser(server);
        browser.cookies = cookies;
        const auto refused = browser.send(verb, path);
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.json.value("code"_L1).toInt(), 401);
        QCOMPARE(refused.json.value("message"_L1).toString(), u"Unauthorized"_s);
        QVERIFY(!refused.json.value("details"_L1).toString().isEmpty());
        QVERIFY(!refused.json.contains("data"_L1));
    }
}

void tst_FriendsRest::theMapHoldsWhomOneMaySeeAndNobodyElse()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer bao;
    FriendsPeer chi;
    FriendsPeer eve;
    Peer dan; // of another dialect
    QVERIFY(bao.open(server, u"bao"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    QVERIFY(eve.open(server, u"eve"_s));
    QVERIFY(dan.open(server, u"dan"_s));
    QVERIFY(
        server.server().hub().setIntent(server.key(u"chi"_s), {IntentStatus::Invisible, {}, {}}));
    QVERIFY(server.server().hub().setIntent(server.key(u"dan"_s), {IntentStatus::Busy, {}, {}}));
    Browser browser(server);
    browser.authorization = "Bearer " + server.token(u"ana"_s).toLatin1();
    const auto reply = browser.send("GET", u"/api/v1/friends/online-status"_s);
    QCOMPARE(reply.status, 200);
    const QJsonObject expected{{objectId(server, u"bao"_s), true},
        {objectId(server, u"chi"_s), false}, {objectId(server, u"dan"_s), true}};
    QCOMPARE(reply.json.value("data"_L1).toObject().value("statuses"_L1).toObject(), expected);
    browser.authorization = "Bearer " + server.token(u"eve"_s).toLatin1();
    QCOMPARE(
        browser.send("GET", u"/api/v1/friends/online-status"_s).json.value("data"_L1).toObject(),
        (QJsonObject{{u"statuses"_s, QJsonObject{}}}));
}

void tst_FriendsRest::theMapLeavesOutWhoIsNotKnownYet()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.frames = {10'000, 1ms};
    server.options.presence.holdBack = 45s;
    QVERIFY(server.start());
    FriendsPeer ana;
    FriendsPeer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    Browser browser(server);
    browser.authorization = "Bearer " + server.token(u"ana"_s).toLatin1();
    const auto early = browser.send("GET", u"/api/v1/friends/online-status"_s);
    QCOMPARE(early.json.value("data"_L1).toObject().value("statuses"_L1).toObject(),
        (QJsonObject{{objectId(server, u"bao"_s), true}}));
    FriendsPeer chi; // comes in time, and is told once
    QVERIFY(chi.open(server, u"chi"_s));
    server.advanceSlowly(45s);
    QVERIFY(ana.waitForStatus(objectId(server, u"dan"_s), u"offline"_s));
    QCOMPARE(ana.countStatus(objectId(server, u"chi"_s)), 1);
    const auto late = browser.send("GET", u"/api/v1/friends/online-status"_s);
    QCOMPARE(late.json.value("data"_L1).toObject().value("statuses"_L1).toObject().size(), 3);
}

void tst_FriendsRest::theMapIsLimited()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Browser browser(server);
    browser.authorization = "Bearer " + server.token(u"ana"_s).toLatin1();
    for (int i = 0; i < 100; ++i)
        QCOMPARE(browser.send("GET", u"/api/v1/friends/online-status"_s).status, 200);
    const auto refused = browser.send("GET", u"/api/v1/friends/online-status"_s);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.json.value("retryAfter"_L1).toInt(), 9);
    QCOMPARE(browser.send("GET", u"/api/v1/auth/me"_s).status, 200); // each route by itself
}

QTEST_GUILESS_MAIN(tst_FriendsRest)
#include "tst_friendsrest.moc"
