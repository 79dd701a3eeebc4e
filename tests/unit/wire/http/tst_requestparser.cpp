// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "framingabuse.h"
#include "net/wire/http/requestparser.h"

#include <QTest>

using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

//! What a parser said about some bytes, in one value.
struct Outcome {
    std::vector<HttpHead> heads;
    QByteArrayList bodies;
    int completed = 0;
    int failure = 0; //!< status

    void take(RequestParser &parser, QByteArrayView bytes)
    {
        for (;;) {
            auto step = parser.next(bytes);
            if (std::holds_alternative<RequestParser::NeedMore>(step))
                return;
            if (auto *head = std::get_if<RequestParser::Head>(&step)) {
                heads.push_back(head->head);
                bodies.append(QByteArray());
            } else if (const auto *chunk = std::get_if<RequestParser::BodyChunk>(&step)) {
                bodies.last() += chunk->bytes;
            } else if (std::holds_alternative<RequestParser::Complete>(step)) {
                ++completed;
            } else {
                failure = std::get<RequestParser::Failure>(step).status;
                return;
            }
        }
    }

    [[nodiscard]] bool sameAs(const Outcome &other) const
    {
        if (heads.size() != other.heads.size() || bodies != other.bodies
            || completed != other.completed || failure != other.failure)
            return false;
        for (size_t i = 0; i < heads.size(); ++i) {
            if (heads[i].target != other.heads[i].target
                || heads[i].headers.fields() != other.heads[i].headers.fields())
                return false;
        }
        return true;
    }
};

Outcome parsed(const QByteArray &bytes)
{
    Outcome outcome;
    RequestParser parser;
    outcome.take(parser, bytes);
    return outcome;
}

const QByteArray Good
    = "POST /api/v1/dialogs/a%20b/messages?before=1&q=x+y%2Bz HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
      "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"content\":\"x\"}"
      "\r\nPUT /chunked HTTP/1.1\r\nhost:localhost\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "5;name=value\r\nhello\r\n00A\r\n, chunked!\r\n0\r\nTrailer: x\r\n\r\n"
      "GET / HTTP/1.0\r\nX:\t spaced \t\r\nX: again\r\n\r\n";

} // namespace

