// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/server/peer.h"

#include <QTemporaryFile>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_Http : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void healthIsOpenToAll();
    void figuresAreInTheTextFormat();
    void figuresNeedTheAdminToken_data();
    void figuresNeedTheAdminToken();
    void foreignOriginsAreRefused();
    void allowedOriginsAreAnswered();
    void everybodyMayBeAllowed();
    void formsAreNotJson();
    void foreignHostsAreRefused();
    void unknownPathsAndMethodsAreEmpty();
    void bodiesOfTheWrongShapeAreRefused_data();
    void bodiesOfTheWrongShapeAreRefused();
    void tooManyMessagesAreRefused();

private:
    RestReply from(const QByteArray &origin, const QByteArray &verb = "GET",
        const QString &path = u"/health"_s);

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QHash<QByteArray, QByteArray> m_headers;
};

void tst_Http::init()
{
    m_server = std::make_unique<TestServer>();
    m_network = std::make_unique<QNetworkAccessManager>();
}

RestReply tst_Http::from(const QByteArray &origin, const QByteArray &verb, const QString &path)
{
    QNetworkRequest request = m_server->request(path);
    if (!origin.isEmpty())
        request.setRawHeader("Origin", origin);
    const std::unique_ptr<QNetworkReply> reply(m_network->sendCustomRequest(request, verb));
    (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 5000);
    m_headers.clear();
    for (const auto &[name, value] : reply->rawHeaderPairs())
        m_headers.insert(name.toLower(), value);
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
        {}, reply->error()};
}

void tst_Http::healthIsOpenToAll()
{
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    const RestReply health = rest.get(u"/health"_s);
    QCOMPARE(health.status, 200);
    QCOMPARE(health.json().value("status"_L1).toString(), u"ok"_s);
    QVERIFY(health.json().contains("version"_L1));
    const RestReply ready = rest.get(u"/health/ready"_s);
    QCOMPARE(ready.status, 200);
    QCOMPARE(ready.json().value("status"_L1).toString(), u"ready"_s);
}

void tst_Http::figuresAreInTheTextFormat()
{
    QVERIFY(m_server->start());
    Peer ana;
    QVERIFY(ana.open(*m_server, u"ana"_s));
    QVERIFY(ana.settle());
    Rest rest(*m_server);
    const RestReply reply = rest.get(u"/metrics"_s);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.contains("\npresently_websockets{dialect=\"mtchat\"} 1\n"));
    QVERIFY(reply.body.contains("\npresently_people{status=\"online\"} 1\n"));
    QVERIFY(reply.body.contains("\npresently_heartbeats_total{result=\"accepted\"} 1\n"));
    QSet<QByteArray> families;
    for (const QByteArray &line : reply.body.split('\n')) {
        if (line.startsWith("# TYPE "))
            families.insert(line.split(' ').value(2));
        else if (!line.isEmpty() && !line.startsWith('#'))
            QVERIFY2(families.contains(line.left(line.indexOf(line.contains('{') ? '{' : ' '))),
                line.constData());
    }
}

void tst_Http::figuresNeedTheAdminToken_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QString() << 401;
    QTest::newRow("wrong") << u"not the admin's token"_s << 403;
    QTest::newRow("right") << u"the token of the admin"_s << 200;
}

void tst_Http::figuresNeedTheAdminToken()
{
    QFETCH(QString, token);
    QFETCH(int, status);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("the token of the admin\n");
    file.close();
    m_server->options.auth.adminTokenFile = file.fileName();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    Rest rest(*m_server);
    QCOMPARE(rest.get(u"/metrics"_s, token).status, status);
    QCOMPARE(rest.get(u"/health"_s).status, 200);
}

void tst_Http::foreignOriginsAreRefused()
{
    QVERIFY(m_server->start());
    QCOMPARE(from("https://evil.example").status, 403);
    QCOMPARE(from("https://evil.example", "OPTIONS").status, 403);
    QVERIFY(!m_headers.contains("access-control-allow-origin"));
    QCOMPARE(from("null").status, 403);
    QCOMPARE(from(m_server->url().toString().toLatin1()).status, 200);
    QCOMPARE(from({}).status, 200);
}

