// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "listenerfixture.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/socket.h>

using namespace presently;
using namespace presently::test;

class tst_Http : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture = std::make_unique<ListenerFixture>(); }
    void cleanup() { fixture.reset(); }

    void answersAndKeepsTheConnection()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/api/v1/a%20b?x=1&x=2+3"));
        QTRY_VERIFY(client.heard().contains("you sent "));
        QVERIFY(client.heard().startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(client.heard().contains("Date: Sat, 07 Feb 2026 14:00:00 GMT\r\n"));
        QVERIFY(client.heard().contains("Content-Length: 10\r\n"));
        QVERIFY(client.heard().contains("Connection: keep-alive\r\n"));
        const RequestHead &head = fixture->application.requests.first().head;
        QCOMPARE(head.segments, QStringList({u"api"_s, u"v1"_s, u"a b"_s}));
        QCOMPARE(head.query.values(u"x"), QStringList({u"1"_s, u"2 3"_s}));
        QVERIFY(head.peer.address.isLoopback());
        QVERIFY(!head.secure);

        client.forget();
        client.say(postRequest("/second", "hello"));
        QTRY_VERIFY(client.heard().endsWith("you sent hello\n"));
    }

    void answersPipelinedRequestsInTheirOrder()
    {
        std::vector<std::pair<QString, Responder>> waiting;
        fixture->application.onRequest = [&](HttpRequest request, Responder responder) {
            waiting.emplace_back(request.head.path(), std::move(responder));
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/1") + postRequest("/2", "body") + getRequest("/3"));
        for (size_t i = 0; i < 3; ++i) {
            QTRY_COMPARE(waiting.size(), i + 1);
            waiting[i].second(HttpResponse::text(200, waiting[i].first.toUtf8()));
        }
        QTRY_VERIFY(client.heard().endsWith("/3\n"));
        QVERIFY(client.heard().indexOf("/1\n") < client.heard().indexOf("/2\n"));
        QVERIFY(client.heard().indexOf("/2\n") < client.heard().indexOf("/3\n"));
    }

    void answersAThousandPipelinedRequests()
    {
        fixture->start();
        RawClient client(fixture->port);
        QByteArray requests;
        for (int i = 0; i < 1000; ++i)
            requests += getRequest("/" + QByteArray::number(i));
        client.say(requests);
        QTRY_COMPARE(client.heard().count("HTTP/1.1 200 OK"), 1000);
        QCOMPARE(fixture->application.requests.size(), 1000);
        QCOMPARE(fixture->application.requests.last().head.path(), u"/999"_s);
    }

    void closesWhenAskedTo_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addRow("connection close") << getRequest("/", "Connection: close\r\n");
        QTest::addRow("in a list") << getRequest("/", "Connection: x, Close\r\n");
        QTest::addRow("HTTP/1.0") << "GET / HTTP/1.0\r\n\r\n"_ba;
    }

    void closesWhenAskedTo()
    {
        QFETCH(const QByteArray, request);
        fixture->start();
        RawClient client(fixture->port);
        client.say(request);
        QTRY_VERIFY(!client.isOpen());
        QVERIFY(client.heard().contains("Connection: close\r\n"));
        QVERIFY(client.heard().contains("200 OK"));
    }

    void keepsAnHttp10ConnectionThatAsksForIt()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        QTRY_VERIFY(client.heard().contains("Connection: keep-alive\r\n"));
        QVERIFY(client.isOpen());
    }

    // Not over Qt's own sockets, which end both directions at once.
#ifndef PRESENTLY_TEST_QT_SOCKETS
    void answersAClientThatHasEndedItsSide()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/1") + getRequest("/2"));
        ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
        QTRY_VERIFY(!client.isOpen());
        QCOMPARE(client.heard().count("200 OK"), 2);
    }
