// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/socketio/packet.h"

#include <QTest>

#include <algorithm>

using namespace presently;
using namespace presently::net::socketio;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(presently::net::socketio::Packet)

namespace {

const QJsonObject placeholder{{u"_placeholder"_s, true}, {u"num"_s, 0}};

QByteArray nested(int depth)
{
    return QByteArray("[").repeated(depth) + QByteArray("]").repeated(depth);
}

void addGoodPackets()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Packet>("packet");
    const QString root = u"/"_s;
    const QString chat = u"/chat"_s;
    const auto row = [](const QByteArray &text, const Packet &packet) {
        QTest::addRow("%s", text.constData()) << text << packet;
    };
    row("0", ConnectPacket{root, {}});
    row("0{\"token\":\"t\"}", ConnectPacket{root, QJsonObject{{u"token"_s, u"t"_s}}});
    row("0/chat,", ConnectPacket{chat, {}});
    row("0/chat,{}", ConnectPacket{chat, QJsonObject{}});
    row("0/chat,{\"sid\":\"wZX3oN0bSVIhsaknAAAI\"}",
        ConnectPacket{chat, QJsonObject{{u"sid"_s, u"wZX3oN0bSVIhsaknAAAI"_s}}});
    row("1", DisconnectPacket{root});
    row("1/chat,", DisconnectPacket{chat});
    row("2[\"echo\"]", EventPacket{root, {}, u"echo"_s, {}, 0});
    row("2[\"echo\",1,\"2\",{\"3\":[false,null]}]",
        EventPacket{root, {}, u"echo"_s,
            {1, u"2"_s, QJsonObject{{u"3"_s, QJsonArray{false, QJsonValue()}}}}, 0});
    row("2/chat,7[\"echo\"]", EventPacket{chat, 7, u"echo"_s, {}, 0});
    row("20[\"echo\"]", EventPacket{root, 0, u"echo"_s, {}, 0});
    row("2999999999999999[\"echo\"]", EventPacket{root, 999'999'999'999'999, u"echo"_s, {}, 0});
    row("2[\"\",\"\\u041f \\ud83d\\ude00\"]", EventPacket{root, {}, u""_s, {u"П 😀"_s}, 0});
    row("2[\"x\",{\"_placeholder\":true,\"num\":5}]",
        EventPacket{root, {}, u"x"_s, {QJsonObject{{u"_placeholder"_s, true}, {u"num"_s, 5}}}, 0});
    row("37[]", AckPacket{root, 7, {}, 0});
    row("3/chat,12[{\"ok\":true}]", AckPacket{chat, 12, {QJsonObject{{u"ok"_s, true}}}, 0});
    row("4{\"message\":\"Invalid namespace\"}",
        ConnectErrorPacket{root, u"Invalid namespace"_s, {}});
    row("4/chat,{\"data\":{\"code\":\"UNAUTHORIZED\"},\"message\":\"Invalid token\"}",
        ConnectErrorPacket{chat, u"Invalid token"_s, QJsonObject{{u"code"_s, u"UNAUTHORIZED"_s}}});
    row("51-[\"file\",{\"_placeholder\":true,\"num\":0}]",
        EventPacket{root, {}, u"file"_s, {placeholder}, 1});
    row("52-/chat,3[\"file\",[{\"_placeholder\":true,\"num\":0}]]",
        EventPacket{chat, 3, u"file"_s, {QJsonArray{placeholder}}, 2});
    row("61-/chat,3[{\"_placeholder\":true,\"num\":0}]", AckPacket{chat, 3, {placeholder}, 1});
}

} // namespace

