// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/httphead.h"

#include <algorithm>

namespace presently::net {

bool QueryItems::contains(QStringView name) const
{
    return std::any_of(
        m_items.begin(), m_items.end(), [name](const Item &item) { return item.first == name; });
}

QString QueryItems::value(QStringView name) const
{
    const auto found = std::find_if(
        m_items.begin(), m_items.end(), [name](const Item &item) { return item.first == name; });
    return found == m_items.end() ? QString() : found->second;
}

QStringList QueryItems::values(QStringView name) const
{
    QStringList found;
    for (const Item &item : m_items) {
        if (item.first == name)
            found.append(item.second);
    }
    return found;
}

QByteArray HttpHead::bearerToken() const
{
    constexpr QByteArrayView Scheme = "Bearer ";
    const QByteArray field = headers.value("Authorization");
    if (field.size() <= Scheme.size()
        || !equalsIgnoringCase(QByteArrayView(field).first(Scheme.size()), Scheme))
        return {};
    return trimmedOfBlanks(QByteArrayView(field).sliced(Scheme.size())).toByteArray();
}

QByteArray HttpHead::cookie(QByteArrayView name) const
{
    for (const QByteArray &field : headers.values("Cookie")) {
        for (const QByteArray &pair : field.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals < 0 || trimmedOfBlanks(QByteArrayView(pair).first(equals)) != name)
                continue;
            QByteArrayView value = trimmedOfBlanks(QByteArrayView(pair).sliced(equals + 1));
            if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
                value = value.sliced(1, value.size() - 2);
            return value.toByteArray();
        }
    }
    return {};
}

} // namespace presently::net
