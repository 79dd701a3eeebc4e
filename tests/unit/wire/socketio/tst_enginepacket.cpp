// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/socketio/enginehandshake.h"
#include "net/wire/socketio/enginepacket.h"

#include <QTest>

using namespace presently;
using namespace presently::net::socketio;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray goodHandshake = "{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],"
                                 "\"pingInterval\":25000,\"pingTimeout\":20000,"
                                 "\"maxPayload\":1000000}"_ba;

QByteArray replaced(const QByteArray &what, const QByteArray &with)
{
    QByteArray text = goodHandshake;
    return text.replace(what, with);
}

} // namespace

Q_DECLARE_METATYPE(presently::net::socketio::EnginePacket)

class tst_EnginePacket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<EnginePacket>("packet");
        using enum EnginePacketType;
        QTest::addRow("open") << "0{\"sid\":\"x\"}"_ba << EnginePacket{Open, "{\"sid\":\"x\"}"};
        QTest::addRow("close") << "1"_ba << EnginePacket{Close, {}};
        QTest::addRow("ping") << "2"_ba << EnginePacket{Ping, {}};
        QTest::addRow("ping of a probe") << "2probe"_ba << EnginePacket{Ping, "probe"};
        QTest::addRow("pong") << "3"_ba << EnginePacket{Pong, {}};
        QTest::addRow("pong of a probe") << "3probe"_ba << EnginePacket{Pong, "probe"};
        QTest::addRow("message") << "4hello"_ba << EnginePacket{Message, "hello"};
        QTest::addRow("empty message") << "4"_ba << EnginePacket{Message, {}};
        QTest::addRow("upgrade") << "5"_ba << EnginePacket{Upgrade, {}};
        QTest::addRow("noop") << "6"_ba << EnginePacket{Noop, {}};
    }

    void readsAndWrites()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const EnginePacket, packet);
        const auto read = decodeEnginePacket(text);
        QVERIFY(read.has_value());
        QCOMPARE(*read, packet);
        QCOMPARE(encode(packet), text);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
            {"", "7", "9", "abc", "b", "bAQID", "-1", " 2", "/", ":", "\xff", "1x", "5x", "6x"})
            QTest::addRow("%s", text) << QByteArray(text);
        QTest::addRow("NUL") << QByteArray(1, '\0');
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        const auto read = decodeEnginePacket(text);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Malformed);
        QCOMPARE(read.error().field, u"packet"_s);
    }

    void readsAndWritesPayloads_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QList<EnginePacket>>("packets");
        using enum EnginePacketType;
        QTest::addRow("one") << "2"_ba << QList{EnginePacket{Ping, {}}};
        QTest::addRow("three") << "4a\x1e"
                                  "4\x1e"
                                  "3"_ba
                               << QList{EnginePacket{Message, "a"}, EnginePacket{Message, {}},
                                      EnginePacket{Pong, {}}};
        QTest::addRow("binary") << "4a\x1e"
                                   "bAQIDBA==\x1e"
                                   "b"_ba
                                << QList{EnginePacket{Message, "a"},
                                       EnginePacket{Message, QByteArray("\1\2\3\4"), true},
                                       EnginePacket{Message, {}, true}};
        QTest::addRow("beyond ASCII")
            << QByteArray("4\xd0\x9f\x1e"
                          "4\xf0\x9f\x98\x80")
            << QList{EnginePacket{Message, "\xd0\x9f"}, EnginePacket{Message, "\xf0\x9f\x98\x80"}};
    }

    void readsAndWritesPayloads()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QList<EnginePacket>, packets);
        const auto read = decodePayload(body);
        QVERIFY(read.has_value());
        QCOMPARE(*read, packets);
        QCOMPARE(encodePayload(packets), body);
    }

    void refusesPayloads_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::addRow("nothing") << ""_ba << u"packet"_s;
        QTest::addRow("only a separator") << "\x1e"_ba << u"packet"_s;
        QTest::addRow("separator at the end") << "4a\x1e"_ba << u"packet"_s;
        QTest::addRow("separator at the front") << "\x1e"
                                                   "4a"_ba
                                                << u"packet"_s;
        QTest::addRow("unknown type") << "4a\x1e"
                                         "x"_ba
                                      << u"packet"_s;
        QTest::addRow("bad base64") << "bAQI*"_ba << u"packet"_s;
        QTest::addRow("lengths of an older protocol") << "6:4hello"_ba << u"packet"_s;
        QTest::addRow("64 KiB + 1") << "4" + QByteArray(64 * 1024, 'x') << u"size"_s;
        QTest::addRow("1,025 packets") << QByteArray("3\x1e").repeated(1024) + '3' << u"packets"_s;
    }

    void refusesPayloads()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, field);
        const auto read = decodePayload(body);
        QVERIFY(!read);
        QCOMPARE(read.error().field, field);
        const bool isLimit = field != u"packet"_s;
        QCOMPARE(read.error().code, isLimit ? ErrorCode::TooLarge : ErrorCode::Malformed);
    }

    void takesPayloadsAtTheLimit()
    {
        QVERIFY(decodePayload("4" + QByteArray(64 * 1024 - 1, 'x')).has_value());
        QCOMPARE(decodePayload(QByteArray("3\x1e").repeated(1023) + '3')->size(), 1024);
    }

    void fillsABodyUpToItsLimit()
    {
        PayloadWriter writer(10);
        QVERIFY(writer.addText("4abc"));
        QVERIFY(!writer.addText("4abcdef"));
        QVERIFY(writer.addBinary("abc"));
        QVERIFY(!writer.addText("4"));
        QCOMPARE(writer.body(),
            "4abc\x1e"
            "bYWJj"_ba);
        // One packet alone may be as large as it is: it could not go otherwise.
        PayloadWriter small(3);
        QVERIFY(small.addText("4abcdef"));
        QVERIFY(!small.addText("4"));
    }

    void readsAndWritesTheHandshake()
    {
        const EngineHandshake handshake{
            u"lv_VI97HAXpY6yYWAAAC"_s, {u"websocket"_s}, 25s, 20s, 1'000'000};
        const auto read = EngineHandshake::fromJson(goodHandshake);
        QVERIFY(read.has_value());
        QCOMPARE(*read, handshake);
        QCOMPARE(*EngineHandshake::fromJson(handshake.toJson()), handshake);
        // Clients insist on the list, also on an empty one.
        QVERIFY(EngineHandshake({u"x"_s, {}, 1ms, 1ms, {}}).toJson().contains("\"upgrades\":[]"));
        const auto without = EngineHandshake::fromJson(replaced(",\"maxPayload\":1000000", ""));
        QVERIFY(without.has_value() && !without->maxPayload);
    }

    void refusesHandshakes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("field");
        const auto missing = ErrorCode::MissingField;
        const auto invalid = ErrorCode::InvalidField;
        QTest::addRow("nothing") << ""_ba << ErrorCode::Malformed << QString();
        QTest::addRow("array") << "[]"_ba << ErrorCode::Malformed << QString();
        QTest::addRow("no sid") << replaced("\"sid\"", "\"id\"") << missing << u"sid"_s;
        QTest::addRow("empty sid") << replaced("lv_VI97HAXpY6yYWAAAC", "") << invalid << u"sid"_s;
        QTest::addRow("sid of a kilobyte")
            << replaced("lv_VI97HAXpY6yYWAAAC", QByteArray(1000, 'x')) << invalid << u"sid"_s;
        QTest::addRow("no upgrades") << replaced("upgrades", "u") << missing << u"upgrades"_s;
        QTest::addRow("upgrades that are no list")
            << replaced("[\"websocket\"]", "{}") << invalid << u"upgrades"_s;
        QTest::addRow("upgrades of numbers")
            << replaced("[\"websocket\"]", "[1]") << invalid << u"upgrades"_s;
        QTest::addRow("no interval")
            << replaced("pingInterval", "p") << missing << u"pingInterval"_s;
        QTest::addRow("interval as text")
            << replaced("25000", "\"25000\"") << invalid << u"pingInterval"_s;
        QTest::addRow("interval of zero") << replaced("25000", "0") << invalid << u"pingInterval"_s;
        QTest::addRow("interval of days")
            << replaced("25000", "250000000") << invalid << u"pingInterval"_s;
        QTest::addRow("negative timeout") << replaced("20000", "-1") << invalid << u"pingTimeout"_s;
        QTest::addRow("half a millisecond")
            << replaced("20000", "20.5") << invalid << u"pingTimeout"_s;
        QTest::addRow("payload as text")
            << replaced("1000000", "\"x\"") << invalid << u"maxPayload"_s;
    }

    void refusesHandshakes()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, field);
        const auto read = EngineHandshake::fromJson(json);
        QVERIFY(!read);
        QCOMPARE(read.error().code, code);
        QCOMPARE(read.error().field, field);
    }

    void refusesEveryTruncationOfAHandshake()
    {
        for (qsizetype size = 0; size < goodHandshake.size(); ++size)
            QVERIFY(!EngineHandshake::fromJson(goodHandshake.first(size)));
    }
};

QTEST_GUILESS_MAIN(tst_EnginePacket)
#include "tst_enginepacket.moc"