class tst_RequestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPipelinedRequests()
    {
        const Outcome outcome = parsed(Good);
        QCOMPARE(outcome.failure, 0);
        QCOMPARE(outcome.completed, 3);
        QCOMPARE(outcome.heads.size(), size_t(3));
        QCOMPARE(outcome.bodies,
            QByteArrayList({"{\"content\":\"x\"}", "hello, chunked!", QByteArray()}));

        const HttpHead &first = outcome.heads[0];
        QCOMPARE(first.method, "POST"_ba);
        QCOMPARE(first.rawPath, "/api/v1/dialogs/a%20b/messages"_ba);
        QCOMPARE(first.segments,
            QStringList({u"api"_s, u"v1"_s, u"dialogs"_s, u"a b"_s, u"messages"_s}));
        QCOMPARE(first.query.value(u"before"), u"1"_s);
        QCOMPARE(first.query.value(u"q"), u"x y+z"_s);
        QCOMPARE(first.headers.value("content-TYPE"), "application/json"_ba);
        QVERIFY(first.keepAlive);
        QCOMPARE(outcome.heads[1].framing, BodyFraming::Chunked);

        const HttpHead &last = outcome.heads[2];
        QCOMPARE(last.minorVersion, 0);
        QVERIFY(!last.keepAlive);
        QCOMPARE(last.headers.values("x"), QByteArrayList({"spaced", "again"}));
    }

    void readsTheSameWhereverItIsCut()
    {
        const Outcome whole = parsed(Good);
        for (qsizetype cut = 0; cut <= Good.size(); ++cut) {
            Outcome outcome;
            RequestParser parser;
            outcome.take(parser, QByteArrayView(Good).first(cut));
            QCOMPARE(outcome.failure, 0);
            outcome.take(parser, QByteArrayView(Good).sliced(cut));
            QVERIFY2(outcome.sameAs(whole), qPrintable(u"cut at %1"_s.arg(cut)));
        }
        Outcome byByte;
        RequestParser parser;
        for (const char &c : Good)
            byByte.take(parser, QByteArrayView(&c, 1));
        QVERIFY(byByte.sameAs(whole));
    }

    void saysWhetherItIsInsideARequest()
    {
        RequestParser parser;
        Outcome outcome;
        QVERIFY(!parser.isInsideRequest());
        outcome.take(parser, "POST / HTTP/1.1\r\n");
        QVERIFY(parser.isInsideHead());
        outcome.take(parser, "Host: a\r\nContent-Length: 2\r\n\r\na");
        QVERIFY(!parser.isInsideHead());
        QVERIFY(parser.isInsideRequest());
        outcome.take(parser, "b");
        QVERIFY(!parser.isInsideRequest());
        QCOMPARE(outcome.completed, 1);
    }

    void refusesAbuse_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("bytes");
        for (const auto &request : presently::test::abusiveRequests())
            QTest::addRow("%s", request.name) << request.status << request.bytes;
    }

    void refusesAbuse()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, bytes);
        QCOMPARE(parsed(bytes).failure, status);
        QCOMPARE(parsed(bytes).completed, 0);
        Outcome byByte;
        RequestParser parser;
        for (const char &c : bytes) {
            if (byByte.failure == 0)
                byByte.take(parser, QByteArrayView(&c, 1));
        }
        QCOMPARE(byByte.failure, status);
        byByte.take(parser, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(byByte.completed, 0);
    }

    void readsConnection_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("connection");
        QTest::addColumn<bool>("keepAlive");
        QTest::addRow("1.1") << "1.1"_ba
                             << ""_ba << true;
        QTest::addRow("1.1 close") << "1.1"_ba
                                   << "close"_ba << false;
        QTest::addRow("1.1 list") << "1.1"_ba
                                  << "foo , CLOSE,bar"_ba << false;
        QTest::addRow("1.1 similar word") << "1.1"_ba
                                          << "closed"_ba << true;
        QTest::addRow("1.0") << "1.0"_ba
                             << ""_ba << false;
        QTest::addRow("1.0 keep-alive") << "1.0"_ba
                                        << "Keep-Alive"_ba << true;
        QTest::addRow("1.0 keep-alive in a list") << "1.0"_ba
                                                  << "x, keep-alive"_ba << true;
        QTest::addRow("1.9 is 1.1") << "1.9"_ba
                                    << ""_ba << true;
    }

    void readsConnection()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const QByteArray, connection);
        QFETCH(const bool, keepAlive);
        const Outcome outcome = parsed(
            "GET / HTTP/" + version + "\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n");
        QCOMPARE(outcome.completed, 1);
        QCOMPARE(outcome.heads[0].keepAlive, keepAlive);
    }

    void readsEveryFormOfTarget_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("path");
        QTest::addRow("root") << "GET /"_ba << u"/"_s;
        QTest::addRow("slash at the end") << "GET /a/"_ba << u"/a/"_s;
        QTest::addRow("escaped slash") << "GET /a%2Fb"_ba << u"/a/b"_s;
        QTest::addRow("plus is literal in a path") << "GET /a+b"_ba << u"/a+b"_s;
        QTest::addRow("UTF-8") << "GET /%d0%9f"_ba << u"/П"_s;
        QTest::addRow("absolute") << "GET http://host:80/a?b"_ba << u"/a"_s;
        QTest::addRow("absolute without path") << "GET HTTPS://host"_ba << u"/"_s;
        QTest::addRow("whole server") << "OPTIONS *"_ba << u"/*"_s;
    }

    void readsEveryFormOfTarget()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QString, path);
        const Outcome outcome = parsed(line + " HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(outcome.completed, 1);
        QCOMPARE(outcome.heads[0].path(), path);
    }

    void readsCookies_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addRow("alone") << "auth-token=abc.def"_ba << "abc.def"_ba;
        QTest::addRow("among others") << "a=1;  auth-token=x=y ; b=2"_ba << "x=y"_ba;
        QTest::addRow("quoted") << "auth-token=\"abc\""_ba << "abc"_ba;
        QTest::addRow("the first counts") << "auth-token=a; auth-token=b"_ba << "a"_ba;
        QTest::addRow("other case") << "Auth-Token=a"_ba << QByteArray();
        QTest::addRow("end of a name") << "my-auth-token=a"_ba << QByteArray();
        QTest::addRow("no value") << "auth-token"_ba << QByteArray();
        QTest::addRow("one quote") << "auth-token=\""_ba << "\""_ba;
    }

    void readsCookies()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        HttpHead head;
        head.headers.add("Cookie", field);
        QCOMPARE(head.cookie("auth-token"), value);
    }

    void readsBearerTokens_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("token");
        QTest::addRow("usual") << "Bearer abc.def"_ba
                               << "abc.def"_ba;
        QTest::addRow("any case") << "bEARER abc"_ba
                                  << "abc"_ba;
        QTest::addRow("more blanks") << "Bearer   abc"_ba
                                     << "abc"_ba;
        QTest::addRow("another scheme") << "Basic abc"_ba << QByteArray();
        QTest::addRow("no token") << "Bearer"_ba << QByteArray();
    }

    void readsBearerTokens()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, token);
        const Outcome outcome
            = parsed("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: " + field + "\r\n\r\n");
        QCOMPARE(outcome.heads[0].bearerToken(), token);
    }
};

QTEST_GUILESS_MAIN(tst_RequestParser)
#include "tst_requestparser.moc"