#endif

    void saysContinueBeforeALargeBody()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                   "Expect: 100-continue\r\n\r\n");
        QTRY_COMPARE(client.heard(), "HTTP/1.1 100 Continue\r\n\r\n"_ba);
        client.say("abc");
        QTRY_VERIFY(client.heard().endsWith("you sent abc\n"));
    }

    void leavesTheBodyOutForHead()
    {
        fixture->start();
        RawClient client(fixture->port);
        client.say("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_VERIFY(client.heard().endsWith("\r\n\r\n"));
        QVERIFY(client.heard().contains("Content-Length: 10\r\n"));
    }

    void refusesByTheHeadAlone()
    {
        fixture->application.onPlan = [](const RequestHead &head) -> BodyPlan {
            if (head.bearerToken() == "good")
                return BufferBody{};
            return RefuseRequest{HttpResponse::text(401, "no token"_ba)};
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/"));
        QTRY_VERIFY(client.heard().contains("no token"));
        QVERIFY(client.isOpen());
        client.say(getRequest("/", "Authorization: bearer good\r\n"));
        QTRY_VERIFY(client.heard().contains("200 OK"));
        QCOMPARE(fixture->application.requests.size(), 1);

        RawClient withBody(fixture->port);
        withBody.say("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc");
        QTRY_VERIFY(withBody.heard().contains("401 Unauthorized"));
        QTRY_VERIFY(!withBody.isOpen());
        QCOMPARE(fixture->application.requests.size(), 1);
    }

    void refusesABodyOverThePlan_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addRow("declared") << "Content-Length: 11\r\n\r\n"_ba;
        QTest::addRow("600 MB") << "Content-Length: 600000000\r\n\r\n"_ba;
        QTest::addRow("in chunks")
            << "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n"_ba;
    }

    void refusesABodyOverThePlan()
    {
        QFETCH(const QByteArray, body);
        fixture->application.onPlan = [](const RequestHead &) { return BufferBody{10}; };
        fixture->start();
        RawClient client(fixture->port);
        client.say("POST / HTTP/1.1\r\nHost: localhost\r\n" + body);
        QTRY_VERIFY(client.heard().startsWith("HTTP/1.1 413 "));
        QTRY_VERIFY(!client.isOpen());
        QVERIFY(fixture->application.requests.isEmpty());
    }

    void streamsABodyIntoAFile()
    {
        const QTemporaryDir directory;
        QByteArray seen;
        QString path;
        fixture->application.onPlan = [&](const RequestHead &) -> BodyPlan {
            return StreamBody{directory.path(), 2'000'000};
        };
        fixture->application.onRequest = [&](HttpRequest request, Responder responder) {
            path = request.bodyFile;
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            seen = file.readAll();
            QCOMPARE(request.bodySize, seen.size());
            QVERIFY(request.body.isEmpty());
            responder(HttpResponse::text(201, "stored"_ba));
        };
        fixture->start();
        QByteArray body(1'500'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < body.size(); ++i)
            body[i] = char(i * 7);
        RawClient client(fixture->port);
        client.say(postRequest("/upload", body));
        QTRY_VERIFY(client.heard().contains("201 Created"));
        QCOMPARE(seen, body);
        QVERIFY(!QFile::exists(path));
    }

    void removesTheFileOfAnUploadThatBreaksOff()
    {
        const QTemporaryDir directory;
        fixture->application.onPlan = [&](const RequestHead &) -> BodyPlan {
            return StreamBody{directory.path(), 2'000'000};
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
        QTRY_COMPARE(QDir(directory.path()).count(), 3u); // ".", ".." and the file
        client.socket().abort();
        QTRY_COMPARE(QDir(directory.path()).count(), 2u);
    }

    void answers507WhenTheBodyCannotBeStored()
    {
        fixture->application.onPlan = [](const RequestHead &) {
            return StreamBody{u"/nonexistent"_s, 100};
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(postRequest("/", "abc"));
        QTRY_VERIFY(client.heard().startsWith("HTTP/1.1 507 "));
    }

    void sendsALargeFileInParts()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(u"large"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray contents(8'000'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < contents.size(); ++i)
            contents[i] = char(i * 31 >> 3);
        file.write(contents);
        file.close();
        fixture->application.onRequest = [&](HttpRequest request, Responder responder) {
            HttpResponse response;
            response.file = request.head.path() == u"/part"_s
                ? FileSlice{file.fileName(), 1000, 5000}
                : FileSlice{file.fileName(), 0, -1};
            responder(response);
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/all"));
        QTRY_VERIFY(client.heard().size() > contents.size());
        QTRY_VERIFY(client.heard().endsWith("\r\n\r\n" + contents));
        client.forget();
        client.say(getRequest("/part"));
        QTRY_VERIFY(client.heard().endsWith("\r\n\r\n" + contents.sliced(1000, 5000)));
    }

    void breaksOffWhenTheFileHasBecomeShorter()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(u"shrinking"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(20'000'000, 'x'));
        file.close();
        fixture->application.onRequest = [&](HttpRequest, Responder responder) {
            HttpResponse response;
            response.file = FileSlice{file.fileName(), 0, -1};
            responder(response);
            QVERIFY(QFile::resize(file.fileName(), 1'000'000));
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/"));
        QTRY_VERIFY(!client.isOpen());
        QVERIFY(client.heard().startsWith("HTTP/1.1 200 "));
        QVERIFY(client.heard().size() < 20'000'000);
    }

    void answers500WhenTheFileIsNotThere()
    {
        fixture->application.onRequest = [&](HttpRequest, Responder responder) {
            HttpResponse response;
            response.file = FileSlice{u"/nonexistent"_s, 0, -1};
            responder(response);
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/"));
        QTRY_VERIFY(client.heard().startsWith("HTTP/1.1 500 "));
    }

    void sendsNoFileForHead()
    {
        fixture->application.onRequest = [&](HttpRequest, Responder responder) {
            HttpResponse response;
            response.file = FileSlice{QStringLiteral(PRESENTLY_SOURCE_DIR "/LICENSE"), 0, 100};
            responder(response);
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + getRequest("/next"));
        QTRY_COMPARE(fixture->application.requests.size(), 2);
        QTRY_VERIFY(client.heard().size() > 200);
        QCOMPARE(client.heard().count("Content-Length: 100\r\n"), 2);
    }

    void bearsAReset()
    {
        fixture->application.onRequest = [](HttpRequest, Responder responder) {
            responder(HttpResponse::text(200, QByteArray(20'000'000, 'x')));
        };
        fixture->start();
        auto client = std::make_unique<RawClient>(fixture->port);
        client->say(getRequest("/"));
        QTRY_VERIFY(!client->heard().isEmpty());
        const linger atOnce{1, 0};
        ::setsockopt(int(client->socket().socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
            sizeof atOnce);
        client.reset();
        QTRY_COMPARE(fixture->server->counters().openConnections, 0);
    }

    void doesNoHarmToAnswerAfterTheClientHasGone()
    {
        std::optional<Responder> waiting;
        fixture->application.onRequest
            = [&](HttpRequest, Responder responder) { waiting = std::move(responder); };
        fixture->start();
        {
            RawClient client(fixture->port);
            client.say(getRequest("/"));
            QTRY_VERIFY(waiting);
            QVERIFY(waiting->isAwaited());
        }
        waiting->respond(HttpResponse::text(200, "late"_ba));
        QVERIFY(!waiting->isAwaited());
        QTRY_COMPARE(fixture->server->counters().openConnections, 0);

        RawClient second(fixture->port);
        waiting.reset();
        second.say(getRequest("/"));
        QTRY_VERIFY(waiting);
        fixture->server.reset();
        waiting->respond(HttpResponse::text(200, "too late"_ba));
        waiting.reset();
    }

    void countsOnlyTheFirstAnswer()
    {
        fixture->application.onRequest = [](HttpRequest, Responder responder) {
            responder(HttpResponse::text(200, "first"_ba));
            responder(HttpResponse::text(200, "second"_ba));
        };
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/a") + getRequest("/b"));
        QTRY_COMPARE(client.heard().count("first\n"), 2);
        QVERIFY(!client.heard().contains("second"));
    }

    void answers500WhenTheApplicationForgets()
    {
        fixture->application.onRequest = [](HttpRequest, Responder) {};
        fixture->start();
        RawClient client(fixture->port);
        client.say(getRequest("/"));
        QTRY_VERIFY(client.heard().startsWith("HTTP/1.1 500 "));
    }

    void refusesForeignHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("welcome");
        QTest::addRow("loopback") << "127.0.0.1:8080"_ba << true;
        QTest::addRow("all of 127") << "127.9.9.9"_ba << true;
        QTest::addRow("IPv6 loopback") << "[::1]:8080"_ba << true;
        QTest::addRow("localhost") << "LocalHost:1"_ba << true;
        QTest::addRow("configured") << "Chat.Example:443"_ba << true;
        QTest::addRow("foreign") << "evil.example"_ba << false;
        QTest::addRow("foreign address") << "192.0.2.7"_ba << false;
        QTest::addRow("prefix") << "127.0.0.1.evil.example"_ba << false;
        QTest::addRow("suffix") << "localhost.evil.example"_ba << false;
    }

    void refusesForeignHosts()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const bool, welcome);
        ListenerOptions options;
        options.allowedHosts = {"chat.example"_ba};
        fixture->start(options);
        RawClient client(fixture->port);
        client.say("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QTRY_VERIFY(client.heard().startsWith(welcome ? "HTTP/1.1 200 " : "HTTP/1.1 403 "));
    }

    void stopsWhenTheLastAnswerIsOut()
    {
        std::optional<Responder> waiting;
        fixture->application.onRequest
            = [&](HttpRequest, Responder responder) { waiting = std::move(responder); };
        fixture->start();
        QSignalSpy stopped(fixture->server.get(), &HttpServer::stopped);
        RawClient idle(fixture->port);
        RawClient busy(fixture->port);
        busy.say(getRequest("/"));
        QTRY_VERIFY(waiting);
        fixture->server->stop();
        QTRY_VERIFY(!idle.isOpen());
        QVERIFY(stopped.isEmpty());
        waiting->respond(HttpResponse::text(200, "done"_ba));
        QTRY_VERIFY(!busy.isOpen());
        QVERIFY(busy.heard().contains("done"));
        QTRY_COMPARE(stopped.size(), 1);
    }

private:
    std::unique_ptr<ListenerFixture> fixture;
};

QTEST_GUILESS_MAIN(tst_Http)
#include "tst_http.moc"
