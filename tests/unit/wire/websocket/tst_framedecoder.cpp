// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "transcript.h"

#include <QTest>

using namespace presently::net;
using namespace presently::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint8 Final = 0x80;
constexpr quint8 Text = 0x1;
constexpr quint8 Binary = 0x2;
constexpr quint8 Close = 0x8;
constexpr quint8 Ping = 0x9;
constexpr quint8 Pong = 0xA;

QByteArray closeFrame(quint16 code, const QByteArray &reason = {})
{
    QByteArray payload;
    payload.append(char(code >> 8));
    payload.append(char(code & 0xFF));
    return rawFrame(Final | Close, payload + reason);
}

void row(const QByteArray &name, const QByteArray &bytes, const QByteArrayList &lines)
{
    QTest::addRow("%s", name.constData()) << bytes << lines;
}

void columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
}

void check()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, lines);
    QCOMPARE(transcript(EndpointRole::Server, bytes), lines);
    QCOMPARE(transcript(EndpointRole::Server, bytes, 1), lines);
    QCOMPARE(transcript(EndpointRole::Server, bytes, 7), lines);
}

} // namespace

//! The groups of the usual conformance suite for RFC 6455, each case in one read, byte by byte and
//! in pieces of seven.
class tst_FrameDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryLength_data()
    {
        columns();
        for (const int size : {0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 129, 65535, 65536}) {
            const QByteArray payload(size, '*');
            const QByteArray shown
                = size > 130 ? QByteArray::number(size) + " bytes" : payload.toHex();
            const QByteArray name = QByteArray::number(size);
            row("text of " + name, rawFrame(Final | Text, payload), {"text " + shown});
            row("binary of " + name, rawFrame(Final | Binary, payload), {"binary " + shown});
        }
    }
    void readsEveryLength() { check(); }

    void readsControlFrames_data()
    {
        columns();
        const QByteArray longest(125, '\xfe');
        for (const auto &[opcode, name] :
            {std::pair(Ping, "ping"_ba), std::pair(Pong, "pong"_ba)}) {
            row(name + " without payload", rawFrame(Final | opcode, {}), {name + " "});
            row(name + " with payload", rawFrame(Final | opcode, "hi"), {name + " 6869"});
            row(name + " of 125 bytes", rawFrame(Final | opcode, longest),
                {name + ' ' + longest.toHex()});
            row(name + " of 126 bytes", rawFrame(Final | opcode, longest + 'x'), {"fail 1002"});
            row("fragmented " + name, rawFrame(opcode, "hi"), {"fail 1002"});
            row("ten of " + name, rawFrame(Final | opcode, "x").repeated(10),
                QByteArrayList(10, name + " 78"));
        }
        row("close of 126 bytes", rawFrame(Final | Close, QByteArray("\x03\xe8") + longest),
            {"fail 1002"});
        row("fragmented close", rawFrame(Close, "\x03\xe8"), {"fail 1002"});
    }
    void readsControlFrames() { check(); }

    void refusesReservedBits_data()
    {
        columns();
        for (int bits = 1; bits < 8; ++bits) {
            for (const quint8 opcode : {Text, Binary, Close, Ping, Pong}) {
                const QByteArray name
                    = "bits " + QByteArray::number(bits) + " opcode " + QByteArray::number(opcode);
                const QByteArray bad = rawFrame(quint8(Final | (bits << 4) | opcode), {});
                row(name, bad, {"fail 1002"});
                row(name + " after a good one",
                    rawFrame(Final | Text, "a") + bad + rawFrame(Final | Text, "b"),
                    {"text 61", "fail 1002"});
            }
        }
    }
    void refusesReservedBits() { check(); }

    void refusesUnknownOpcodes_data()
    {
        columns();
        for (const quint8 opcode : {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
            const QByteArray name = "opcode " + QByteArray::number(opcode);
            row(name, rawFrame(Final | opcode, {}), {"fail 1002"});
            row(name + " with payload", rawFrame(Final | opcode, "abc"), {"fail 1002"});
            row(name + " after a good one",
                rawFrame(Final | Text, "a") + rawFrame(Final | opcode, {}),
                {"text 61", "fail 1002"});
        }
    }
    void refusesUnknownOpcodes() { check(); }

    void putsFragmentsTogether_data()
    {
        columns();
        const QByteArray first = rawFrame(Text, "ab");
        const QByteArray middle = rawFrame(0, "cd");
        const QByteArray last = rawFrame(Final, "ef");
        const QByteArray ping = rawFrame(Final | Ping, "p");
        row("two", first + last, {"text 61626566"});
        row("three", first + middle + last, {"text 616263646566"});
        row("empty ones", rawFrame(Text, {}) + rawFrame(0, {}) + rawFrame(Final, {}), {"text "});
        row("empty but for the middle", rawFrame(Text, {}) + middle + rawFrame(Final, {}),
            {"text 6364"});
        row("binary", rawFrame(Binary, "\xff") + rawFrame(Final, "\xfe"), {"binary fffe"});
        row("ping between", first + ping + last, {"ping 70", "text 61626566"});
        row("many pings between", first + ping + ping + middle + ping + last,
            {"ping 70", "ping 70", "ping 70", "text 616263646566"});
        row("close between", first + closeFrame(1000) + last, {"close 1000 "});
        row("two messages", first + last + first + last, {"text 61626566", "text 61626566"});
        row("continuation alone", last, {"fail 1002"});
        row("open continuation alone", middle, {"fail 1002"});
        row("continuation after a message", rawFrame(Final | Text, "a") + last,
            {"text 61", "fail 1002"});
        row("text inside a text", first + rawFrame(Final | Text, "x"), {"fail 1002"});
        row("binary inside a text", first + rawFrame(Final | Binary, "x"), {"fail 1002"});
        row("text inside a binary", rawFrame(Binary, "x") + rawFrame(Text, "x"), {"fail 1002"});
        row("unfinished", first + middle, {"unfinished"});
        row("255 continuations", first + middle.repeated(254) + last, {"text 512 bytes"});
        row("256 continuations", first + middle.repeated(255) + last, {"fail 1008"});
        row("256 empty ones", rawFrame(Text, {}) + rawFrame(0, {}).repeated(256), {"fail 1008"});
    }
    void putsFragmentsTogether() { check(); }

    void keepsToTheMessageLimit_data()
    {
        columns();
        row("one more byte", rawFrame(Final | Text, QByteArray(65537, 'x')), {"fail 1009"});
        row("1 GiB by its header alone", QByteArray::fromHex("82ff0000000040000000a1b2c3d4"),
            {"fail 1009"});
        row("largest length", QByteArray::fromHex("82ff7fffffffffffffffa1b2c3d4"), {"fail 1009"});
        row("length with the highest bit", QByteArray::fromHex("82ff8000000000000000a1b2c3d4"),
            {"fail 1002"});
        row("by fragments, from the header",
            rawFrame(Text, QByteArray(65536, 'x')) + QByteArray::fromHex("8081a1b2c3d4"),
            {"fail 1009"});
        row("exactly by fragments", rawFrame(Text, QByteArray(65535, 'x')) + rawFrame(Final, "y"),
            {"text 65536 bytes"});
        row("length 125 in sixteen bits",
            QByteArray::fromHex("82fe007da1b2c3d4") + QByteArray(125, 'x'), {"fail 1002"});
        row("length 65535 in sixty-four bits", QByteArray::fromHex("82ff000000000000ffffa1b2c3d4"),
            {"fail 1002"});
    }
    void keepsToTheMessageLimit() { check(); }

    void readsClose_data()
    {
        columns();
        row("no code", rawFrame(Final | Close, {}), {"close 1005 "});
        row("half a code", rawFrame(Final | Close, "x"), {"fail 1002"});
        row("reason", closeFrame(1000, "goodbye"), {"close 1000 goodbye"});
        row("longest reason", closeFrame(1000, QByteArray(123, 'x')),
            {"close 1000 " + QByteArray(123, 'x')});
        row("bad UTF-8 in the reason", closeFrame(1000, "a\xff"), {"fail 1007"});
        row("reason cut inside a character", closeFrame(1000, "\xc3"), {"fail 1007"});
        row("nothing after it", closeFrame(1000) + rawFrame(Final | Text, "x") + closeFrame(1001),
            {"close 1000 "});
        row("garbage after it", closeFrame(1000) + QByteArray(100, '\xff'), {"close 1000 "});
        for (const quint16 code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
                 1014, 3000, 3999, 4000, 4001, 4008, 4999}) {
            const QByteArray number = QByteArray::number(code);
            row("code " + number, closeFrame(code), {"close " + number + ' '});
        }
        for (const quint16 code :
            {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 10000, 65535}) {
            row("code " + QByteArray::number(code), closeFrame(code), {"fail 1002"});
        }
    }
    void readsClose() { check(); }

    void insistsOnMasks()
    {
        const QByteArray unmasked = encodeFrame(Opcode::Text, "x");
        const QByteArray masked = encodeFrame(Opcode::Text, "x", {true, 1});
        QCOMPARE(transcript(EndpointRole::Server, unmasked), QByteArrayList{"fail 1002"});
        QCOMPARE(transcript(EndpointRole::Server, masked), QByteArrayList{"text 78"});
        QCOMPARE(transcript(EndpointRole::Client, unmasked), QByteArrayList{"text 78"});
        QCOMPARE(transcript(EndpointRole::Client, masked), QByteArrayList{"fail 1002"});
        QCOMPARE(transcript(EndpointRole::Server, encodeFrame(Opcode::Ping, {})),
            QByteArrayList{"fail 1002"});
    }

    //! The examples of RFC 6455 5.7, byte for byte.
    void readsTheExamplesOfTheStandard_data()
    {
        columns();
        row("masked hello", QByteArray::fromHex("818537fa213d7f9f4d5158"), {"text 48656c6c6f"});
        row("masked pong", QByteArray::fromHex("8a8537fa213d7f9f4d5158"), {"pong 48656c6c6f"});
    }
    void readsTheExamplesOfTheStandard() { check(); }

    void writesTheExamplesOfTheStandard()
    {
        QCOMPARE(encodeFrame(Opcode::Text, "Hello"), QByteArray::fromHex("810548656c6c6f"));
        QCOMPARE(encodeFrame(Opcode::Text, "Hello", {true, 0x37fa213d}),
            QByteArray::fromHex("818537fa213d7f9f4d5158"));
        QCOMPARE(encodeFrame(Opcode::Text, "Hel", {false, {}}), QByteArray::fromHex("010348656c"));
        QCOMPARE(encodeFrame(Opcode::Continuation, "lo"), QByteArray::fromHex("80026c6f"));
        QCOMPARE(encodeFrame(Opcode::Ping, "Hello"), QByteArray::fromHex("890548656c6c6f"));
        QCOMPARE(encodeFrame(Opcode::Binary, QByteArray(256, 'x')),
            QByteArray::fromHex("827e0100") + QByteArray(256, 'x'));
        QCOMPARE(encodeFrame(Opcode::Binary, QByteArray(65536, 'x')),
            QByteArray::fromHex("827f0000000000010000") + QByteArray(65536, 'x'));
    }

    void readsWhatItWrote()
    {
        for (const int size : {0, 125, 126, 65535, 65536}) {
            const SharedFrame frame = SharedFrame::binary(QByteArray(size, 'x'));
            QCOMPARE(frame.payload().size(), size);
            QCOMPARE(frame.bytes(), encodeFrame(Opcode::Binary, QByteArray(size, 'x')));
            FrameDecoder decoder(EndpointRole::Client);
            QByteArrayView input = frame.bytes();
            const auto step = decoder.next(input);
            QCOMPARE(std::get<FrameDecoder::Message>(step).payload.size(), size);
            QVERIFY(!decoder.isInsideMessage());
        }
    }

    void twoPartsAreOneMessage()
    {
        for (const int size : {0, 124, 125, 65534, 65535}) {
            const QByteArray first(size, 'x');
            QCOMPARE(SharedFrame::text(first, "y").bytes(), encodeFrame(Opcode::Text, first + 'y'));
            QCOMPARE(SharedFrame::text("y", first).payload().toByteArray(), 'y' + first);
        }
    }

    void cutsALongReasonBetweenCharacters()
    {
        const QByteArray reason = QByteArray("я").repeated(80);
        QCOMPARE(closePayload(1000, reason).size(), 2 + 122);
        QCOMPARE(transcript(
                     EndpointRole::Client, encodeFrame(Opcode::Close, closePayload(1000, reason))),
            QByteArrayList{"close 1000 " + QByteArray("я").repeated(61)});
        QCOMPARE(closePayload(CloseStatus::NoStatus, "x"), QByteArray());
    }

    void waitsAtEveryTruncation()
    {
        const QByteArray good = rawFrame(Text, "При") + rawFrame(Final | Ping, "p")
            + rawFrame(Final, QByteArray(300, 'x')) + closeFrame(1001, "bye");
        const QByteArrayList whole = transcript(EndpointRole::Server, good);
        QCOMPARE(whole, QByteArrayList({"ping 70", "text 306 bytes", "close 1001 bye"}));
        for (qsizetype size = 1; size < good.size(); ++size) {
            QByteArrayList part
                = transcript(EndpointRole::Server, QByteArrayView(good).first(size));
            part.removeAll("unfinished");
            QCOMPARE(part, whole.first(part.size()));
        }
    }
};

QTEST_GUILESS_MAIN(tst_FrameDecoder)
#include "tst_framedecoder.moc"
