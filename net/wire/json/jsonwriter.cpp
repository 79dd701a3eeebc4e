// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/jsonwriter.h"

#include "models/core/timeformat.h"

#include <array>

namespace presently::net {

namespace {

//! The letter after the backslash; 0: the character has no short escape.
char shortEscape(char16_t unit)
{
    switch (unit) {
    case u'"':
        return '"';
    case u'\\':
        return '\\';
    case u'\b':
        return 'b';
    case u'\f':
        return 'f';
    case u'\n':
        return 'n';
    case u'\r':
        return 'r';
    case u'\t':
        return 't';
    default:
        return 0;
    }
}

void appendEscape(QByteArray &bytes, char16_t unit)
{
    constexpr std::array Digits{
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    bytes.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        bytes.append(Digits[size_t(unit >> shift) & 0xF]);
}

} // namespace

void JsonWriter::separate()
{
    if (!m_isFirst)
        m_bytes.append(',');
    m_isFirst = false;
}

void JsonWriter::begin(char bracket)
{
    separate();
    m_bytes.append(bracket);
    m_isFirst = true;
}

void JsonWriter::end(char bracket)
{
    m_bytes.append(bracket);
    m_isFirst = false;
}

void JsonWriter::key(QLatin1StringView name)
{
    separate();
    quoted(name);
    m_bytes.append(':');
}

void JsonWriter::quoted(QLatin1StringView value)
{
    m_bytes.append('"');
    m_bytes.append(value.data(), value.size());
    m_bytes.append('"');
}

void JsonWriter::escaped(QStringView value)
{
    m_bytes.append('"');
    for (const QChar c : value) {
        const char16_t unit = c.unicode();
        if (unit >= 0x20 && unit < 0x7F && unit != u'"' && unit != u'\\') {
            m_bytes.append(char(unit));
        } else if (const char letter = shortEscape(unit)) {
            m_bytes.append('\\');
            m_bytes.append(letter);
        } else {
            appendEscape(m_bytes, unit);
        }
    }
    m_bytes.append('"');
}

void JsonWriter::text(QStringView value)
{
    separate();
    escaped(value);
}

void JsonWriter::text(QLatin1StringView value)
{
    separate();
    quoted(value);
}

void JsonWriter::beginObject(QLatin1StringView name)
{
    key(name);
    m_bytes.append('{');
    m_isFirst = true;
}

void JsonWriter::beginArray(QLatin1StringView name)
{
    key(name);
    m_bytes.append('[');
    m_isFirst = true;
}

void JsonWriter::text(QLatin1StringView name, QStringView value)
{
    key(name);
    escaped(value);
}

void JsonWriter::text(QLatin1StringView name, QLatin1StringView value)
{
    key(name);
    quoted(value);
}

void JsonWriter::number(QLatin1StringView name, qint64 value)
{
    key(name);
    m_bytes.append(QByteArray::number(value));
}

void JsonWriter::boolean(QLatin1StringView name, bool value)
{
    key(name);
    m_bytes.append(value ? "true" : "false");
}

void JsonWriter::null(QLatin1StringView name)
{
    key(name);
    m_bytes.append("null");
}

void JsonWriter::time(QLatin1StringView name, WallTime value)
{
    key(name);
    m_bytes.append('"');
    appendRfc3339(m_bytes, value);
    m_bytes.append('"');
}

void JsonWriter::timeOrNull(QLatin1StringView name, const std::optional<WallTime> &value)
{
    if (value)
        time(name, *value);
    else
        null(name);
}

} // namespace presently::net
