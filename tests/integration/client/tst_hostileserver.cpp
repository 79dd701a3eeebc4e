// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QSignalSpy>
#include <QTest>

#include "net/client/apiclient.h"
#include "tests/integration/client/clientprobe.h"
#include "tests/integration/client/scriptedserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

constexpr auto Upgrade = "GET /api/v1/ws";

QByteArray unauthorized()
{
    return ScriptedServer::reply("401 Unauthorized");
}

//! What a call to \a url gives.
Expected<RestReply, Error> fetch(const QUrl &url, Milliseconds deadline = 5s)
{
    ApiClient api(deadline, deadline);
    api.setToken("secret");
    std::optional<Expected<RestReply, Error>> result;
    RestCall call;
    call.url = url;
    QObject context;
    api.send(call, &context, [&](const Expected<RestReply, Error> &reply) { result = reply; });
    if (!QTest::qWaitFor([&] { return result.has_value(); }, 10'000))
        return Unexpected{Error{ErrorCode::Internal, QStringLiteral("no answer"), {}, {}}};
    return *result;
}

QUrl under(const QUrl &server, const char *path)
{
    QUrl url = server;
    url.setPath(QString::fromLatin1(path));
    return url;
}

} // namespace

//! Reliability scenarios R04 and R05, and the traps of HTTP: a server that means ill, or is ill.
class tst_HostileServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAnAttemptThatIsNeverAnswered(); // R04
    void leavesARefusedHandshakeAtOnce_data(); // R05
    void leavesARefusedHandshakeAtOnce();
    void asksThePersonAfter401WithoutAStorm();
    void waitsAsLongAsItIsTold_data();
    void waitsAsLongAsItIsTold();
    void dropsAServerThatNeverSaysConnected();
    void carriesNothingToAnotherOrigin_data();
    void carriesNothingToAnotherOrigin();
    void followsARedirectToTheSameOriginThreeTimes();
    void refusesPlainHttpBeyondThisMachine();
    void refusesATokenThatWouldBreakTheHeader();
    void endsACallThatIsNeverAnswered();
    void boundsTheBodyOfAReply();
    void readsRetryAfterAndErrorCodes();
    void failsASignInThatAnswersNonsense_data();
    void failsASignInThatAnswersNonsense();
};

void tst_HostileServer::endsAnAttemptThatIsNeverAnswered()
{
    ScriptedServer server([](const QByteArray &) { return QByteArray(); });
    QVERIFY(server.listens());
    EngineOptions options = quickOptions();
    options.link.handshake = 300ms;
    ClientProbe client(server.url(), options);
    client.start(QStringLiteral("token"));
    QTRY_COMPARE_WITH_TIMEOUT(client.session.link().state, LinkState::Waiting, 2000);
    QCOMPARE(client.session.link().cause->code, ErrorCode::Timeout);
    QTRY_VERIFY_WITH_TIMEOUT(server.upgrades() >= 2, 5000); // it tries again
    QTRY_VERIFY_WITH_TIMEOUT(server.disconnections >= 1, 2000); // with a fresh socket
}

void tst_HostileServer::leavesARefusedHandshakeAtOnce_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("403") << ScriptedServer::reply("403 Forbidden");
    QTest::newRow("302") << ScriptedServer::reply("302 Found", "Location: http://127.0.0.1:1/\r\n");
    QTest::newRow("429") << ScriptedServer::reply("429 Too Many Requests");
    QTest::newRow("503") << ScriptedServer::reply("503 Service Unavailable");
    QTest::newRow("200") << ScriptedServer::reply("200 OK", {}, "hello");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01 this is not http\r\n\r\n");
    QTest::newRow("a header of 2 MB") << QByteArray(
        "HTTP/1.1 101 Switching Protocols\r\nX: " + QByteArray(2'000'000, 'x') + "\r\n\r\n");
    QTest::newRow("a wrong accept key") << QByteArray(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
}

void tst_HostileServer::leavesARefusedHandshakeAtOnce()
{
    QFETCH(const QByteArray, answer);
    ScriptedServer server([answer](const QByteArray &head) {
        return head.contains(Upgrade) ? answer : ScriptedServer::reply("503 Service Unavailable");
    });
    EngineOptions options;
    options.seed = 7;
    ClientProbe client(server.url(), options);
    QElapsedTimer time;
    time.start();
    client.start(QStringLiteral("token"));
    QTRY_COMPARE_WITH_TIMEOUT(client.session.link().state, LinkState::Waiting, 3000);
    QVERIFY2(time.elapsed() <= 1500, qPrintable(QString::number(time.elapsed())));
    QVERIFY(client.session.link().nextTryAt);
    QVERIFY(client.signInNeeded.isEmpty());
}

