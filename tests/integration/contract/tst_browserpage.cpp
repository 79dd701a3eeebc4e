// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What a browser does around the published client: questions before requests, origins, addresses.

#include "net/server/presenceservice.h"
#include "tests/integration/contract/publishedclient.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_BrowserPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCallIsAskedForFirst_data();
    void everyCallIsAskedForFirst();
    void aRefusedPageIsToldWhatToConfigure();
    void pagesOfTheServersOwnNameMayOpenASocket();
    void pagesOfOthersMayNot();
    void aPlusInAnIdIsOne_data();
    void aPlusInAnIdIsOne();
    void handshakesAreRefusedInPlainText_data();
    void handshakesAreRefusedInPlainText();
    void manyTabsOfOneBrowserAreOneDevice();

private:
    int handshake(TestServer &server, const QUrl &url, const QByteArray &origin);
    QByteArray m_type;
    QByteArray m_body;
};

//! The status of a handshake made by hand: a WebSocket class shows no more than "it failed".
int tst_BrowserPage::handshake(TestServer &server, const QUrl &url, const QByteArray &origin)
{
    QTcpSocket socket;
    socket.connectToHost(server.url().host(), quint16(server.url().port()));
    QByteArray request = "GET " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
        + " HTTP/1.1\r\nHost: " + server.url().authority().toLatin1()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!origin.isEmpty())
        request += "Origin: " + origin + "\r\n";
    socket.write(request + "\r\n");
    QByteArray answer;
    (void)QTest::qWaitFor([&] {
        answer += socket.readAll();
        return answer.startsWith("HTTP/1.1 101")
            ? answer.contains("\r\n\r\n")
            : socket.state() == QAbstractSocket::UnconnectedState;
    });
    const qsizetype end = answer.indexOf("\r\n\r\n");
    m_body = answer.mid(end + 4).trimmed();
    m_type.clear();
    for (const QByteArray &line : answer.left(end).split('\n')) {
        if (line.startsWith("Content-Type: "))
            m_type = line.mid(14).trimmed();
    }
    return answer.mid(9, 3).toInt();
}

void tst_BrowserPage::everyCallIsAskedForFirst_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::newRow("list") << QByteArray("GET") << u"/api/v1/dialogs?user_id=vera"_s;
    QTest::newRow("send") << QByteArray("POST")
                          << u"/api/v1/dialogs/0194e3a0-0000-7000-8000-00000000dead/messages"_s;
    QTest::newRow("upload") << QByteArray("PUT") << u"/api/v1/files/dialogs/x/y?signature=z"_s;
    QTest::newRow("delete") << QByteArray("DELETE") << u"/api/v1/dialogs/x/messages/y"_s;
}

void tst_BrowserPage::everyCallIsAskedForFirst()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    HostedServer server;
    QVERIFY(server.start());
    QNetworkRequest request(server.url(path));
    request.setRawHeader("Origin", HostedServer::origin().toLatin1());
    request.setRawHeader("Access-Control-Request-Method", verb);
    request.setRawHeader(
        "Access-Control-Request-Headers", "authorization,content-type,x-scope-config");
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, "OPTIONS"));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 204);
    QCOMPARE(reply->rawHeader("Access-Control-Allow-Origin"), HostedServer::origin().toLatin1());
    QVERIFY(reply->rawHeader("Access-Control-Allow-Methods").contains(verb));
    for (const char *header : {"authorization", "content-type", "x-scope-config"})
        QVERIFY(reply->rawHeader("Access-Control-Allow-Headers").contains(header));
}

void tst_BrowserPage::aRefusedPageIsToldWhatToConfigure()
{
    TestServer server;
    QVERIFY(server.start());
    QNetworkRequest request(server.url(u"/api/v1/dialogs"_s));
    request.setRawHeader("Origin", "http://localhost:5173");
    const RestReply reply = Rest(server).send(request, "GET");
    QCOMPARE(reply.status, 403);
    QVERIFY(reply.body.contains("--allow-origin http://localhost:5173"));
}

void tst_BrowserPage::pagesOfTheServersOwnNameMayOpenASocket()
{
    TestServer server;
    QVERIFY(server.start());
    const QUrl url = server.webSocketUrl(u"token="_s + server.token(u"ana"_s));
    const QByteArray name = server.url().authority().toLatin1();
    QCOMPARE(handshake(server, url, "http://" + name), 101);
    // A proxy in front of us may speak TLS.
    QCOMPARE(handshake(server, url, "https://" + name), 101);
}

