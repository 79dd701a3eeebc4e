// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "transcript.h"

#include "net/wire/websocket/utf8validator.h"

#include <QTest>

using namespace presently::net;
using namespace presently::test;
using namespace Qt::StringLiterals;

namespace {

//! What the bytes of one text are, however they are cut.
enum class Verdict { Valid, Invalid, CutShort };

} // namespace

class tst_Utf8Validator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char *name, const char *hex, Verdict verdict) {
            QTest::addRow("%s", name) << QByteArray::fromHex(hex) << int(verdict);
        };
        const auto valid
            = [&](const char *name, const char *hex) { row(name, hex, Verdict::Valid); };
        const auto invalid
            = [&](const char *name, const char *hex) { row(name, hex, Verdict::Invalid); };
        const auto cut
            = [&](const char *name, const char *hex) { row(name, hex, Verdict::CutShort); };

        valid("nothing", "");
        valid("ASCII", "48656c6c6f2d2d2d2d2d2d2d2d2d2d2d");
        valid("Greek", "cebae1bdb9cf83cebcceb5");
        valid("NUL", "00");
        valid("first of two bytes", "c280");
        valid("last of two bytes", "dfbf");
        valid("first of three bytes", "e0a080");
        valid("before the surrogates", "ed9fbf");
        valid("after the surrogates", "ee8080");
        valid("replacement character", "efbfbd");
        valid("noncharacter U+FFFE", "efbfbe");
        valid("last of three bytes", "efbfbf");
        valid("first of four bytes", "f0908080");
        valid("emoji", "f09f9880");
        valid("last code point", "f48fbfbf");
        valid("noncharacter U+1FFFE", "f09fbfbe");
        valid("after eight of ASCII", "6161616161616161c3a961616161616161616161");

        invalid("first continuation byte alone", "80");
        invalid("last continuation byte alone", "bf");
        invalid("two continuation bytes", "80bf");
        invalid("continuation after ASCII", "616161616161616180");
        invalid("start of two, then a blank", "c020");
        invalid("start of three, then a blank", "e020");
        invalid("start of four, then a blank", "f020");
        invalid("C0", "c0");
        invalid("C1", "c1");
        invalid("F5", "f5");
        invalid("F8", "f8");
        invalid("FC", "fc");
        invalid("FE", "fe");
        invalid("FF", "ff");
        invalid("byte order mark of UTF-16", "fffe");
        invalid("overlong slash in two", "c0af");
        invalid("overlong slash in three", "e080af");
        invalid("overlong slash in four", "f08080af");
        invalid("overlong NUL in two", "c080");
        invalid("overlong NUL in three", "e08080");
        invalid("overlong in three, largest", "e09fbf");
        invalid("overlong in four, largest", "f08fbfbf");
        invalid("high surrogate", "eda080");
        invalid("last high surrogate", "edafbf");
        invalid("low surrogate", "edb080");
        invalid("last low surrogate", "edbfbf");
        invalid("surrogate pair", "eda080edb080");
        invalid("above U+10FFFF", "f4908080");
        invalid("far above", "f7bfbfbf");
        invalid("five bytes", "f888808080");
        invalid("six bytes", "fc8480808080");
        invalid("two of three, then ASCII",
            "e282"
            "61");
        invalid("three of four, then ASCII",
            "f09f98"
            "61");
        invalid("two of three, then a start", "e282c3a9");

        cut("one of two", "c3");
        cut("one of three", "e2");
        cut("two of three", "e282");
        cut("one of four", "f0");
        cut("two of four", "f09f");
        cut("three of four", "f09f98");
        cut("after a good text", "48656c6c6f20f09f98");
    }

    void judges()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, verdict);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            Utf8Validator validator;
            validator.feed(QByteArrayView(bytes).first(cut));
            validator.feed(QByteArrayView(bytes).sliced(cut));
            QCOMPARE(validator.isValidSoFar(), Verdict(verdict) != Verdict::Invalid);
            QCOMPARE(validator.isComplete(), Verdict(verdict) == Verdict::Valid);
        }
    }

    void agreesInsideMessages_data() { judges_data(); }

    //! As one frame, and as two fragments cut at every byte: 1007 unless it is valid as a whole.
    void agreesInsideMessages()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, verdict);
        const QByteArrayList expected = Verdict(verdict) == Verdict::Valid
            ? QByteArrayList{"text " + bytes.toHex(), "ping "}
            : QByteArrayList{"fail 1007"};
        const QByteArray ping = rawFrame(0x89, {});
        QCOMPARE(transcript(EndpointRole::Server, rawFrame(0x81, bytes) + ping), expected);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const QByteArray fragments
                = rawFrame(0x01, bytes.first(cut)) + rawFrame(0x80, bytes.sliced(cut)) + ping;
            QCOMPARE(transcript(EndpointRole::Server, fragments), expected);
            QCOMPARE(transcript(EndpointRole::Server, fragments, 1), expected);
        }
    }

    void saysNoAtTheFirstWrongByte()
    {
        // The frame is not complete: the text can no longer become valid, whatever comes.
        const QByteArray frame = rawFrame(0x81, "good \xff and a long rest");
        QCOMPARE(transcript(EndpointRole::Server, QByteArrayView(frame).first(12)),
            QByteArrayList{"fail 1007"});
    }

    void leavesBinaryAlone()
    {
        QCOMPARE(transcript(EndpointRole::Server, rawFrame(0x82, "\xff\xc3")),
            QByteArrayList{"binary ffc3"});
    }
};

QTEST_GUILESS_MAIN(tst_Utf8Validator)
#include "tst_utf8validator.moc"