class tst_Packet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites_data() { addGoodPackets(); }

    void readsAndWrites()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const Packet, packet);
        const auto read = decodePacket(text);
        QVERIFY(read.has_value());
        QVERIFY(*read == packet);
        QCOMPARE(encode(packet), text);
        QCOMPARE(encodeMessage(packet), '4' + text);
    }

    void survivesEveryTruncation_data() { addGoodPackets(); }

    //! What was cut is refused, unless what is left says something by itself, and then the same.
    void survivesEveryTruncation()
    {
        QFETCH(const QByteArray, text);
        const bool mayBeShort = text.startsWith('0') || text.startsWith('1');
        for (qsizetype size = 0; size < text.size(); ++size) {
            const auto read = decodePacket(text.first(size));
            QVERIFY(!read || mayBeShort);
            if (read)
                QVERIFY(*decodePacket(encode(*read)) == *read);
        }
    }

    void readsWhatOthersWrite()
    {
        // Without the comma where nothing follows it.
        QVERIFY(*decodePacket("0/chat") == Packet(ConnectPacket{u"/chat"_s, {}}));
        QVERIFY(*decodePacket("1/chat") == Packet(DisconnectPacket{u"/chat"_s}));
        QVERIFY(*decodePacket("0/,") == Packet(ConnectPacket{u"/"_s, {}}));
        QVERIFY(*decodePacket("2[42,1]") == Packet(EventPacket{u"/"_s, {}, u"42"_s, {1}, 0}));
        // Events and answers of the binary kind without anything binary.
        QVERIFY(*decodePacket("50-[\"x\"]") == Packet(EventPacket{u"/"_s, {}, u"x"_s, {}, 0}));
        QVERIFY(*decodePacket("60-1[]") == Packet(AckPacket{u"/"_s, 1, {}, 0}));
        QVERIFY(*decodePacket("2[\"\xd0\x9f\"]") == Packet(EventPacket{u"/"_s, {}, u"П"_s, {}, 0}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("field");
        const auto invalid = [](const QByteArray &text, const char *field) {
            QTest::addRow("%s", text.constData())
                << text << ErrorCode::InvalidField << QString::fromLatin1(field);
        };
        const auto malformed = [](const QByteArray &text) {
            QTest::addRow("%s", text.constData()) << text << ErrorCode::Malformed << u"payload"_s;
        };
        const auto tooLarge = [](const char *name, const QByteArray &text, const char *field) {
            QTest::addRow("%s", name) << text << ErrorCode::TooLarge << QString::fromLatin1(field);
        };
        for (const char *text : {"", "7", "9", "abc", "/", "-1", " 0", "\xff"})
            invalid(text, "type");
        for (const char *text : {"5[\"x\"]", "5-[\"x\"]", "51[\"x\"]", "5x-[\"x\"]", "6", "61"})
            invalid(text, "attachments");
        invalid("51-[\"x\",{\"_placeholder\":true,\"num\":1}]", "attachments");
        invalid("51-[\"x\",{\"_placeholder\":true,\"num\":-1}]", "attachments");
        invalid("51-[\"x\",{\"_placeholder\":true,\"num\":0.5}]", "attachments");
        invalid("51-[\"x\",{\"_placeholder\":true,\"num\":\"0\"}]", "attachments");
        invalid("51-[\"x\",[{\"a\":{\"_placeholder\":true}}]]", "attachments");
        invalid("0/\x01,", "namespace");
        invalid("0/\xff,", "namespace");
        invalid("0[]", "payload");
        invalid("1{}", "payload");
        invalid("1/chat,1", "payload");
        invalid("2{}", "payload");
        invalid("2[]", "payload");
        for (const char *name : {"connect", "connect_error", "disconnect", "disconnecting",
                 "newListener", "removeListener"})
            invalid(QByteArray("2[\"") + name + "\"]", "payload");
        for (const char *name : {"null", "true", "{}", "[]", "-1", "1.5", "1e300"})
            invalid(QByteArray("2[") + name + "]", "payload");
        invalid("3[]", "ack");
        invalid("3/chat,[]", "ack");
        invalid("37{}", "payload");
        invalid("4[]", "payload");
        invalid("4{}", "payload");
        invalid("4{\"message\":1}", "payload");
        for (const char *text : {"0null", "01", "0\"x\"", "0{", "2", "2/chat", "2/chat,", "27",
                 "2[\"x\"", "2[\"x\"]]", "2abc[\"x\"]", "2-1[\"x\"]", "2 [\"x\"", "2[\"x\",1e400]",
                 "2[\"\xff\"]", "37", "4\"text\"", "4"})
            malformed(text);
        tooLarge("64 KiB + 1", "2[\"" + QByteArray(65'532, 'x') + "\"]", "size");
        tooLarge("depth 33", "2[\"x\"," + nested(32) + "]", "depth");
        tooLarge("11 attachments", "511-[\"x\"]", "attachments");
        tooLarge(
            "attachments without end", "5" + QByteArray(1000, '9') + "-[\"x\"]", "attachments");
        tooLarge("namespace of 129", "0/" + QByteArray(128, 'x') + ",", "namespace");
        tooLarge("ack of 16 digits", "21234567890123456[\"x\"]", "ack");
        tooLarge("answer to 10,000 digits", "3" + QByteArray(10'000, '1') + "[]", "ack");
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, field);
        const auto read = decodePacket(text);
        QVERIFY(!read);
        QCOMPARE(read.error().code, code);
        QCOMPARE(read.error().field, field);
    }

    void takesWhatIsAllowed()
    {
        QVERIFY(decodePacket("2[\"" + QByteArray(65'531, 'x') + "\"]").has_value());
        QVERIFY(decodePacket("2[\"x\"," + nested(31) + "]").has_value());
        QVERIFY(decodePacket("510-[\"x\"]").has_value());
        QVERIFY(decodePacket("0/" + QByteArray(127, 'x') + ",").has_value());
    }

    void writesAsciiOnly()
    {
        const QByteArray text = encodeMessage(EventPacket{u"/chat"_s, 1, u"имя"_s, {u"П 😀"_s}, 0});
        QVERIFY(std::all_of(text.begin(), text.end(), [](char c) { return quint8(c) < 0x7f; }));
    }
};

QTEST_GUILESS_MAIN(tst_Packet)
#include "tst_packet.moc"
