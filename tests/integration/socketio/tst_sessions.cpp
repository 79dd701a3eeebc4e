// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/recordingnamespace.h"
#include "tests/integration/socketio/socketiobench.h"

#include <QSet>

using namespace presently;
using namespace presently::net::socketio;
using namespace presently::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Bench = SocketIoBench;

constexpr auto unknownSession = R"({"code":1,"message":"Session ID unknown"})";

//! \brief The bench with one more namespace, `/log`, that the test looks into.
struct LoggedBench : Bench {
    RecordingNamespace log;

    void start()
    {
        Bench::start();
        server->addNamespace(u"/log"_s, log);
    }
    ~LoggedBench() override { stop(); }

    //! A polling session in `/log`.
    QByteArray enterByPolling()
    {
        const QByteArray sid = openPolling();
        [&] { QCOMPARE(post(sid, "40/log,"), 200); }();
        [&] { QVERIFY(fetch(sid).startsWith("40/log,{")); }();
        return sid;
    }
    std::unique_ptr<RawWebSocket> enterByWebSocket(const net::HeaderList &fields = {})
    {
        auto socket = std::make_unique<RawWebSocket>(port, webSocketPath() + "&device=pc", fields);
        [&] { QVERIFY(socket->text().startsWith("0{")); }();
        socket->say("40/log,");
        [&] { QVERIFY(socket->text().startsWith("40/log,{")); }();
        return socket;
    }
    SocketLog &socket(size_t index = 0) { return *log.sockets.at(index); }
};

//! A text of about a kilobyte.
QJsonArray kilobyte()
{
    return {QString(1000, u'x')};
}

} // namespace