void tst_Http::allowedOriginsAreAnswered()
{
    m_server->options.listener.allowedOrigins = {u"https://chat.example"_s};
    QVERIFY(m_server->start());
    const RestReply asked = from("https://chat.example", "OPTIONS", u"/api/v1/dialogs"_s);
    QCOMPARE(asked.status, 204);
    QCOMPARE(m_headers.value("access-control-allow-origin"), QByteArray("https://chat.example"));
    QVERIFY(m_headers.value("access-control-allow-headers").contains("authorization"));
    QVERIFY(m_headers.value("access-control-allow-headers").contains("x-scope-config"));
    // Also what is refused can be read by the page.
    QCOMPARE(from("https://chat.example", "GET", u"/api/v1/dialogs"_s).status, 401);
    QCOMPARE(m_headers.value("access-control-allow-origin"), QByteArray("https://chat.example"));
    QCOMPARE(from("https://chat.example.evil").status, 403);
}

void tst_Http::everybodyMayBeAllowed()
{
    m_server->options.listener.allowedOrigins = {u"*"_s};
    QVERIFY(m_server->start());
    QCOMPARE(from("https://anywhere.example").status, 200);
    QCOMPARE(m_headers.value("access-control-allow-origin"), QByteArray("*"));
}

void tst_Http::formsAreNotJson()
{
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    QNetworkRequest request = m_server->request(u"/api/v1/sessions"_s);
    for (const char *type : {"text/plain", "application/x-www-form-urlencoded", ""}) {
        request.setRawHeader("Content-Type", type);
        QCOMPARE(rest.send(request, "POST", "{}").status, 415);
    }
    request.setRawHeader("Content-Type", "application/json; charset=utf-8");
    QCOMPARE(rest.send(request, "POST", "{}").status, 422);
}

void tst_Http::foreignHostsAreRefused()
{
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    QNetworkRequest request = m_server->request(u"/health"_s);
    request.setRawHeader("Host", "evil.example");
    QCOMPARE(rest.send(request, "GET").status, 403);
    request.setRawHeader("Host", "localhost");
    QCOMPARE(rest.send(request, "GET").status, 200);
}

void tst_Http::unknownPathsAndMethodsAreEmpty()
{
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    const RestReply unknown = rest.get(u"/api/v1/nothing"_s);
    QCOMPARE(unknown.status, 404);
    QVERIFY(unknown.body.isEmpty());
    const RestReply wrong = rest.remove(u"/api/v1/roster"_s);
    QCOMPARE(wrong.status, 405);
    QVERIFY(wrong.body.isEmpty());
    QCOMPARE(rest.get(u"/api/v1/ws"_s).status, 426);
}

void tst_Http::bodiesOfTheWrongShapeAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("not JSON") << QByteArray("{") << 400;
    QTest::newRow("missing field") << QByteArray(R"({"login":"ana"})") << 422;
    QTest::newRow("wrong type") << QByteArray(R"({"login":1,"password":"x"})") << 422;
    QTest::newRow("too large") << QByteArray(300 * 1024, 'x') << 413;
}

void tst_Http::bodiesOfTheWrongShapeAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    QCOMPARE(rest.send(m_server->request(u"/api/v1/sessions"_s), "POST", body).status, status);
}

void tst_Http::tooManyMessagesAreRefused()
{
    m_server = std::make_unique<TestServer>(ServerTime::Manual);
    QVERIFY(m_server->start());
    Rest rest(*m_server);
    const QString path = u"/api/v1/dialogs/%1/messages"_s.arg(m_server->team().value);
    const QString token = m_server->token(u"ana"_s);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(rest.post(path, {{u"content"_s, u"<p>x</p>"_s}}, token).status, 200);
    const RestReply tooMany = rest.post(path, {{u"content"_s, u"<p>x</p>"_s}}, token);
    QCOMPARE(tooMany.status, 429);
    QCOMPARE(tooMany.retryAfter, QByteArray("1"));
    QVERIFY(tooMany.body.contains("RATE_LIMIT_EXCEEDED"));
    QCOMPARE(
        rest.post(path, {{u"content"_s, u"<p>x</p>"_s}}, m_server->token(u"bao"_s)).status, 200);
    m_server->advance(Milliseconds{100});
    QCOMPARE(rest.post(path, {{u"content"_s, u"<p>x</p>"_s}}, token).status, 200);
}

QTEST_GUILESS_MAIN(tst_Http)
#include "tst_http.moc"
