// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/jsonwriter.h"

#include "models/core/timeformat.h"
#include "net/wire/json/boundedjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace presently;
using namespace presently::net;
using namespace Qt::StringLiterals;

namespace {

QByteArray written(const QString &text)
{
    JsonWriter json;
    json.beginObject();
    json.text("text"_L1, QStringView(text));
    json.endObject();
    return json.bytes();
}

} // namespace

//! Whatever is written is what toAsciiJson() makes of the same values.
class tst_JsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCharacterComesOutAsThroughAnObject()
    {
        for (int unit = 0; unit <= 0xFFFF; ++unit) {
            if (QChar::isSurrogate(char32_t(unit)))
                continue;
            const QString text = u'a' + QString(QChar(char16_t(unit))) + u'z';
            QCOMPARE(written(text), toAsciiJson(QJsonObject{{u"text"_s, text}}));
        }
        const QString pair = u"\U0001F642 and \U00010000"_s;
        QCOMPARE(written(pair), toAsciiJson(QJsonObject{{u"text"_s, pair}}));
    }

    void everyKindOfValueComesOutAsThroughAnObject()
    {
        const WallTime time{Milliseconds{1770472800007}};
        JsonWriter json;
        json.beginObject();
        json.beginArray("array"_L1);
        json.beginObject();
        json.endObject();
        json.text(u"one"_s);
        json.text("two"_L1);
        json.beginArray();
        json.endArray();
        json.endArray();
        json.boolean("no"_L1, false);
        json.null("nothing"_L1);
        json.number("number"_L1, std::numeric_limits<qint64>::min());
        json.beginObject("object"_L1);
        json.number("largest"_L1, std::numeric_limits<qint64>::max());
        json.endObject();
        json.time("time"_L1, time);
        json.timeOrNull("unknown"_L1, std::nullopt);
        json.text("word"_L1, "busy"_L1);
        json.boolean("yes"_L1, true);
        json.endObject();

        const QJsonObject same{{u"yes"_s, true}, {u"no"_s, false}, {u"word"_s, u"busy"_s},
            {u"unknown"_s, QJsonValue::Null}, {u"time"_s, toRfc3339(time)},
            {u"nothing"_s, QJsonValue::Null}, {u"number"_s, std::numeric_limits<qint64>::min()},
            {u"object"_s, QJsonObject{{u"largest"_s, std::numeric_limits<qint64>::max()}}},
            {u"array"_s, QJsonArray{QJsonObject{}, u"one"_s, u"two"_s, QJsonArray{}}}};
        QCOMPARE(json.bytes(), toAsciiJson(same));
    }
};

QTEST_GUILESS_MAIN(tst_JsonWriter)
#include "tst_jsonwriter.moc"
