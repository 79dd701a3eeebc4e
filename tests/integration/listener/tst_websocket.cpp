// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "listenerfixture.h"

#include <QSignalSpy>
#include <QWebSocket>

using namespace presently;
using namespace presently::test;

namespace {

QByteArray closeFrame(quint16 code, QByteArrayView reason = {})
{
    return encodeFrame(Opcode::Close, closePayload(code, reason));
}

} // namespace

class tst_WebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture = std::make_unique<ListenerFixture>(); }
    void cleanup() { fixture.reset(); }

    void carriesTextBothWays()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        client.sayFrame(Opcode::Text, "hello");
        QTRY_COMPARE(client.heard(), encodeFrame(Opcode::Text, "hello"));
        client.sayFrame(Opcode::Binary, QByteArrayView("\x00\xff", 2));
        QTRY_COMPARE(fixture->socket().binaries.size(), 1);
    }

    void takesFramesThatCameWithTheRequest()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                   "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            + encodeFrame(Opcode::Text, "early", {true, 7}));
        QTRY_VERIFY(client.heard().endsWith(encodeFrame(Opcode::Text, "early")));
        QVERIFY(client.heard().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    }

    void talksWithAnHonestClient()
    {
        fixture->start();
        QWebSocket client;
        QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
        QSignalSpy pongs(&client, &QWebSocket::pong);
        QSignalSpy disconnected(&client, &QWebSocket::disconnected);
        QObject::connect(&client, &QWebSocket::connected, &client, [&] {
            client.sendTextMessage(u"Привет, 世界 🌍"_s);
            client.ping("are you there");
        });
        client.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(fixture->port)));
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(texts.first().first().toString(), u"Привет, 世界 🌍"_s);
        QTRY_COMPARE(pongs.size(), 1);
        QTRY_COMPARE(fixture->socket().pings.size(), 1);

        const QString large(20'000, u'я');
        client.sendTextMessage(large);
        QTRY_COMPARE(texts.size(), 2);
        QCOMPARE(texts.last().first().toString(), large);

        client.close(QWebSocketProtocol::CloseCodeGoingAway, u"bye"_s);
        QTRY_COMPARE(disconnected.size(), 1);
        QTRY_VERIFY(fixture->socket().closed);
        QCOMPARE(fixture->socket().closed->code, quint16(1001));
        QCOMPARE(fixture->socket().closed->kind, CloseKind::Clean);
    }

    void refusesBeforeThe101_data()
    {
        QTest::addColumn<int>("status");
        QTest::addRow("no token") << 401;
        QTest::addRow("not allowed") << 403;
        QTest::addRow("too many") << 429;
    }

    void refusesBeforeThe101()
    {
        QFETCH(const int, status);
        fixture->application.onUpgrade
            = [&](const RequestHead &) { return HttpResponse::text(status, "no"_ba); };
        fixture->start();
        RawClient client(fixture->port);
        client.say(upgradeRequest());
        QTRY_VERIFY(!client.isOpen());
        QVERIFY(client.heard().startsWith("HTTP/1.1 " + QByteArray::number(status)));
        QVERIFY(fixture->application.sockets.empty());
    }

    void refusesForeignOrigins_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("welcome");
        QTest::addRow("none") << QByteArray() << true;
        QTest::addRow("allowed") << "Origin: https://chat.example\r\n"_ba << true;
        QTest::addRow("foreign") << "Origin: https://evil.example\r\n"_ba << false;
        QTest::addRow("another port") << "Origin: https://chat.example:8443\r\n"_ba << false;
        QTest::addRow("null") << "Origin: null\r\n"_ba << false;
        QTest::addRow("two")
            << "Origin: https://chat.example\r\nOrigin: https://evil.example\r\n"_ba << false;
    }

    void refusesForeignOrigins()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const bool, welcome);
        ListenerOptions options;
        options.allowedOrigins = {"https://chat.example"_ba};
        fixture->start(options);
        RawClient client(fixture->port);
        client.say(upgradeRequest(fields));
        QTRY_VERIFY(client.heard().startsWith(welcome ? "HTTP/1.1 101 " : "HTTP/1.1 403 "));
    }

    void agreesOnNoExtensionAndNoSubprotocol()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say(upgradeRequest("Sec-WebSocket-Extensions: permessage-deflate\r\n"
                                  "Sec-WebSocket-Protocol: chat\r\n"));
        QTRY_VERIFY(client.heard().startsWith("HTTP/1.1 101 "));
        QVERIFY(!client.heard().contains("Extensions"));
        QVERIFY(!client.heard().contains("Protocol:"));
    }

    void takesTextThatIsCutInsideACharacter()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        client.sayFrame(Opcode::Text, "\xc3", false);
        client.sayFrame(Opcode::Continuation, "\xa9");
        QTRY_COMPARE(client.heard(), encodeFrame(Opcode::Text, "é"));
    }

    void answersACloseWithTheSameCode()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        client.sayFrame(Opcode::Close, closePayload(4321, "why"));
        QTRY_VERIFY(!client.isOpen());
        QCOMPARE(client.heard(), closeFrame(4321));
        QCOMPARE(fixture->socket().closed->code, quint16(4321));
        QCOMPARE(fixture->socket().closed->kind, CloseKind::Clean);
    }

    void closesAndWaitsForThePeer()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        fixture->socket().connection->sendText("last words");
        fixture->socket().connection->close(1012, "restart"_ba);
        QTRY_COMPARE(
            client.heard(), encodeFrame(Opcode::Text, "last words") + closeFrame(1012, "restart"));
        QVERIFY(!fixture->socket().closed);
        client.sayFrame(Opcode::Close, closePayload(1012));
        QTRY_VERIFY(fixture->socket().closed);
        QCOMPARE(fixture->socket().closed->code, quint16(1012));
        QCOMPARE(fixture->socket().closed->kind, CloseKind::ByUs);
        QTRY_VERIFY(!client.isOpen());
    }

    void abortsTwoSecondsAfterACloseThatIsNotAnswered()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        fixture->socket().connection->close(1000);
        QTRY_COMPARE(client.heard(), closeFrame(1000));
        fixture->pass(1999ms);
        QVERIFY(!fixture->socket().closed);
        fixture->pass(1ms);
        QCOMPARE(fixture->socket().closed->code, quint16(1000));
        QCOMPARE(fixture->socket().closed->kind, CloseKind::ByUs);
        QTRY_VERIFY(!client.isOpen());
    }

    void callsALostConnectionLost()
    {
        fixture->start();
        {
            RawClient client(fixture->port);
            client.upgrade();
        }
        QTRY_VERIFY(fixture->socket().closed);
        QCOMPARE(fixture->socket().closed->code, quint16(1006));
        QCOMPARE(fixture->socket().closed->kind, CloseKind::Lost);
        QTRY_COMPARE(fixture->server->counters().openWebSockets, 0);
    }

    void pingsAfterSilenceAndDropsWithoutAPong()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        fixture->pass(15'999ms);
        client.sayFrame(Opcode::Text, "x");
        QTRY_COMPARE(client.heard(), encodeFrame(Opcode::Text, "x"));
        client.forget();
        fixture->pass(15'999ms);
        serveABystander();
        QCOMPARE(client.heard(), QByteArray());
        fixture->pass(1ms);
        QTRY_COMPARE(client.heard(), encodeFrame(Opcode::Ping, {}));
        client.sayFrame(Opcode::Pong, {});
        QTRY_COMPARE(fixture->server->counters().framesReceived, quint64(2));

        client.forget();
        fixture->pass(16s);
        QTRY_COMPARE(client.heard(), encodeFrame(Opcode::Ping, {}));
        fixture->pass(9'999ms);
        QVERIFY(!fixture->socket().closed);
        fixture->pass(1ms);
        QCOMPARE(fixture->socket().closed->kind, CloseKind::Lost);
        QTRY_VERIFY(!client.isOpen());
    }

    void showsEachFrameToTheTap()
    {
        QList<std::pair<Opcode, QByteArray>> received;
        QList<std::pair<Opcode, QByteArray>> sent;
        fixture->start();
        fixture->server->setFrameTap(
            [&](quint64, FrameDirection direction, Opcode opcode, QByteArrayView payload) {
                (direction == FrameDirection::Sent ? sent : received)
                    .append({opcode, payload.toByteArray()});
            });
        RawClient client(fixture->port);
        client.upgrade();
        client.sayFrame(Opcode::Text, "hello");
        client.sayFrame(Opcode::Ping, "p");
        client.sayFrame(Opcode::Close, closePayload(1000));
        QTRY_VERIFY(!client.isOpen());
        using Log = QList<std::pair<Opcode, QByteArray>>;
        QCOMPARE(received,
            Log({{Opcode::Text, "hello"}, {Opcode::Ping, "p"}, {Opcode::Close, "\x03\xe8"}}));
        QCOMPARE(
            sent, Log({{Opcode::Text, "hello"}, {Opcode::Pong, "p"}, {Opcode::Close, "\x03\xe8"}}));
    }

    void sharesTheBytesOfABroadcast()
    {
        fixture->start();
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<RawClient>(fixture->port));
            clients.back()->upgrade();
        }
        const SharedFrame frame = SharedFrame::text(QByteArray(10'000, 'x'));
        for (const auto &socket : fixture->application.sockets)
            socket->connection->send(frame);
        QVERIFY(!frame.bytes().isDetached());
        for (const auto &client : clients)
            QTRY_COMPARE(client->heard(), frame.bytes());
        QVERIFY(frame.bytes().isDetached());
    }

    void dropsASlowReaderAndServesTheOthers()
    {
        fixture->start();
        RawClient slow(fixture->port);
        slow.upgrade();
        slow.stopReading();
        RawClient good(fixture->port);
        good.upgrade();
        const SharedFrame frame = SharedFrame::text(QByteArray(32'000, 'x'));
        qint64 most = 0;
        qsizetype broadcasts = 0;
        while (!fixture->socket(0).closed && broadcasts < 2000) {
            for (const auto &socket : fixture->application.sockets) {
                if (socket->connection) {
                    socket->connection->send(frame);
                    most = std::max(most, socket->connection->pendingBytes());
                }
            }
            ++broadcasts;
            QTRY_COMPARE(good.heard().size(), broadcasts * frame.bytes().size());
        }
        QVERIFY(fixture->socket(0).closed);
        QCOMPARE(fixture->socket(0).closed->code, quint16(4008));
        QCOMPARE(fixture->socket(0).closed->kind, CloseKind::ByUs);
        QVERIFY2(most <= 1024 * 1024, qPrintable(QString::number(most)));
        QVERIFY(!fixture->socket(1).closed);
        QCOMPARE(fixture->server->counters().slowDropped, quint64(1));
    }

    void tellsOfADropOnlyLater()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        client.stopReading();
        WebSocketConnection *connection = fixture->socket().connection;
        const SharedFrame large = SharedFrame::binary(QByteArray(900'000, 'x'));
        for (int i = 0; i < 20; ++i) {
            connection->send(large); // also after the drop: does nothing
            QVERIFY(!fixture->socket().closed);
        }
        QTRY_VERIFY(fixture->socket().closed);
        QCOMPARE(fixture->socket().closed->code, quint16(4008));
    }

    void tellsEveryoneWhenTheListenerGoes()
    {
        fixture->start();
        RawClient first(fixture->port);
        first.upgrade();
        RawClient second(fixture->port);
        second.upgrade();
        fixture->server.reset();
        for (const auto &socket : fixture->application.sockets)
            QCOMPARE(socket->closed->kind, CloseKind::ByUs);
        QTRY_VERIFY(!first.isOpen());
    }

    void stopsWithACodeForEveryWebSocket()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.upgrade();
        QSignalSpy stopped(fixture->server.get(), &HttpServer::stopped);
        fixture->server->stop(1012, "restart"_ba);
        QTRY_COMPARE(client.heard(), closeFrame(1012, "restart"));
        client.sayFrame(Opcode::Close, closePayload(1012));
        QTRY_VERIFY(!client.isOpen());
        QTRY_COMPARE(stopped.size(), 1);
    }

private:
    static QByteArray upgradeRequest(const QByteArray &fields = {})
    {
        return getRequest("/ws",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + fields);
    }

    std::unique_ptr<ListenerFixture> fixture;
};

QTEST_GUILESS_MAIN(tst_WebSocket)
#include "tst_websocket.moc"
