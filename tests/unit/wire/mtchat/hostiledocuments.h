// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <utility>

//! \file
//! Reliability scenario R24: JSON that is meant to do harm.

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

//! Every way to spoil one field of a frame: wrong types, wrong values, and the field taken away.
inline QList<QJsonValue> wrongValues()
{
    return {QJsonValue(QJsonValue::Null), QJsonValue(true), QJsonValue(-1), QJsonValue(1.5),
        QJsonValue(9e300), QJsonValue(u""_s), QJsonValue(QString(300, u'x')),
        QJsonValue(QString(QChar(0))), QJsonValue(u"1969-12-31T23:59:59Z"_s),
        QJsonValue(QJsonArray{}), QJsonValue(QJsonArray{1, 2}),
        QJsonValue(QJsonArray{QJsonObject{}}), QJsonValue(QJsonObject{}),
        QJsonValue(QJsonObject{{u"message"_s, 1}}), QJsonValue(QJsonValue::Undefined)};
}

//! Documents that are hostile whoever reads them (reliability scenario R24).
inline QList<std::pair<const char *, QByteArray>> hostileDocuments()
{
    const auto nested = [](int depth) {
        return QByteArray("{\"type\":\"ping\",\"x\":") + QByteArray("[").repeated(depth)
            + QByteArray("]").repeated(depth) + "}";
    };
    QByteArray manyKeys = "{\"type\":\"ping\"";
    for (int i = 0; i < 200'000; ++i)
        manyKeys += ",\"k" + QByteArray::number(i) + "\":1";
    manyKeys += '}';
    return {
        {"nothing", ""},
        {"blanks", "   "},
        {"a number", "1"},
        {"a list", "[]"},
        {"a string", "\"ping\""},
        {"null", "null"},
        {"an empty object", "{}"},
        {"type is null", "{\"type\":null}"},
        {"type is a number", "{\"type\":1}"},
        {"type is a list", "{\"type\":[\"ping\"]}"},
        {"depth 33", nested(32)},
        {"depth 1025", nested(1024)},
        {"depth 100,000", nested(100'000)},
        {"200,000 keys", manyKeys},
        {"a huge number", "{\"type\":\"ping\",\"idle_ms\":1e400}"},
        {"a broken escape", "{\"type\":\"pi\\x\"}"},
        {"bad UTF-8", "{\"type\":\"\xc3\x28\"}"},
        {"overlong UTF-8", "{\"type\":\"\xc0\xaf\"}"},
        {"trailing bytes", "{\"type\":\"ping\"}x"},
        {"two documents", "{\"type\":\"ping\"}{\"type\":\"ping\"}"},
        {"single quotes", "{'type':'ping'}"},
        {"a comment", "{\"type\":\"ping\"/**/}"},
        {"NaN", "{\"type\":\"ping\",\"idle_ms\":NaN}"},
    };
}

} // namespace presently::test
