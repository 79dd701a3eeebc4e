// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/percentcoding.h"

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::optional<QString> percentDecoded(QByteArrayView text, PlusSign plus)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus == PlusSign::IsSpace) {
            c = ' ';
        } else if (c == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            c = char(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            return std::nullopt;
        bytes.append(c);
    }
    if (!bytes.isValidUtf8())
        return std::nullopt;
    return QString::fromUtf8(bytes);
}

std::optional<QStringList> decodedSegments(QByteArrayView path)
{
    if (path.isEmpty() || path.front() != '/')
        return std::nullopt;
    QStringList segments;
    QByteArrayView rest = path.sliced(1);
    for (;;) {
        const qsizetype slash = rest.indexOf('/');
        const auto segment
            = percentDecoded(slash < 0 ? rest : rest.first(slash), PlusSign::Literal);
        if (!segment || *segment == "."_L1 || *segment == ".."_L1)
            return std::nullopt;
        segments.append(*segment);
        if (slash < 0)
            return segments;
        rest = rest.sliced(slash + 1);
    }
}

std::optional<QueryItems> decodedQuery(QByteArrayView query, PlusSign plus)
{
    QueryItems items;
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView item = end < 0 ? query : query.first(end);
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
        if (item.isEmpty())
            continue;
        const qsizetype equals = item.indexOf('=');
        const auto name = percentDecoded(equals < 0 ? item : item.first(equals), plus);
        const auto value
            = percentDecoded(equals < 0 ? QByteArrayView() : item.sliced(equals + 1), plus);
        if (!name || !value)
            return std::nullopt;
        items.add(*name, *value);
    }
    return items;
}

} // namespace presently::net
