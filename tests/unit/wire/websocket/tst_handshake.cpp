// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/requestparser.h"
#include "net/wire/websocket/handshake.h"

#include <QTest>

using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Key = "dGhlIHNhbXBsZSBub25jZQ==";

HttpHead headOf(const QByteArray &bytes)
{
    RequestParser parser;
    QByteArrayView input = bytes;
    auto step = parser.next(input);
    auto *head = std::get_if<RequestParser::Head>(&step);
    return head ? head->head : HttpHead();
}

QByteArray request(const QByteArray &fields, const QByteArray &line = "GET /ws HTTP/1.1"_ba)
{
    return line + "\r\nHost: a\r\n" + fields + "\r\n";
}

const QByteArray Fields = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

} // namespace

class tst_Handshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsTheExampleOfTheStandard()
    {
        QCOMPARE(webSocketAccept(Key), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba);
        const HttpHead head = headOf(encodeUpgradeRequest("host", "/ws", Key));
        QVERIFY(isUpgradeRequest(head));
        QVERIFY(!upgradeFailure(head));
        QCOMPARE(encodeUpgradeResponse(head),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"_ba);
    }

    void knowsAnUpgrade_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("isUpgrade");
        QTest::addRow("usual") << Fields << true;
        QTest::addRow("lists, other case")
            << "Upgrade: h2c, WebSocket\r\nConnection: keep-alive, upgrade\r\n"_ba << true;
        QTest::addRow("no upgrade") << "Connection: Upgrade\r\n"_ba << false;
        QTest::addRow("no connection") << "Upgrade: websocket\r\n"_ba << false;
        QTest::addRow("another upgrade") << "Upgrade: h2c\r\nConnection: Upgrade\r\n"_ba << false;
    }

    void knowsAnUpgrade()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const bool, isUpgrade);
        QCOMPARE(isUpgradeRequest(headOf(request(fields))), isUpgrade);
    }

    void refusesABadUpgrade_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto with = [](const char *from, const char *to) {
            return request(QByteArray(Fields).replace(from, to));
        };
        QTest::addRow("POST") << request(Fields, "POST /ws HTTP/1.1"_ba) << 405;
        QTest::addRow("HTTP/1.0") << request(Fields, "GET /ws HTTP/1.0"_ba) << 400;
        QTest::addRow("body") << request(Fields + "Content-Length: 3\r\n") << 400;
        QTest::addRow("version 8") << with("Version: 13", "Version: 8") << 426;
        QTest::addRow("no version") << with("Sec-WebSocket-Version: 13\r\n", "") << 426;
        QTest::addRow("two versions") << request(Fields + "Sec-WebSocket-Version: 8\r\n") << 426;
        QTest::addRow("no key") << with("Sec-WebSocket-Key", "X-Key") << 400;
        QTest::addRow("two keys") << request(
            Fields + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
                                  << 400;
        QTest::addRow("short key") << with("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=") << 400;
        QTest::addRow("no base64")
            << with("dGhlIHNhbXBsZSBub25jZQ==", "not base64 at all!!!!!!!") << 400;
    }

    void refusesABadUpgrade()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, status);
        const HttpHead head = headOf(bytes);
        QVERIFY(isUpgradeRequest(head));
        const auto failure = upgradeFailure(head);
        QVERIFY(failure);
        QCOMPARE(failure->status, status);
        if (status == 426)
            QCOMPARE(failure->headers.value("Sec-WebSocket-Version"), "13"_ba);
    }
};

QTEST_GUILESS_MAIN(tst_Handshake)
#include "tst_handshake.moc"
