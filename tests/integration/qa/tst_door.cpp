// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/qa/qapeer.h"
#include "tests/support/testserver.h"

#include <QTcpSocket>
#include <QTemporaryDir>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Who may use the control port.
class tst_Door : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aUsualServerHasNoSuchRoutes()
    {
        TestServer server;
        QVERIFY(server.start());
        for (const char *path : {"/qa/clock", "/qa/presence", "/qa/worlds"})
            QCOMPARE(rest("GET", server.url(QString::fromLatin1(path)).toString(), {}).status, 404);
    }

    void neitherHasThePublicPortOfAServerUnderQa()
    {
        QaServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        const QString url = server.world().server().url().toString();
        QCOMPARE(
            rest("GET", url + u"/qa/clock"_s, QString::fromLatin1(server.control().token())).status,
            404);
        QCOMPARE(server.control().url().host(), u"127.0.0.1"_s);
        QVERIFY(server.control().url().port() != server.world().server().port());
    }

    void onlyTheTokenOpensIt()
    {
        QaServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        QaServer other;
        QVERIFY2(other.start(), qPrintable(other.errorText()));
        QVERIFY(server.control().token().size() >= 32);
        QVERIFY(server.control().token() != other.control().token());
        for (const QByteArray &token : {QByteArray(), "x"_ba, other.control().token(),
                 QaServer::tokenOf(server.world(), u"anna"_s).toLatin1()}) {
            QaClient stranger(server.control().url(), token);
            const QaAnswer answer = stranger.get(u"/clock"_s);
            QCOMPARE(answer.status, 401);
            QVERIFY(!answer["error"].toString().isEmpty());
            QCOMPARE(stranger.post(u"/reset"_s).status, 401);
        }
        QaClient friendly(server.control().url(), server.control().token());
        QCOMPARE(friendly.get(u"/clock"_s).status, 200);
    }

    void webPagesAreRefusedWhateverTheyKnow()
    {
        QaServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        QaClient client(server.control().url(), server.control().token());
        for (const QByteArray &origin :
            {"https://evil.example"_ba, server.control().url().toString().toLatin1(), "null"_ba}) {
            for (const QByteArray &verb : {"GET"_ba, "OPTIONS"_ba, "POST"_ba}) {
                const auto answer
                    = client.call(verb, u"/clock"_s, {}, {{"Origin", origin}}).answer();
                QCOMPARE(answer.status, 403);
            }
        }
    }

    void foreignNamesAreRefused()
    {
        QaServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(server.control().url().port()));
        socket.write("GET /qa/clock HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer "
            + server.control().token() + "\r\n\r\n");
        QTRY_VERIFY(socket.canReadLine());
        QVERIFY(socket.readLine().contains(" 403 "));
    }

    void whatIsNotThereIsSaidInWords_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *verb, const QString &path,
                             const char *body, int status) {
            QTest::newRow(name) << QByteArray(verb) << path << QByteArray(body) << status;
        };
        row("no route", "GET", u"/nothing"_s, "", 404);
        row("other method", "DELETE", u"/clock"_s, "", 405);
        row("no world", "GET", u"/worlds/w99/clock"_s, "", 404);
        row("end of no world", "DELETE", u"/worlds/w99"_s, "", 404);
        row("end of the server itself", "DELETE", u"/worlds/main"_s, "", 404);
        row("nobody", "GET", u"/presence?user=nobody"_s, "", 404);
        row("frames of nobody", "GET", u"/frames?user=nobody"_s, "", 404);
        row("frames: limit", "GET", u"/frames?limit=-1"_s, "", 400);
        row("frames: limit of words", "GET", u"/frames?limit=all"_s, "", 400);
        row("advance: no JSON", "POST", u"/clock/advance"_s, "{", 400);
        row("advance: a list", "POST", u"/clock/advance"_s, "[61]", 400);
        row("advance: nothing", "POST", u"/clock/advance"_s, "{}", 400);
        row("advance: both", "POST", u"/clock/advance"_s, R"({"seconds":1,"ms":1})", 400);
        row("advance: back", "POST", u"/clock/advance"_s, R"({"seconds":-1})", 400);
        row("advance: text", "POST", u"/clock/advance"_s, R"({"seconds":"61"})", 400);
        row("advance: too far", "POST", u"/clock/advance"_s, R"({"seconds":1e9})", 400);
        row("expect: nothing", "POST", u"/expect"_s, "{}", 400);
        row("expect: both", "POST", u"/expect"_s, R"({"frame":"a","status":"online"})", 400);
        row("expect: frame is a number", "POST", u"/expect"_s, R"({"frame":7})", 400);
        row("expect: count", "POST", u"/expect"_s, R"({"frame":"a","count":0})", 400);
        row("expect: direction", "POST", u"/expect"_s, R"({"frame":"a","direction":"up"})", 400);
        row("expect: within", "POST", u"/expect"_s, R"({"frame":"a","within":"soon"})", 400);
        row("expect: within for ever", "POST", u"/expect"_s, R"({"frame":"a","within":"9000h"})",
            400);
        row("expect: since", "POST", u"/expect"_s, R"({"frame":"a","since":"then"})", 400);
        row("expect: nobody", "POST", u"/expect"_s, R"({"frame":"a","user":"nobody"})", 404);
        row("expect: status of nobody", "POST", u"/expect"_s, R"({"status":"online"})", 400);
        row("expect: no status", "POST", u"/expect"_s, R"({"status":"here","user":"anna"})", 400);
        row("world: seed is a text", "POST", u"/worlds"_s, R"({"seed":"x"})", 400);
        row("world: seed that is none", "POST", u"/worlds"_s, R"({"seed":{"people":7}})", 400);
    }
    void whatIsNotThereIsSaidInWords()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        if (!m_server) {
            m_server = std::make_unique<QaServer>();
            QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        }
        QaClient client(m_server->control().url(), m_server->control().token());
        const QaAnswer answer = client.call(verb, path, body).answer();
        QCOMPARE(answer.status, status);
        QVERIFY2(!answer["error"].toString().isEmpty(), answer.body.constData());
    }
    void cleanupTestCase() { m_server.reset(); }

    void itDoesNotStartWhereOthersCanReachTheServer()
    {
        QaServer server;
        server.options.listener.host = u"0.0.0.0"_s;
        QVERIFY(!server.start());
        QVERIFY2(server.errorText().contains(u"loopback"), qPrintable(server.errorText()));
    }

    void itDoesNotStartOverDataThatAResetWouldForget()
    {
        QTemporaryDir data;
        QaServer server;
        server.options.storage.dataDirectory = data.path();
        QVERIFY(!server.start());
        QVERIFY2(server.errorText().contains(u"--memory"), qPrintable(server.errorText()));
    }

private:
    std::unique_ptr<QaServer> m_server;
};

QTEST_GUILESS_MAIN(tst_Door)
#include "tst_door.moc"
