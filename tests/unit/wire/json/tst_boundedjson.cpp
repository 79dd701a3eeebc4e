// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"

#include <QJsonArray>
#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

QByteArray nested(int depth)
{
    return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}';
}

} // namespace

class tst_BoundedJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("field");
        const auto malformed = [](const char *name, const QByteArray &bytes) {
            QTest::addRow("%s", name) << bytes << ErrorCode::Malformed << QString();
        };
        const auto tooLarge = [](const char *name, const QByteArray &bytes, const QString &field) {
            QTest::addRow("%s", name) << bytes << ErrorCode::TooLarge << field;
        };
        tooLarge("depth 33", nested(33), u"depth"_s);
        tooLarge("depth 1025", nested(1025), u"depth"_s);
        tooLarge("depth 30,000, never closed", QByteArray(30'000, '['), u"depth"_s);
        tooLarge("depth by objects", QByteArray("{\"a\":").repeated(33), u"depth"_s);
        tooLarge("64 KiB + 1", "{\"a\":\"" + QByteArray(65'529, 'x') + "\"}", u"size"_s);
        tooLarge(
            "200,000 keys", "{" + QByteArray("\"k\":1,").repeated(200'000) + "\"k\":1}", u"size"_s);
        malformed("1e400", "{\"a\":1e400}");
        malformed("-1e400", "{\"a\":-1e400}");
        malformed("bad UTF-8", "{\"a\":\"\xff\"}");
        malformed("overlong UTF-8", "{\"a\":\"\xc0\x80\"}");
        malformed("surrogate in UTF-8", "{\"a\":\"\xed\xa0\x80\"}");
        malformed("UTF-8 cut short", "{\"a\":\"\xc3");
        malformed("raw NUL in a string", QByteArray("{\"a\":\"\0\"}", 9));
        malformed("raw line feed in a string", "{\"a\":\"\n\"}");
        malformed("NUL after the end", QByteArray("{}\0", 3));
        malformed("empty", "");
        malformed("blanks", "  \n");
        malformed("array", "[1]");
        malformed("string", "\"a\"");
        malformed("null", "null");
        malformed("two documents", "{}{}");
        malformed("trailing comma", "{\"a\":1,}");
        malformed("single quotes", "{'a':1}");
        malformed("comment", "{/**/\"a\":1}");
        malformed("leading zero", "{\"a\":01}");
        malformed("plus sign", "{\"a\":+1}");
        malformed("bare point", "{\"a\":.5}");
        malformed("point at the end", "{\"a\":5.}");
        malformed("number cut short", "{\"a\":5.e1}");
        malformed("NaN", "{\"a\":NaN}");
        malformed("Infinity", "{\"a\":Infinity}");
        malformed("unknown escape", "{\"a\":\"\\x41\"}");
        malformed("escape cut short", "{\"a\":\"\\u12\"}");
        malformed("unclosed string", "{\"a\":\"b");
        malformed("unclosed object", "{\"a\":1");
        malformed("mismatched brackets", "{\"a\":[1}}");
        malformed("brackets closed too often", "{\"a\":1}}}}}");
    }

    void refuses()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, field);
        const auto object = parseObject(bytes);
        QVERIFY(!object);
        QCOMPARE(object.error().code, code);
        QCOMPARE(object.error().field, field);
    }

    void takesWhatIsAllowed()
    {
        QVERIFY(parseObject(nested(32)).has_value());
        QVERIFY(parseObject("{\"a\":\"" + QByteArray(65'528, 'x') + "\"}").has_value());
        // Brackets and quotes inside strings are text.
        const auto text = parseObject("{\"a\":\"" + QByteArray(100, '[') + "\\\"{\"}");
        QCOMPARE(text->value("a"_L1).toString().size(), 102);
        QCOMPARE(parseObject(" {\"n\":-0.5e1,\"t\":true}\r\n")->value("n"_L1).toDouble(), -5.0);
        QVERIFY(parseDocument("[1,2]")->isArray());
    }

    void takesTheLastOfTwoSameKeys()
    {
        QCOMPARE(parseObject("{\"a\":1,\"b\":2,\"a\":3}")->value("a"_L1).toInt(), 3);
    }

    void repairsHalfACharacter_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("read");
        QTest::addRow("high alone") << "x\\ud800y"_ba << u"x\ufffdy"_s;
        QTest::addRow("low alone") << "\\uDC00"_ba << u"\ufffd"_s;
        QTest::addRow("two high") << "\\ud83d\\ud83d\\ude00"_ba << u"\ufffd😀"_s;
        QTest::addRow("wrong order") << "\\ude00\\ud83d"_ba << u"\ufffd\ufffd"_s;
        QTest::addRow("a good pair") << "\\ud83d\\ude00"_ba << u"😀"_s;
        QTest::addRow("an escaped backslash before it") << "\\\\ud800"_ba << u"\\ud800"_s;
    }

    void repairsHalfACharacter()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, read);
        const auto object = parseObject("{\"a\":\"" + text + "\"}");
        QVERIFY(object.has_value());
        QCOMPARE(object->value("a"_L1).toString(), read);
    }

    void keepsAnEscapedNul()
    {
        const auto object = parseObject("{\"a\":\"x\\u0000y\"}");
        QCOMPARE(object->value("a"_L1).toString(), QString::fromUtf16(u"x\0y", 3));
    }

    void survivesEveryTruncation()
    {
        const QByteArray good = "{\"a\":[1,-2.5e3,true,null,\"\\ud83d\\ude00 \xd0\x9f\"],\"b\":{}}";
        QVERIFY(parseObject(good).has_value());
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY(!parseObject(QByteArrayView(good).first(size)).has_value());
    }

    void writesAsciiOnly_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addRow("ASCII") << QJsonValue(QJsonObject{{u"a"_s, u"b\"\\"_s}})
                               << "{\"a\":\"b\\\"\\\\\"}"_ba;
        QTest::addRow("Cyrillic") << QJsonValue(QJsonObject{{u"ю"_s, u"Я"_s}})
                                  << "{\"\\u044e\":\"\\u042f\"}"_ba;
        QTest::addRow("emoji") << QJsonValue(QJsonArray{u"😀"_s}) << "[\"\\ud83d\\ude00\"]"_ba;
        QTest::addRow("delete") << QJsonValue(QJsonArray{u"\u007f"_s}) << "[\"\\u007f\"]"_ba;
        QTest::addRow("string") << QJsonValue(u"é"_s) << "\"\\u00e9\""_ba;
        QTest::addRow("number") << QJsonValue(1.5) << "1.5"_ba;
        QTest::addRow("null") << QJsonValue(QJsonValue::Null) << "null"_ba;
    }

    void writesAsciiOnly()
    {
        QFETCH(const QJsonValue, value);
        QFETCH(const QByteArray, bytes);
        QCOMPARE(toAsciiJson(value), bytes);
    }

    void readsWhatItWrote()
    {
        QString text;
        for (char16_t unit = 1; unit < 0xD800; unit = char16_t(unit + 7))
            text += QChar(unit);
        const QJsonObject object{{u"text"_s, text + u"😀"_s}};
        QCOMPARE(*parseObject(toAsciiJson(object), {1'000'000, 32}), object);
    }
};

QTEST_GUILESS_MAIN(tst_BoundedJson)
#include "tst_boundedjson.moc"