void tst_HostileServer::asksThePersonAfter401WithoutAStorm()
{
    ScriptedServer server([](const QByteArray &) { return unauthorized(); });
    ClientProbe client(server.url(), quickOptions());
    client.start(QStringLiteral("token"));
    QTRY_COMPARE_WITH_TIMEOUT(client.signInNeeded.size(), 1, 3000);
    QCOMPARE(client.signInNeeded.first().code, ErrorCode::Unauthenticated);
    QCOMPARE(client.session.link().state, LinkState::SignedOut);
    const qsizetype requests = server.requests.size();
    // With a back-off of at most 200 ms a retry would show by now.
    QVERIFY(!QTest::qWaitFor([&] { return server.requests.size() > requests; }, 600));
    QCOMPARE(server.upgrades(), 1);
}

void tst_HostileServer::waitsAsLongAsItIsTold_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<ErrorCode>("cause");
    QTest::newRow("429") << QByteArray("429 Too Many Requests") << ErrorCode::RateLimited;
    QTest::newRow("503") << QByteArray("503 Service Unavailable") << ErrorCode::ServerFailure;
}

void tst_HostileServer::waitsAsLongAsItIsTold()
{
    QFETCH(const QByteArray, status);
    QFETCH(const ErrorCode, cause);
    ScriptedServer server([status](const QByteArray &) {
        return ScriptedServer::reply(status, "Retry-After: 1\r\n");
    });
    ClientProbe client(server.url(), quickOptions());
    client.start(QStringLiteral("token"));
    QTRY_COMPARE_WITH_TIMEOUT(client.session.link().state, LinkState::Waiting, 3000);
    QCOMPARE(client.session.link().cause->code, cause);
    const qint64 toldAt = server.requests.last().atMs;
    QTRY_COMPARE_WITH_TIMEOUT(server.upgrades(), 2, 5000);
    qint64 secondAt = 0;
    for (const ScriptedServer::Seen &seen : std::as_const(server.requests)) {
        if (seen.head.contains(Upgrade))
            secondAt = seen.atMs;
    }
    QVERIFY2(secondAt - toldAt >= 1000, qPrintable(QString::number(secondAt - toldAt)));
}

void tst_HostileServer::dropsAServerThatNeverSaysConnected()
{
    ScriptedServer server([](const QByteArray &head) {
        if (!head.contains(Upgrade))
            return ScriptedServer::reply("404 Not Found");
        const qsizetype at = head.indexOf("Sec-WebSocket-Key: ") + 19;
        const QByteArray key = head.mid(at, head.indexOf("\r\n", at) - at);
        const QByteArray accept = QCryptographicHash::hash(
            key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                                      .toBase64();
        const QByteArray text = R"({"type":"pong"} not json)";
        return QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept + "\r\n\r\n\x81" + char(text.size()) + text);
    });
    EngineOptions options = quickOptions();
    options.link.handshake = 300ms;
    ClientProbe client(server.url(), options);
    client.start(QStringLiteral("token"));
    QTRY_COMPARE_WITH_TIMEOUT(client.session.link().state, LinkState::Waiting, 2000);
    QVERIFY(!client.session.isSignedIn());
}

void tst_HostileServer::carriesNothingToAnotherOrigin_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char *status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect",
             "308 Permanent Redirect"})
        QTest::newRow(status) << QByteArray(status);
}

void tst_HostileServer::carriesNothingToAnotherOrigin()
{
    QFETCH(const QByteArray, status);
    ScriptedServer other([](const QByteArray &) { return ScriptedServer::reply("200 OK"); },
        QHostAddress(QStringLiteral("127.0.0.2")));
    if (!other.listens())
        QSKIP("127.0.0.2 is not to be had here");
    const QByteArray location = "Location: " + other.url().toEncoded() + "/stolen\r\n";
    ScriptedServer server(
        [status, location](const QByteArray &) { return ScriptedServer::reply(status, location); });
    const auto reply = fetch(under(server.url(), "/api/v1/roster"));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::ProtocolViolation);
    QCOMPARE(other.connections, 0);
}