void tst_BrowserPage::pagesOfOthersMayNot()
{
    TestServer server;
    QVERIFY(server.start());
    const QUrl url = server.webSocketUrl(u"token="_s + server.token(u"ana"_s));
    const QByteArray name = server.url().authority().toLatin1();
    const QByteArrayList origins{"http://evil.example", "null", "http://" + name + ".evil.example",
        "http://evil.example/" + name, "ftp://" + name, "http://"};
    for (const QByteArray &origin : origins)
        QCOMPARE(handshake(server, url, origin), 403);
}

void tst_BrowserPage::aPlusInAnIdIsOne_data()
{
    // What the page puts into the address of its socket is the id as it is; over REST it is a form.
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("form");
    QTest::newRow("plus") << u"vera+crm@x.test"_s << QByteArray("vera+crm@x.test")
                          << QByteArray("vera%2Bcrm%40x.test");
    QTest::newRow("space") << u"vera crm"_s << QByteArray("vera%20crm") << QByteArray("vera+crm");
    QTest::newRow("percent") << u"50%"_s << QByteArray("50%25") << QByteArray("50%25");
    QTest::newRow("Cyrillic") << u"вера"_s << QByteArray("%D0%B2%D0%B5%D1%80%D0%B0")
                              << QByteArray("%D0%B2%D0%B5%D1%80%D0%B0");
}

void tst_BrowserPage::aPlusInAnIdIsOne()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, form);
    TestServer server;
    server.options.auth.trustUserId = true;
    QVERIFY(server.start());
    Peer tab(Peer::Kind::Published);
    QUrl url = server.webSocketUrl();
    url = QUrl::fromEncoded(url.toEncoded() + "?user_id=" + address, QUrl::StrictMode);
    QVERIFY(tab.openUrl(url));
    QCOMPARE(tab.frames.first().value("employee_id"_L1).toString(), user);
    const QUrl me = QUrl::fromEncoded(
        server.url(u"/api/v1/sessions/current"_s).toEncoded() + "?user_id=" + form);
    const RestReply reply = Rest(server).send(QNetworkRequest(me), "GET");
    QCOMPARE(reply.data()["user"_L1]["id"_L1].toString(), user);
}

void tst_BrowserPage::handshakesAreRefusedInPlainText_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("nobody") << u"x=1"_s << 400 << QByteArray("Missing user_id query parameter");
    QTest::newRow("empty") << u"user_id="_s << 400 << QByteArray("user_id cannot be empty");
    QTest::newRow("too long") << u"user_id="_s + QString(256, u'x') << 400
                              << QByteArray("user_id is longer than 255 bytes");
    QTest::newRow("no token") << u"token=abc"_s << 401 << QByteArray("Invalid token");
    QTest::newRow("somebody else")
        << u"user_id=bao-id&token="_s << 403 << QByteArray("The token belongs to somebody else");
}

void tst_BrowserPage::handshakesAreRefusedInPlainText()
{
    QFETCH(QString, query);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    TestServer server;
    server.options.auth.trustUserId = true;
    QVERIFY(server.start());
    if (query.endsWith("token="_L1))
        query += server.token(u"ana"_s);
    QCOMPARE(handshake(server, server.webSocketUrl(query), {}), status);
    QVERIFY2(m_type.startsWith("text/plain"), m_type.constData());
    QCOMPARE(m_body, says);
}

// Each tab that is closed comes back after three seconds, whatever the code says: closing the
// oldest would go on for ever.
void tst_BrowserPage::manyTabsOfOneBrowserAreOneDevice()
{
    HostedServer server;
    server.options.limits.devicesPerUser = 3;
    QVERIFY(server.start());
    PublishedClient vera(server, u"vera"_s);
    std::vector<std::unique_ptr<Peer>> tabs;
    for (int tab = 0; tab < 8; ++tab) {
        tabs.push_back(vera.openTab());
        QVERIFY(tabs.back());
    }
    for (const auto &tab : tabs) {
        QVERIFY(tab->settle());
        QCOMPARE(tab->socket->state(), QAbstractSocket::ConnectedState);
    }
    const auto person = server.database().people().findById(PersonIdKind::Mtchat, vera.user());
    QVERIFY(person.has_value());
    QCOMPARE(server.server().presence().ledger().view(person->key).deviceCount, 1);
}

QTEST_GUILESS_MAIN(tst_BrowserPage)
#include "tst_browserpage.moc"
