// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/response.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

constexpr WallTime Now{Milliseconds{784111777000}}; // the example of RFC 9110 5.6.7

} // namespace

class tst_Response : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesHeadAndBody()
    {
        QCOMPARE(encodeResponse(HttpResponse::json(200, "{}"_ba), KeepAlive::Yes, Now),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n"
            "Connection: keep-alive\r\n\r\n{}"_ba);
    }

    void writesNoLengthWhereThereCanBeNoBody()
    {
        HttpResponse response;
        response.status = 204;
        response.body = "ignored";
        const QByteArray bytes = encodeResponse(response, KeepAlive::No, Now);
        QVERIFY(!bytes.contains("Content-Length"));
        QVERIFY(bytes.endsWith("Connection: close\r\n\r\n"));
    }

    void letsNoFieldBreakOutOfItsLine_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addRow("line end in a value") << "X"_ba
                                             << "a\r\nSet-Cookie: b"_ba;
        QTest::addRow("line feed in a value") << "X"_ba
                                              << "a\nb"_ba;
        QTest::addRow("NUL in a value") << "X"_ba << QByteArray("a\0b", 3);
        QTest::addRow("line end in a name") << "X\r\nY"_ba
                                            << "a"_ba;
        QTest::addRow("colon in a name") << "X: a"_ba
                                         << "b"_ba;
        QTest::addRow("empty name") << ""_ba
                                    << "b"_ba;
        QTest::addRow("a length of its own") << "content-length"_ba
                                             << "0"_ba;
        QTest::addRow("a coding of its own") << "Transfer-Encoding"_ba
                                             << "chunked"_ba;
    }

    void letsNoFieldBreakOutOfItsLine()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        HttpResponse response = HttpResponse::text(200, "x"_ba);
        const QByteArray without = encodeResponse(response, KeepAlive::Yes, Now);
        response.headers.add(name, value);
        QCOMPARE(encodeResponse(response, KeepAlive::Yes, Now), without);
    }
};

QTEST_GUILESS_MAIN(tst_Response)
#include "tst_response.moc"