class tst_Sessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesIdsThatNobodyGuesses()
    {
        Bench bench;
        bench.start();
        QSet<QByteArray> ids;
        for (int i = 0; i < 20; ++i) {
            const QByteArray sid = bench.openPolling();
            QCOMPARE(sid.size(), 20);
            ids.insert(sid.left(6));
        }
        QCOMPARE(ids.size(), 20);
        QCOMPARE(bench.fetch("AAAAAAAAAAAAAAAAAAAA"), QByteArray(unknownSession));
        QCOMPARE(bench.post("AAAAAAAAAAAAAAAAAAAA", "40"), 400);
    }

    void tellsADialectHowAClientLeft_data()
    {
        QTest::addColumn<QByteArray>("lastWord");
        QTest::addColumn<presently::CloseKind>("kind");
        QTest::addRow("it leaves the namespace") << "41/log,"_ba << presently::CloseKind::Clean;
        QTest::addRow("it closes the session") << "1"_ba << presently::CloseKind::Clean;
        QTest::addRow("it breaks the rules") << "nonsense"_ba << presently::CloseKind::Clean;
        QTest::addRow("it closes the WebSocket") << "close"_ba << presently::CloseKind::Clean;
        QTest::addRow("its link breaks") << "abort"_ba << presently::CloseKind::Lost;
        QTest::addRow("it falls silent") << QByteArray() << presently::CloseKind::Lost;
    }

    void tellsADialectHowAClientLeft()
    {
        QFETCH(const QByteArray, lastWord);
        QFETCH(const presently::CloseKind, kind);
        LoggedBench bench;
        bench.settings.pingInterval = 5s; // before the WebSocket's own pings
        bench.settings.pingTimeout = 4s;
        bench.start();
        const auto socket = bench.enterByWebSocket();
        if (lastWord == "close") {
            socket->sayClose();
        } else if (lastWord == "abort") {
            socket->abort();
        } else if (!lastWord.isEmpty()) {
            socket->say(lastWord);
        } else {
            bench.pass(5s);
            QCOMPARE(socket->text(), "2"_ba);
            bench.pass(3999ms);
            QVERIFY(bench.socket().closed.isEmpty());
            bench.pass(1ms);
        }
        QTRY_COMPARE(bench.socket().closed, QList{kind});
        bench.stop();
        QCOMPARE(bench.socket().closed.size(), 1);
    }

    void losesAPollingClientThatAsksNoMore()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        bench.pass(bench.settings.pingInterval);
        bench.pass(bench.settings.pingTimeout - 1ms);
        QVERIFY(bench.socket().closed.isEmpty());
        bench.pass(1ms);
        QCOMPARE(bench.socket().closed, QList{presently::CloseKind::Lost});
        QCOMPARE(bench.server->sessionCount(), 0);
    }

    void sendsOneClientOutOfOneNamespace()
    {
        LoggedBench bench;
        bench.start();
        const auto socket = bench.enterByWebSocket();
        socket->say("40/custom,");
        QVERIFY(socket->text().startsWith("40/custom,"));
        QVERIFY(socket->text().startsWith("42/custom,"));
        bench.socket().socket->sendEvent(u"last"_s, {});
        bench.socket().socket->disconnect();
        // It is told later, never from inside its own call; what it says now goes nowhere.
        QVERIFY(bench.socket().closed.isEmpty());
        bench.socket().socket->sendEvent(u"lost"_s, {});
        QCOMPARE(socket->text(), "42/log,[\"last\"]"_ba);
        QCOMPARE(socket->text(), "41/log,"_ba);
        QTRY_COMPARE(bench.socket().closed, QList{presently::CloseKind::Clean});
        // It may have said something before it heard of that.
        socket->say("42/log,[\"late\"]");
        socket->say("42/custom,[\"message\"]");
        QCOMPARE(socket->text(), "42/custom,[\"message-back\"]"_ba);
        QVERIFY(bench.socket().events.isEmpty());
        socket->say("40/log,");
        QVERIFY(socket->text().startsWith("40/log,"));
        QCOMPARE(bench.log.sockets.size(), size_t(2));
    }

    void closesAWholeConnection()
    {
        LoggedBench bench;
        bench.start();
        const auto socket = bench.enterByWebSocket();
        bench.socket().socket->sendEvent(u"last"_s, {});
        bench.socket().socket->close();
        QVERIFY(bench.socket().closed.isEmpty());
        QCOMPARE(socket->text(), "42/log,[\"last\"]"_ba);
        QVERIFY(socket->waitForClose());
        QCOMPARE(bench.socket().closed, QList{presently::CloseKind::Clean});

        const QByteArray sid = bench.enterByPolling();
        bench.socket(1).socket->sendEvent(u"last"_s, {});
        bench.socket(1).socket->close();
        QTRY_COMPARE(bench.socket(1).closed, QList{presently::CloseKind::Clean});
        QCOMPARE(bench.fetch(sid), QByteArray(unknownSession));
    }

    void letsADialectDecideLater()
    {
        LoggedBench bench;
        std::optional<ConnectResponder> responder;
        bench.log.decide
            = [&](const ConnectRequest &, ConnectResponder given) { responder = std::move(given); };
        bench.start();
        RawWebSocket socket(bench.port, Bench::webSocketPath());
        QVERIFY(socket.text().startsWith("0{"));
        socket.say("40/log,");
        QTRY_VERIFY(responder);
        QVERIFY(responder->isAwaited() && socket.isQuiet());
        responder->accept(bench.log.makeHandler(), {{u"more"_s, 1}});
        QVERIFY(bench.socket().socket);
        const QByteArray answer = socket.text();
        QVERIFY(answer.startsWith("40/log,{\"more\":1,\"sid\":\""));
        QCOMPARE(Bench::sidOf(answer.mid(6)), bench.socket().socket->sid().toLatin1());
        // The first answer counts.
        responder->refuse(u"no"_s);
        QVERIFY(!responder->isAwaited() && socket.isQuiet());
    }

    void answersNobodyWhoHasGone()
    {
        LoggedBench bench;
        std::optional<ConnectResponder> responder;
        bench.log.decide
            = [&](const ConnectRequest &, ConnectResponder given) { responder = std::move(given); };
        bench.start();
        RawWebSocket socket(bench.port, Bench::webSocketPath());
        socket.say("40/log,");
        QTRY_VERIFY(responder);
        socket.abort();
        QTRY_VERIFY(!responder->isAwaited());
        responder->accept(bench.log.makeHandler());
        QVERIFY(!bench.socket().socket);
        QVERIFY(bench.socket().closed.isEmpty());
    }

    void refusesWithWords()
    {
        LoggedBench bench;
        bench.log.decide = [](const ConnectRequest &request, const ConnectResponder &responder) {
            if (request.auth)
                responder.refuse(u"Invalid token"_s, QJsonObject{{u"code"_s, u"UNAUTHORIZED"_s}});
        };
        bench.start();
        RawWebSocket socket(bench.port, Bench::webSocketPath());
        QVERIFY(socket.text().startsWith("0{"));
        socket.say("40/log,{\"token\":\"x\"}");
        QCOMPARE(socket.text(),
            "44/log,{\"data\":{\"code\":\"UNAUTHORIZED\"},\"message\":\"Invalid token\"}"_ba);
        // A dialect that forgets to answer.
        socket.say("40/log,");
        QCOMPARE(socket.text(), "44/log,{\"message\":\"Server error\"}"_ba);
    }

    void asksTheNextDialectOfANamespace()
    {
        LoggedBench bench;
        bench.log.decide = [&bench](const ConnectRequest &request, const ConnectResponder &to) {
            if (request.auth && request.auth->contains("mine"_L1))
                to.accept(bench.log.makeHandler());
            else
                to.pass();
        };
        RecordingNamespace second;
        second.decide = [&second](const ConnectRequest &request, const ConnectResponder &to) {
            if (request.auth)
                to.accept(second.makeHandler());
            else
                to.pass();
        };
        bench.start();
        bench.server->addNamespace(u"/log"_s, second);
        RawWebSocket socket(bench.port, Bench::webSocketPath());
        QVERIFY(socket.text().startsWith("0{"));
        socket.say("40/log,");
        QCOMPARE(socket.text(), "44/log,{\"message\":\"Invalid namespace\"}"_ba);
        socket.say("40/log,{}");
        QVERIFY(socket.text().startsWith("40/log,{"));
        QVERIFY(bench.log.sockets.empty() && second.sockets.size() == 1);
        socket.say("41/log,");
        socket.say("40/log,{\"mine\":true}");
        QVERIFY(socket.text().startsWith("40/log,{"));
        QVERIFY(bench.log.sockets.size() == 1);
        bench.stop();
    }

    void showsTheHandshake()
    {
        LoggedBench bench;
        bench.start();
        const auto socket = bench.enterByWebSocket({{"Cookie", "accessToken=t"},
            {"Authorization", "Bearer t"}, {"User-Agent", "test"}, {"Accept", "*/*"}});
        const net::RequestHead &head = bench.socket().socket->handshake();
        QCOMPARE(head.headers.value("cookie"), "accessToken=t"_ba);
        QCOMPARE(head.bearerToken(), "t"_ba);
        QCOMPARE(head.headers.value("user-agent"), "test"_ba);
        QCOMPARE(head.query.value(u"device"), u"pc"_s);
        QVERIFY(!head.query.contains(u"EIO"));
        QVERIFY(!head.headers.contains("Accept") && !head.headers.contains("Sec-WebSocket-Key"));
        QVERIFY(bench.socket().socket->peer().address.isLoopback());
    }

    void tellsOfEverySignOfLife()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        bench.pass(bench.settings.pingInterval);
        QCOMPARE(bench.fetch(sid), "2"_ba);
        QCOMPARE(bench.socket().alive, 0);
        QCOMPARE(bench.post(sid, "3"), 200);
        QCOMPARE(bench.socket().alive, 1);
        QCOMPARE(bench.post(sid, "42/log,[\"x\"]"), 200);
        QCOMPARE(bench.socket().alive, 2);
        QCOMPARE(bench.socket().events, QStringList{u"x"_s});
    }

    void sharesTheBytesOfABroadcast()
    {
        const EncodedEvent event(u"/log"_s, u"news"_s, kilobyte());
        const EncodedEvent copy = event;
        QCOMPARE(copy.frame().bytes().constData(), event.frame().bytes().constData());
        LoggedBench bench;
        bench.start();
        const auto one = bench.enterByWebSocket();
        const QByteArray other = bench.enterByPolling();
        for (const auto &log : bench.log.sockets)
            log->socket->send(event);
        const QByteArray text = "42/log,[\"news\",\"" + QByteArray(1000, 'x') + "\"]";
        QCOMPARE(one->text(), text);
        QCOMPARE(bench.fetch(other), text);
    }

    void bringsSeveralEventsInOneBody()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawRequest held(bench.port, "GET", Bench::pollingPath(sid));
        QCOMPARE(bench.post(sid, "42/log,[\"x\"]"), 200); // the GET was before it
        bench.socket().socket->sendEvent(u"a"_s, {});
        bench.socket().socket->sendEvent(u"b"_s, {});
        QCOMPARE(held.body(),
            "42/log,[\"a\"]\x1e"
            "42/log,[\"b\"]"_ba);
    }

    void keepsBodiesBelowTheLimit()
    {
        LoggedBench bench;
        bench.settings.maxPayload = 4096;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        for (int i = 0; i < 10; ++i)
            bench.socket().socket->sendEvent(u"x"_s, kilobyte());
        qsizetype events = 0;
        while (events < 10) {
            const QByteArray body = bench.fetch(sid);
            QVERIFY(body.size() <= 4096);
            QVERIFY(body.startsWith("42/log,"));
            events += body.count('\x1e') + 1;
        }
        QCOMPARE(events, 10);
    }

    void endsWhoFetchesNothing()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        int sent = 0;
        for (; bench.server->sessionCount() > 0 && sent < 2000; ++sent) {
            bench.socket().socket->sendEvent(u"x"_s, kilobyte());
            if (sent % 100 == 0)
                bench.settle();
            if (!bench.socket().socket)
                break;
        }
        QTRY_COMPARE(bench.socket().closed, QList{presently::CloseKind::Lost});
        QVERIFY(sent > 900 && sent < 1200);
        QCOMPARE(bench.fetch(sid), QByteArray(unknownSession));
    }

    void refusesABodyThatIsTooLarge()
    {
        LoggedBench bench;
        bench.settings.maxPayload = 4096;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        QCOMPARE(bench.post(sid, "4" + QByteArray(4096, 'x')), 413);
        QTRY_COMPARE(bench.socket().closed.size(), 1);
        QCOMPARE(bench.fetch(sid), QByteArray(unknownSession));
    }

    void endsWithASecondPost()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        QTcpSocket slow;
        slow.connectToHost(QHostAddress(QHostAddress::LocalHost), bench.port);
        slow.write("POST " + Bench::pollingPath(sid)
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
              "Expect: 100-continue\r\n\r\n");
        QTRY_VERIFY(slow.bytesAvailable() > 0);
        QCOMPARE(bench.post(sid, "3"), 400);
        QTRY_COMPARE(bench.socket().closed.size(), 1);
    }

    void closesWhoSaysTooMuch()
    {
        LoggedBench bench;
        bench.start();
        const auto socket = bench.enterByWebSocket();
        for (int i = 0; i < 19; ++i)
            socket->say("42/log,[\"x\"]");
        QTRY_COMPARE(bench.socket().events.size(), 19);
        bench.pass(1s);
        for (int i = 0; i < 20; ++i)
            socket->say("42/log,[\"x\"]");
        QTRY_COMPARE(bench.socket().events.size(), 39);
        socket->say("42/log,[\"x\"]");
        QVERIFY(socket->waitForClose());
        QCOMPARE(socket->closeCode(), quint16(4008));
        QCOMPARE(bench.socket().events.size(), 39);
    }

    void refusesBytesWhereNoneBelong()
    {
        LoggedBench bench;
        bench.start();
        const auto announced = bench.enterByWebSocket();
        announced->say("451-/log,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        QVERIFY(announced->waitForClose());
        const auto unannounced = bench.enterByWebSocket();
        unannounced->sayBinary("x");
        QVERIFY(unannounced->waitForClose());
    }

    void closesWhoLosesTheThreadOfAttachments()
    {
        LoggedBench bench;
        bench.settings.maxAttachments = 1;
        bench.start();
        const auto socket = bench.enterByWebSocket();
        socket->say("451-/log,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        socket->say("42/log,[\"y\"]");
        QVERIFY(socket->waitForClose());
        QVERIFY(bench.socket().events.isEmpty());
    }

    void boundsThoseWhoHaveNotEntered()
    {
        LoggedBench bench;
        bench.settings.maxUnconnected = 2;
        bench.start();
        const QByteArray one = bench.openPolling();
        RawWebSocket other(bench.port, Bench::webSocketPath());
        QVERIFY(other.text().startsWith("0{"));
        RawRequest third(bench.port, "GET", Bench::pollingPath());
        QCOMPARE(third.status(), 503);
        QCOMPARE(third.header("Retry-After"), "5"_ba);
        RawWebSocket fourth(bench.port, Bench::webSocketPath());
        QCOMPARE(fourth.status(), 503);
        // Whoever enters makes room, and whoever goes.
        QCOMPARE(bench.post(one, "40/log,"), 200);
        QVERIFY(!bench.openPolling().isEmpty());
        other.say("1");
        QVERIFY(other.waitForClose());
        QVERIFY(!bench.openPolling().isEmpty());
        QVERIFY(bench.openPolling().isEmpty());
    }

    void forgetsWhoNeverEnters()
    {
        Bench bench;
        bench.settings.pingInterval = 60s;
        bench.start();
        const QByteArray sid = bench.openPolling();
        bench.pass(bench.settings.connectTimeout - 1ms);
        QCOMPARE(bench.server->sessionCount(), 1);
        bench.pass(1ms);
        bench.settle();
        QCOMPARE(bench.server->sessionCount(), 0);
    }

    void carriesWhatWaitedOverTheChange()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawWebSocket socket(bench.port, Bench::webSocketPath(sid));
        socket.say("2probe");
        QCOMPARE(socket.text(), "3probe"_ba);
        bench.socket().socket->sendEvent(u"a"_s, {});
        bench.socket().socket->sendEvent(u"b"_s, {});
        QVERIFY(socket.isQuiet());
        socket.say("5");
        QCOMPARE(socket.text(), "42/log,[\"a\"]"_ba);
        QCOMPARE(socket.text(), "42/log,[\"b\"]"_ba);
        QVERIFY(bench.socket().closed.isEmpty());
        socket.abort();
        QTRY_COMPARE(bench.socket().closed, QList{presently::CloseKind::Lost});
    }

    void givesUpAChangeThatTakesTooLong()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawWebSocket socket(bench.port, Bench::webSocketPath(sid));
        socket.say("2probe");
        QCOMPARE(socket.text(), "3probe"_ba);
        bench.pass(bench.settings.upgradeTimeout);
        QVERIFY(socket.waitForClose());
        // Polling goes on as before, and GETs wait again.
        RawRequest held(bench.port, "GET", Bench::pollingPath(sid));
        QCOMPARE(bench.post(sid, "42/log,[\"x\"]"), 200);
        QVERIFY(!held.isAnswered());
        bench.socket().socket->sendEvent(u"a"_s, {});
        QCOMPARE(held.body(), "42/log,[\"a\"]"_ba);
    }

    void refusesAWrongChange_data()
    {
        QTest::addColumn<QByteArray>("word");
        for (const char *word : {"2", "2prob", "5", "42[\"message\"]", "nonsense"})
            QTest::addRow("%s", word) << QByteArray(word);
    }

    void refusesAWrongChange()
    {
        QFETCH(const QByteArray, word);
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawWebSocket socket(bench.port, Bench::webSocketPath(sid));
        socket.say(word);
        QVERIFY(socket.waitForClose());
        bench.socket().socket->sendEvent(u"a"_s, {});
        QCOMPARE(bench.fetch(sid), "42/log,[\"a\"]"_ba);
    }

    void takesOneChangeAtATime()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawWebSocket first(bench.port, Bench::webSocketPath(sid));
        first.say("2probe");
        QCOMPARE(first.text(), "3probe"_ba);
        RawWebSocket second(bench.port, Bench::webSocketPath(sid));
        QCOMPARE(second.status(), 400);
        first.abort();
        // The way is free again once it is gone.
        QTRY_COMPARE(RawWebSocket(bench.port, Bench::webSocketPath(sid)).status(), 101);
    }

    void saysGoodbyeToThoseWhoPoll()
    {
        LoggedBench bench;
        bench.start();
        const QByteArray sid = bench.enterByPolling();
        RawRequest held(bench.port, "GET", Bench::pollingPath(sid));
        QCOMPARE(bench.post(sid, "42/log,[\"x\"]"), 200); // the GET was before it
        bench.server->stop();
        QCOMPARE(held.body(), "1"_ba);
        QCOMPARE(bench.socket().closed, QList{presently::CloseKind::Clean});
        RawRequest late(bench.port, "GET", Bench::pollingPath());
        QCOMPARE(late.status(), 503);
    }
};

QTEST_GUILESS_MAIN(tst_Sessions)
#include "tst_sessions.moc"
