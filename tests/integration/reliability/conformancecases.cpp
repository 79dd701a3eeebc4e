// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/reliability/conformancecases.h"

namespace presently::test {

using net::closePayload;

namespace {

constexpr quint8 Fin = 0x80;
constexpr quint8 Continuation = 0x0;
constexpr quint8 Text = 0x1;
constexpr quint8 Binary = 0x2;
constexpr quint8 Close = 0x8;
constexpr quint8 Ping = 0x9;
constexpr quint8 Pong = 0xA;
constexpr quint16 ProtocolError = 1002;
constexpr quint16 NotText = 1007;

using Frames = QList<CaseFrame>;

//! \brief Collects the table, one group after the other.
class Table
{
public:
    void group(const QByteArray &name) { m_group = name; }
    void open(
        const QByteArray &name, const Frames &frames, const Frames &answers, qsizetype chop = 0)
    {
        m_cases.append({m_group, name, frames, answers, CaseEnd::Open, 0, chop});
    }
    void fails(const QByteArray &name, const Frames &frames, const Frames &answers = {},
        quint16 code = ProtocolError, qsizetype chop = 0)
    {
        m_cases.append({m_group, name, frames, answers, CaseEnd::Failed, code, chop});
    }
    void closes(const QByteArray &name, const Frames &frames, const Frames &answers = {})
    {
        m_cases.append({m_group, name, frames, answers, CaseEnd::Closed, 0, 0});
    }
    [[nodiscard]] const QList<ConformanceCase> &cases() const { return m_cases; }

private:
    QByteArray m_group;
    QList<ConformanceCase> m_cases;
};

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

//! \a payload in frames of \a size bytes.
Frames fragments(quint8 opcode, const QByteArray &payload, qsizetype size)
{
    Frames frames;
    for (qsizetype at = 0; at < payload.size(); at += size) {
        const bool isLast = at + size >= payload.size();
        const quint8 kind = at == 0 ? opcode : Continuation;
        frames.append({quint8((isLast ? Fin : 0) | kind), payload.mid(at, size)});
    }
    return frames;
}

void addFraming(Table &table)
{
    table.group("framing");
    for (const quint8 opcode : {Text, Binary}) {
        const QByteArray kind = opcode == Text ? "text " : "binary ";
        for (const int size : {0, 125, 126, 127, 128, 65535, 65536}) {
            const Frames whole{{quint8(Fin | opcode), QByteArray(size, '*')}};
            table.open(kind + number(size), whole, whole);
        }
        const Frames whole{{quint8(Fin | opcode), QByteArray(65536, '*')}};
        table.open(kind + "65536 in writes of 997", whole, whole, 997);
    }
}

void addPings(Table &table)
{
    table.group("pings and pongs");
    const QByteArray longest(125, '\xfe');
    for (const QByteArray &payload :
        {QByteArray(), QByteArray("hello"), QByteArray::fromHex("00fffefdfcfb00ff"), longest}) {
        const QByteArray name = "ping of " + number(payload.size());
        table.open(name, {{Fin | Ping, payload}}, {{Fin | Pong, payload}});
        table.open(name + ", by byte", {{Fin | Ping, payload}}, {{Fin | Pong, payload}}, 1);
    }
    table.fails("ping of 126", {{Fin | Ping, QByteArray(126, 'x')}});
    table.fails("pong of 126", {{Fin | Pong, QByteArray(126, 'x')}});
    table.open("pong nobody asked for", {{Fin | Pong, {}}}, {});
    table.open("pong with payload", {{Fin | Pong, "unasked"}}, {});
    table.open("pong, then ping", {{Fin | Pong, "unasked"}, {Fin | Ping, "asked"}},
        {{Fin | Pong, "asked"}});
    Frames pings;
    Frames pongs;
    for (int i = 0; i < 10; ++i) {
        pings.append({Fin | Ping, "payload " + number(i)});
        pongs.append({Fin | Pong, "payload " + number(i)});
    }
    table.open("ten pings", pings, pongs);
    table.open("ten pings, by byte", pings, pongs, 1);
}

void addReservedBits(Table &table)
{
    table.group("reserved bits");
    const CaseFrame good{Fin | Text, "good"};
    for (int bits = 1; bits < 8; ++bits) {
        for (const quint8 opcode : {Text, Binary, Close, Ping, Pong}) {
            const CaseFrame bad{quint8(Fin | (bits << 4) | opcode), {}};
            const QByteArray name = "bits " + number(bits) + " opcode " + number(opcode);
            table.fails(name, {bad});
            table.fails(name + " after a message", {good, bad, {Fin | Ping, {}}}, {good});
        }
        const CaseFrame text{quint8(Fin | (bits << 4) | Text), "x"};
        table.fails("bits " + number(bits) + ", by byte", {good, text}, {good}, ProtocolError, 1);
    }
}

void addOpcodes(Table &table)
{
    table.group("opcodes");
    const CaseFrame good{Fin | Text, "good"};
    for (const quint8 opcode : {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
        const QByteArray name = "opcode " + number(opcode);
        table.fails(name, {{quint8(Fin | opcode), {}}});
        table.fails(name + " with payload", {{quint8(Fin | opcode), "payload"}});
        table.fails(name + " after a message",
            {good, {quint8(Fin | opcode), "x"}, {Fin | Ping, {}}}, {good});
    }
}

void addFragments(Table &table)
{
    table.group("fragments");
    const CaseFrame first{Text, "frag1"};
    const CaseFrame last{Fin | Continuation, "frag2"};
    const CaseFrame ping{Fin | Ping, "ping"};
    const CaseFrame pong{Fin | Pong, "ping"};
    const CaseFrame whole{Fin | Text, "frag1frag2"};
    for (const qsizetype chop : {0, 1, 7}) {
        const QByteArray how = chop == 0 ? QByteArray() : ", writes of " + number(chop);
        table.open("two" + how, {first, last}, {whole}, chop);
        table.open("ping between" + how, {first, ping, last}, {pong, whole}, chop);
        table.fails("fragmented ping" + how, {{Ping, "frag1"}, last}, {}, ProtocolError, chop);
        table.fails("fragmented pong" + how, {{Pong, "frag1"}, last}, {}, ProtocolError, chop);
        table.fails("continuation without a start" + how, {last, whole}, {}, ProtocolError, chop);
        table.fails("open continuation without a start" + how, {{Continuation, "x"}, whole}, {},
            ProtocolError, chop);
        table.fails("text in a text" + how, {first, whole}, {}, ProtocolError, chop);
        table.fails(
            "binary in a text" + how, {first, {Fin | Binary, "x"}}, {}, ProtocolError, chop);
        table.fails(
            "continuation after the end" + how, {first, last, last}, {whole}, ProtocolError, chop);
        table.open("five with pings" + how,
            {{Text, "a"}, {0, "b"}, ping, {0, "c"}, {0, "d"}, ping, {Fin, "e"}},
            {pong, pong, {Fin | Text, "abcde"}}, chop);
    }
    table.open("empty fragments", {{Text, {}}, {0, {}}, {Fin, {}}}, {{Fin | Text, {}}});
    table.open("only the middle has text", {{Text, {}}, {0, "middle"}, {Fin, {}}},
        {{Fin | Text, "middle"}});
    for (const quint8 opcode : {Text, Binary}) {
        for (const int size : {1, 64, 256, 1024, 16'384}) {
            const qsizetype pieces = std::min(65'536, size * 200);
            const QByteArray payload(pieces, '*');
            table.open((opcode == Text ? "text in " : "binary in ") + number(size),
                fragments(opcode, payload, size), {{quint8(Fin | opcode), payload}});
        }
    }
}

void addUtf8(Table &table)
{
    table.group("UTF-8");
    const QByteArray greek = QByteArray::fromHex("cebae1bdb9cf83cebcceb5");
    const QByteArray hello
        = "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc\xc3\xa0\xc3\xa1-UTF-8!!";
    for (const QByteArray &text : {hello, greek, QByteArray("\xf0\x9f\xa6\x8a"),
             QByteArray::fromHex("00"), QByteArray::fromHex("7f"), QByteArray::fromHex("c280"),
             QByteArray::fromHex("dfbf"), QByteArray::fromHex("e0a080"),
             QByteArray::fromHex("ed9fbf"), QByteArray::fromHex("ee8080"),
             QByteArray::fromHex("efbfbd"), QByteArray::fromHex("efbfbe"),
             QByteArray::fromHex("efbfbf"), QByteArray::fromHex("f0908080"),
             QByteArray::fromHex("f0bfbfbf"), QByteArray::fromHex("f48fbfbf")}) {
        const CaseFrame whole{Fin | Text, text};
        table.open("good " + text.toHex(), {whole}, {whole});
        table.open("good " + text.toHex() + ", by byte", {whole}, {whole}, 1);
        // Between frames a character may be cut anywhere.
        if (text.size() > 1)
            table.open("good " + text.toHex() + ", cut", fragments(Text, text, 1), {whole});
    }
    for (const QByteArray &bad :
        {QByteArray::fromHex("80"), QByteArray::fromHex("bf"), QByteArray::fromHex("8080bf80"),
            QByteArray::fromHex("c0"), QByteArray::fromHex("c0af"), QByteArray::fromHex("c180"),
            QByteArray::fromHex("c1bf"), QByteArray::fromHex("c220"), QByteArray::fromHex("df"),
            QByteArray::fromHex("e080af"), QByteArray::fromHex("e09fbf"), QByteArray::fromHex("e0"),
            QByteArray::fromHex("eda080"), QByteArray::fromHex("edafbf"),
            QByteArray::fromHex("edb080"), QByteArray::fromHex("edbfbf"),
            QByteArray::fromHex("eda080edb080"), QByteArray::fromHex("efbf"),
            QByteArray::fromHex("f08080af"), QByteArray::fromHex("f08fbfbf"),
            QByteArray::fromHex("f0908f"), QByteArray::fromHex("f4908080"),
            QByteArray::fromHex("f7bfbfbf"), QByteArray::fromHex("f888808080"),
            QByteArray::fromHex("fbbfbfbfbf"), QByteArray::fromHex("fc8480808080"),
            QByteArray::fromHex("fdbfbfbfbfbf"), QByteArray::fromHex("fe"),
            QByteArray::fromHex("ff"), QByteArray::fromHex("fefeffff")}) {
        table.fails("bad " + bad.toHex(), {{Fin | Text, bad}}, {}, NotText);
        table.fails("bad " + bad.toHex() + " after good", {{Fin | Text, greek + bad}}, {}, NotText);
        table.fails("bad " + bad.toHex() + " in fragments", fragments(Text, greek + bad + 'x', 3),
            {}, NotText);
        table.open("binary " + bad.toHex(), {{Fin | Binary, bad}}, {{Fin | Binary, bad}});
    }
}

void addCloses(Table &table)
{
    table.group("closing");
    const CaseFrame normal{Fin | Close, closePayload(1000)};
    table.closes("after a message", {{Fin | Text, "x"}, normal}, {{Fin | Text, "x"}});
    table.closes("twice", {normal, normal});
    table.closes("then a ping", {normal, {Fin | Ping, "x"}});
    table.closes("then a message", {normal, {Fin | Text, "x"}});
    table.closes("inside a fragmented message", {{Text, "x"}, normal, {Fin, "y"}});
    table.closes("without a code", {{Fin | Close, {}}});
    table.closes("with a reason", {{Fin | Close, closePayload(1000, "Hello World!")}});
    table.closes("longest reason", {{Fin | Close, closePayload(1000, QByteArray(123, '*'))}});
    table.fails("half a code", {{Fin | Close, "a"}});
    table.fails("126 bytes", {{Fin | Close, closePayload(1000) + QByteArray(124, '*')}});
    table.fails("reason that is not UTF-8",
        {{Fin | Close, closePayload(1000) + QByteArray::fromHex("cebaeda080")}}, {}, NotText);
    for (const quint16 code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
             1014, 3000, 3999, 4000, 4999})
        table.closes("code " + number(code), {{Fin | Close, closePayload(code)}});
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
        QByteArray payload;
        payload.append(char(code >> 8)).append(char(code & 0xff));
        table.fails("code " + number(code), {{Fin | Close, payload}});
        table.fails("code " + number(code) + " with a reason", {{Fin | Close, payload + "x"}});
    }
}

} // namespace

QList<ConformanceCase> conformanceCases()
{
    Table table;
    addFraming(table);
    addPings(table);
    addReservedBits(table);
    addOpcodes(table);
    addFragments(table);
    addUtf8(table);
    addCloses(table);
    return table.cases();
}

} // namespace presently::test
