// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <optional>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

Unexpected<Error> malformed(const QString &detail)
{
    return Unexpected{Error{ErrorCode::Malformed, {}, detail, {}}};
}

//! The code unit of `\uXXXX` at \a at; none if there is no such escape.
std::optional<char16_t> escapedUnit(QByteArrayView bytes, qsizetype at)
{
    if (at + 6 > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u')
        return std::nullopt;
    bool ok = false;
    const uint unit = bytes.sliced(at + 2, 4).toUInt(&ok, 16);
    return ok ? std::optional(char16_t(unit)) : std::nullopt;
}

//! \brief One pass over the bytes before Qt's parser builds anything from them.
class Scan
{
public:
    Scan(QByteArrayView bytes, int maxDepth)
        : m_bytes(bytes)
        , m_maxDepth(maxDepth)
    {
    }

    Expected<void, Error> run()
    {
        while (m_at < m_bytes.size()) {
            const char c = m_bytes[m_at];
            if (c == '"') {
                if (!skipString())
                    return malformed(u"bad character or escape in a string"_s);
                continue;
            }
            if ((c == '{' || c == '[') && ++m_depth > m_maxDepth)
                return Unexpected{Error{ErrorCode::TooLarge, u"depth"_s, {}, {}}};
            // Qt's parser takes ".5" and "1." for numbers.
            if (c == '.' && !(isDigitAt(m_at - 1) && isDigitAt(m_at + 1)))
                return malformed(u"bad number"_s);
            // A closing bracket without its opening one is left for the parser to refuse.
            if (c == '}' || c == ']')
                --m_depth;
            ++m_at;
        }
        return {};
    }

    //! Where escapes of half a character stand.
    [[nodiscard]] const QList<qsizetype> &loneSurrogates() const { return m_loneSurrogates; }

private:
    bool skipString()
    {
        ++m_at;
        while (m_at < m_bytes.size() && m_bytes[m_at] != '"') {
            if (quint8(m_bytes[m_at]) < 0x20)
                return false;
            const qsizetype length = m_bytes[m_at] == '\\' ? escapeLength() : 1;
            if (length == 0)
                return false;
            m_at += length;
        }
        ++m_at;
        return true;
    }

    [[nodiscard]] bool isDigitAt(qsizetype at) const
    {
        return at >= 0 && at < m_bytes.size() && m_bytes[at] >= '0' && m_bytes[at] <= '9';
    }

    //! Zero for an escape that JSON does not know; Qt's parser would take any.
    qsizetype escapeLength()
    {
        const auto unit = escapedUnit(m_bytes, m_at);
        if (!unit) {
            const bool isKnown = m_at + 1 < m_bytes.size()
                && QByteArrayView("\"\\/bfnrt").contains(m_bytes[m_at + 1]);
            return isKnown ? 2 : 0;
        }
        if (!QChar::isSurrogate(*unit))
            return 6;
        const auto next = escapedUnit(m_bytes, m_at + 6);
        if (QChar::isHighSurrogate(*unit) && next && QChar::isLowSurrogate(*next))
            return 12;
        m_loneSurrogates.append(m_at);
        return 6;
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_maxDepth;
    QList<qsizetype> m_loneSurrogates;
};

QByteArray withoutLoneSurrogates(QByteArrayView bytes, const QList<qsizetype> &places)
{
    QByteArray repaired = bytes.toByteArray();
    for (const qsizetype place : places)
        repaired.replace(place, 6, QByteArrayLiteral("\\ufffd"));
    return repaired;
}

QByteArray escapedToAscii(const QByteArray &utf8)
{
    // Only strings of a JSON text can hold anything beyond ASCII, so the text is escaped as a
    // whole.
    const auto isAscii = [](char c) { return quint8(c) < 0x7F; };
    if (std::all_of(utf8.begin(), utf8.end(), isAscii))
        return utf8;
    QByteArray ascii;
    ascii.reserve(utf8.size() * 2);
    constexpr std::array Digits{
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    for (const QChar c : QString::fromUtf8(utf8)) {
        const char16_t unit = c.unicode();
        if (unit < 0x7F) {
            ascii.append(char(unit));
            continue;
        }
        ascii.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            ascii.append(Digits[size_t(unit >> shift) & 0xF]);
    }
    return ascii;
}

} // namespace

Expected<QJsonDocument, Error> parseDocument(QByteArrayView bytes, const JsonLimits &limits)
{
    if (bytes.size() > limits.maxBytes)
        return Unexpected{Error{ErrorCode::TooLarge, u"size"_s, {}, {}}};
    if (!bytes.isValidUtf8())
        return malformed(u"not UTF-8"_s);
    Scan scan(bytes, limits.maxDepth);
    if (const auto scanned = scan.run(); !scanned)
        return Unexpected{scanned.error()};

    QJsonParseError failure{};
    const QByteArray text = scan.loneSurrogates().isEmpty()
        ? QByteArray::fromRawData(bytes.data(), bytes.size())
        : withoutLoneSurrogates(bytes, scan.loneSurrogates());
    QJsonDocument document = QJsonDocument::fromJson(text, &failure);
    if (failure.error != QJsonParseError::NoError)
        return malformed(failure.errorString());
    return document;
}

Expected<QJsonObject, Error> parseObject(QByteArrayView bytes, const JsonLimits &limits)
{
    const auto document = parseDocument(bytes, limits);
    if (!document)
        return Unexpected{document.error()};
    if (!document->isObject())
        return malformed(u"not an object"_s);
    return document->object();
}

QByteArray toAsciiJson(const QJsonObject &object)
{
    return escapedToAscii(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QByteArray toAsciiJson(const QJsonValue &value)
{
    if (value.isObject())
        return toAsciiJson(value.toObject());
    if (value.isArray())
        return escapedToAscii(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    // QJsonDocument writes objects and arrays only: written as an array of one, less its brackets.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return escapedToAscii(wrapped.sliced(1, wrapped.size() - 2));
}

} // namespace presently::net