void tst_HostileServer::followsARedirectToTheSameOriginThreeTimes()
{
    ScriptedServer server([](const QByteArray &head) {
        const int hop = head.mid(head.indexOf("/hop") + 4, 1).toInt();
        if (head.startsWith("GET /good") && hop == 3)
            return ScriptedServer::reply("200 OK", {}, "here");
        const QByteArray path = head.startsWith("GET /good") ? "/good/hop" : "/endless/hop";
        return ScriptedServer::reply(
            "302 Found", "Location: " + path + QByteArray::number(hop + 1) + "\r\n");
    });
    const auto reply = fetch(under(server.url(), "/good/hop0"));
    QVERIFY(reply);
    QCOMPARE(reply->body, QByteArray("here"));
    const qsizetype before = server.requests.size();
    const auto endless = fetch(under(server.url(), "/endless/hop0"));
    QVERIFY(!endless);
    QCOMPARE(server.requests.size() - before, 4);
}

void tst_HostileServer::refusesPlainHttpBeyondThisMachine()
{
    const auto reply = fetch(QUrl(QStringLiteral("http://chat.example.org/api/v1/roster")));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::InvalidUrl);
    ClientProbe client(QUrl(QStringLiteral("http://chat.example.org")));
    client.signIn(QStringLiteral("ana"), QStringLiteral("secret"));
    QCOMPARE(client.signInFailed.size(), 1);
    QCOMPARE(client.signInFailed.first().code, ErrorCode::InvalidUrl);
}

void tst_HostileServer::refusesATokenThatWouldBreakTheHeader()
{
    ScriptedServer server([](const QByteArray &) { return ScriptedServer::reply("200 OK"); });
    ClientProbe client(server.url(), quickOptions());
    client.start(QStringLiteral("abc\r\nX-Evil: 1"));
    QTRY_COMPARE_WITH_TIMEOUT(client.session.link().state, LinkState::Waiting, 2000);
    QCOMPARE(server.requests.size(), 0);
}

void tst_HostileServer::endsACallThatIsNeverAnswered()
{
    ScriptedServer server([](const QByteArray &) { return QByteArray(); });
    QElapsedTimer time;
    time.start();
    const auto reply = fetch(under(server.url(), "/"), 200ms);
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Timeout);
    QVERIFY(time.elapsed() < 2000);
}

void tst_HostileServer::boundsTheBodyOfAReply()
{
    ScriptedServer server([](const QByteArray &) {
        return ScriptedServer::reply("200 OK", {}, QByteArray(ApiClient::LargestBody + 1, 'x'));
    });
    const auto reply = fetch(under(server.url(), "/"));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::TooLarge);
}

void tst_HostileServer::readsRetryAfterAndErrorCodes()
{
    ScriptedServer server([](const QByteArray &head) {
        if (head.startsWith("GET /limited"))
            return ScriptedServer::reply("429 Too Many Requests", "Retry-After: 7\r\n");
        if (head.startsWith("GET /forever"))
            return ScriptedServer::reply("503 Service Unavailable", "Retry-After: 99999999\r\n");
        return ScriptedServer::reply(
            "403 Forbidden", {}, R"({"error":{"code":"NOT_PARTICIPANT","message":"no"}})");
    });
    const auto limited = fetch(under(server.url(), "/limited"));
    QCOMPARE(limited.error().retryAfter, Milliseconds{7000});
    const auto forever = fetch(under(server.url(), "/forever"));
    QVERIFY(*forever.error().retryAfter <= 1h); // nobody is sent away for years
    const auto forbidden = fetch(under(server.url(), "/other"));
    QCOMPARE(forbidden.error().code, ErrorCode::Forbidden);
}

void tst_HostileServer::failsASignInThatAnswersNonsense_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("html") << ScriptedServer::reply("200 OK", {}, "<html>Welcome</html>");
    QTest::newRow("nothing") << ScriptedServer::reply("200 OK");
    QTest::newRow("no token") << ScriptedServer::reply("200 OK", {}, R"({"data":{}})");
    QTest::newRow("wrong password") << ScriptedServer::reply(
        "401 Unauthorized", {}, R"({"error":{"code":"INVALID_CREDENTIALS","message":"wrong"}})");
    QTest::newRow("hung up") << QByteArray("\r\n");
}

void tst_HostileServer::failsASignInThatAnswersNonsense()
{
    QFETCH(const QByteArray, answer);
    ScriptedServer server([answer](const QByteArray &) { return answer; });
    EngineOptions options = quickOptions();
    options.requestDeadline = 500ms;
    ClientProbe client(server.url(), options);
    client.signIn(QStringLiteral("ana"), QStringLiteral("secret"));
    QTRY_COMPARE_WITH_TIMEOUT(client.signInFailed.size(), 1, 3000);
    QVERIFY(client.credentials.accessToken.isEmpty());
    QCOMPARE(server.upgrades(), 0);
}

QTEST_GUILESS_MAIN(tst_HostileServer)
#include "tst_hostileserver.moc"
