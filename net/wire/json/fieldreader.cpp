// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/fieldreader.h"

#include "models/core/timeformat.h"

#include <algorithm>
#include <cmath>

namespace presently::net {

namespace {

constexpr double LargestExactInteger = 9007199254740992.0; // 2^53
constexpr qint64 EndOfTime = 253402300800000; // the year 10000

} // namespace

bool isObjectId(QStringView text)
{
    constexpr qsizetype Digits = 24;
    return text.size() == Digits && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

FieldReader::FieldReader(const QJsonObject &object, const QString &path)
    : m_object(object)
    , m_path(path)
{
}

bool FieldReader::has(Key key) const
{
    const QJsonValue value = m_object.value(key);
    return !value.isUndefined() && !value.isNull();
}

QString FieldReader::pathOf(const QString &field) const
{
    if (m_path.isEmpty() || field.isEmpty())
        return m_path + field;
    return field.startsWith(u'[') ? m_path + field : m_path + u'.' + field;
}

void FieldReader::set(ErrorCode code, const QString &field, const QString &detail)
{
    if (!m_error)
        m_error = Error{code, pathOf(field), detail, {}};
}

void FieldReader::fail(const Error &error, const QString &place)
{
    const bool joins = error.field.isEmpty() || error.field.startsWith(u'[');
    set(error.code, joins ? place + error.field : place + u'.' + error.field, error.detail);
}

void FieldReader::refuse(Key key, const QString &detail, ErrorCode code)
{
    set(code, QString(key), detail);
}

void FieldReader::refuseSize(Key key)
{
    set(ErrorCode::TooLarge, QString(key), QStringLiteral("too many elements"));
}

QJsonValue FieldReader::required(Key key)
{
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined())
        set(ErrorCode::MissingField, QString(key), QStringLiteral("missing"));
    return value;
}

QString FieldReader::text(Key key)
{
    const QJsonValue value = required(key);
    if (!value.isString())
        refuse(key, QStringLiteral("not a string"));
    return value.toString();
}

QString FieldReader::textOr(Key key, const QString &fallback)
{
    return has(key) ? text(key) : fallback;
}

std::optional<QString> FieldReader::optionalText(Key key)
{
    if (!has(key))
        return std::nullopt;
    return text(key);
}

QString FieldReader::idText(Key key)
{
    const QString id = text(key);
    if (id.isEmpty() || id.toUtf8().size() > MaxIdBytes || id.contains(QChar(u'\0')))
        refuse(key, QStringLiteral("not an id of 1 to 255 bytes"));
    return id;
}

QString FieldReader::objectIdText(Key key)
{
    const QString id = text(key);
    if (!isObjectId(id))
        refuse(key, QStringLiteral("not 24 hexadecimal digits"));
    return id;
}

bool FieldReader::boolean(Key key)
{
    const QJsonValue value = required(key);
    if (!value.isBool())
        refuse(key, QStringLiteral("not true or false"));
    return value.toBool();
}

std::optional<bool> FieldReader::optionalBoolean(Key key)
{
    if (!has(key))
        return std::nullopt;
    return boolean(key);
}

qint64 FieldReader::integerIn(const QJsonValue &value, Key key, qint64 least)
{
    const double number = value.toDouble();
    const bool isWhole = value.isDouble() && std::abs(number) <= LargestExactInteger
        && std::floor(number) == number;
    if (!isWhole || number < double(least)) {
        refuse(key, QStringLiteral("not a whole number, or too small"));
        return least;
    }
    return qint64(number);
}

qint64 FieldReader::integer(Key key, qint64 least)
{
    return integerIn(required(key), key, least);
}

std::optional<qint64> FieldReader::optionalInteger(Key key, qint64 least)
{
    if (!has(key))
        return std::nullopt;
    return integer(key, least);
}

Milliseconds FieldReader::milliseconds(Key key)
{
    return Milliseconds{integer(key)};
}

std::optional<Milliseconds> FieldReader::optionalMilliseconds(Key key)
{
    if (!has(key))
        return std::nullopt;
    return milliseconds(key);
}

WallTime FieldReader::timeIn(const QJsonValue &value, Key key)
{
    const auto parsed = fromRfc3339(value.toString());
    if (!parsed)
        refuse(key, QStringLiteral("not an RFC 3339 time"));
    return parsed.value_or(WallTime{});
}

WallTime FieldReader::time(Key key)
{
    return timeIn(required(key), key);
}

std::optional<WallTime> FieldReader::optionalTime(Key key)
{
    if (!has(key))
        return std::nullopt;
    return time(key);
}

WallTime FieldReader::epochTime(Key key)
{
    const qint64 milliseconds = integer(key);
    if (milliseconds >= EndOfTime)
        refuse(key, QStringLiteral("not a time"));
    return WallTime{Milliseconds{milliseconds}};
}

std::optional<WallTime> FieldReader::optionalEpochTime(Key key)
{
    if (!has(key))
        return std::nullopt;
    return epochTime(key);
}

QJsonObject FieldReader::object(Key key)
{
    const QJsonValue value = required(key);
    if (!value.isObject())
        refuse(key, QStringLiteral("not an object"));
    return value.toObject();
}

QJsonArray FieldReader::array(Key key)
{
    const QJsonValue value = required(key);
    if (!value.isArray())
        refuse(key, QStringLiteral("not an array"));
    return value.toArray();
}

QStringList FieldReader::texts(Key key)
{
    QStringList texts;
    if (!has(key))
        return texts;
    const QJsonArray elements = array(key);
    for (const QJsonValue &element : elements) {
        if (!element.isString()) {
            refuse(key, QStringLiteral("not a list of strings"));
            return {};
        }
        texts.append(element.toString());
    }
    return texts;
}

} // namespace presently::net
