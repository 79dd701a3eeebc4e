// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/socketiobench.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::StringLiterals;

namespace {

using Bench = SocketIoBench;

//! The whole server, with the namespaces of the conformance suites.
struct WholeServer : TestServer {
    explicit WholeServer(const QStringList &origins = {})
    {
        options.dialects.socketIo.conformance = true;
        options.listener.allowedOrigins = origins;
        m_started = start();
    }
    [[nodiscard]] bool isUp() const { return m_started; }
    [[nodiscard]] quint16 port() { return server().port(); }
    [[nodiscard]] QByteArray openPolling()
    {
        RawRequest request(port(), "GET", Bench::pollingPath());
        return Bench::sidOf(request.body());
    }

private:
    bool m_started = false;
};

} // namespace

//! Socket.IO behind the door that all requests come through.
class tst_WholeServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersUnderItsPath_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addRow("with a slash") << "GET"_ba
                                      << "/socket.io/?EIO=4&transport=polling"_ba << 200;
        QTest::addRow("without") << "GET"_ba
                                 << "/socket.io?EIO=4&transport=polling"_ba << 200;
        QTest::addRow("below") << "GET"_ba
                               << "/socket.io/x?EIO=4&transport=polling"_ba << 404;
        for (const char *method : {"POST", "PUT", "DELETE", "PATCH", "HEAD"})
            QTest::addRow("%s", method)
                << QByteArray(method) << "/socket.io/?EIO=4&transport=polling"_ba << 400;
    }

    void answersUnderItsPath()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, target);
        QFETCH(const int, status);
        WholeServer server;
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        RawRequest request(server.port(), method, target);
        QCOMPARE(request.status(), status);
    }

    void takesWebSocketsUnderItsPath()
    {
        WholeServer server;
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        for (const char *target :
            {"/socket.io/?EIO=4&transport=websocket", "/socket.io?EIO=4&transport=websocket"}) {
            RawWebSocket socket(server.port(), target);
            QVERIFY(socket.text().startsWith("0{"));
        }
    }

    void letsNamedPagesSendCookies()
    {
        WholeServer server({u"https://app.example"_s});
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        const QByteArray origin = "Origin: https://app.example\r\n";
        RawRequest get(server.port(), "GET", Bench::pollingPath(), {}, origin);
        QCOMPARE(get.status(), 200);
        QCOMPARE(get.header("Access-Control-Allow-Origin"), "https://app.example"_ba);
        QCOMPARE(get.header("Access-Control-Allow-Credentials"), "true"_ba);
        RawRequest post(
            server.port(), "POST", Bench::pollingPath(Bench::sidOf(get.body())), "40", origin);
        QCOMPARE(post.status(), 200);
        QCOMPARE(post.header("Access-Control-Allow-Credentials"), "true"_ba);
        // A page must also be able to read why it was refused.
        RawRequest refused(server.port(), "GET", Bench::pollingPath("nobody"), {}, origin);
        QCOMPARE(refused.status(), 400);
        QCOMPARE(refused.header("Access-Control-Allow-Origin"), "https://app.example"_ba);
        RawRequest asked(server.port(), "OPTIONS", Bench::pollingPath(), {},
            origin + "Access-Control-Request-Method: POST\r\n");
        QCOMPARE(asked.status(), 204);
        QCOMPARE(asked.header("Access-Control-Allow-Credentials"), "true"_ba);
        RawWebSocket socket(
            server.port(), Bench::webSocketPath(), {{"Origin", "https://app.example"}});
        QVERIFY(socket.text().startsWith("0{"));
    }

    void keepsForeignPagesOut()
    {
        WholeServer server;
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        RawRequest get(
            server.port(), "GET", Bench::pollingPath(), {}, "Origin: https://evil.example\r\n");
        QCOMPARE(get.status(), 403);
        RawWebSocket socket(
            server.port(), Bench::webSocketPath(), {{"Origin", "https://evil.example"}});
        QCOMPARE(socket.status(), 403);
    }

    void letsJustAnybodyInWithoutCookies()
    {
        WholeServer server({u"*"_s});
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        RawRequest get(
            server.port(), "GET", Bench::pollingPath(), {}, "Origin: https://any.example\r\n");
        QCOMPARE(get.status(), 200);
        QCOMPARE(get.header("Access-Control-Allow-Origin"), "*"_ba);
        QVERIFY(get.header("Access-Control-Allow-Credentials").isEmpty());
    }

    void endsAHeldGetWhenItGoesDown()
    {
        WholeServer server;
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        const quint16 port = server.port();
        const QByteArray sid = server.openPolling();
        RawRequest held(port, "GET", Bench::pollingPath(sid));
        RawRequest post(port, "POST", Bench::pollingPath(sid), "3");
        QCOMPARE(post.status(), 200); // the GET was before it
        server.server().stop();
        QCOMPARE(held.status(), 200);
        QCOMPARE(held.body(), "1"_ba);
    }

    void bearsItsEndUnderAHeldGet()
    {
        WholeServer server;
        QVERIFY2(server.isUp(), qPrintable(server.errorText()));
        const quint16 port = server.port();
        const QByteArray sid = server.openPolling();
        RawRequest held(port, "GET", Bench::pollingPath(sid));
        RawWebSocket socket(port, Bench::webSocketPath());
        QVERIFY(socket.text().startsWith("0{"));
        RawRequest post(port, "POST", Bench::pollingPath(sid), "40");
        QCOMPARE(post.status(), 200);
        server.kill();
        QVERIFY(socket.waitForClose());
    }
};

QTEST_GUILESS_MAIN(tst_WholeServer)
#include "tst_wholeserver.moc"
