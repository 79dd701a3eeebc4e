// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "listenerfixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QWebSocket>

using namespace presently;
using namespace presently::test;

namespace {

const QString Folder = QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/tls/");

ListenerOptions withTls()
{
    ListenerOptions options;
    options.tls = {Folder + u"localhost.pem"_s, Folder + u"localhost.key"_s};
    return options;
}

QSslConfiguration trusting()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(Folder + u"localhost.pem"_s));
    return configuration;
}

} // namespace

class tst_Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture = std::make_unique<ListenerFixture>(); }
    void cleanup() { fixture.reset(); }

    void servesHttps()
    {
        fixture->application.onRequest = [](HttpRequest request, Responder responder) {
            QVERIFY(request.head.secure);
            responder(HttpResponse::text(200, QByteArray(1'000'000, 'x')));
        };
        fixture->start(withTls());
        QSslSocket client;
        client.setSslConfiguration(trusting());
        client.connectToHostEncrypted(u"127.0.0.1"_s, fixture->port);
        QTRY_VERIFY(client.isEncrypted());
        client.write(getRequest("/", "Connection: close\r\n"));
        QByteArray heard;
        QTRY_VERIFY((heard += client.readAll()).endsWith("xxx\n"));
        QVERIFY(heard.startsWith("HTTP/1.1 200 OK"));
        QVERIFY(heard.size() > 1'000'000);
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }

    void servesWebSocketsOverTls()
    {
        fixture->start(withTls());
        QWebSocket client;
        client.setSslConfiguration(trusting());
        QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
        QObject::connect(&client, &QWebSocket::connected, &client,
            [&] { client.sendTextMessage(QString(30'000, u'я')); });
        client.open(QUrl(u"wss://127.0.0.1:%1/ws"_s.arg(fixture->port)));
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(texts.first().first().toString().size(), 30'000);
    }

    void endsAHandshakeThatStalls()
    {
        fixture->start(withTls());
        RawClient client(fixture->port);
        client.say("\x16\x03\x01");
        QTRY_COMPARE(fixture->server->counters().openConnections, 1);
        fixture->pass(10s);
        serveABystander();
        fixture->pass(2s);
        QTRY_VERIFY(!client.isOpen());
        QTRY_COMPARE(fixture->server->counters().openConnections, 0);
    }

    void bearsPlainHttp()
    {
        fixture->start(withTls());
        RawClient client(fixture->port);
        client.say(getRequest("/"));
        QTRY_VERIFY(!client.isOpen());
        QVERIFY(fixture->application.requests.isEmpty());
        QTRY_COMPARE(fixture->server->counters().openConnections, 0);
    }

    void saysWhichFileIsWrong_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("wrong");
        const QString certificate = Folder + u"localhost.pem"_s;
        const QString key = Folder + u"localhost.key"_s;
        QTest::addRow("no certificate") << u"/none"_s << key << u"/none"_s;
        QTest::addRow("no key") << certificate << u"/none"_s << u"/none"_s;
        QTest::addRow("key for certificate") << key << key << key;
        QTest::addRow("certificate for key") << certificate << certificate << certificate;
    }

    void saysWhichFileIsWrong()
    {
        QFETCH(const QString, certificate);
        QFETCH(const QString, key);
        QFETCH(const QString, wrong);
        ListenerOptions options;
        options.tls = {certificate, key};
        HttpServer server(fixture->application, fixture->clock, options);
        const auto listening = server.listen();
        QVERIFY(!listening);
        QCOMPARE(listening.error().code, ErrorCode::TlsFailed);
        QCOMPARE(listening.error().field, wrong);
    }

private:
    std::unique_ptr<ListenerFixture> fixture;
};

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
