// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/headerlist.h"

#include <algorithm>

namespace presently::net {

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}

auto named(QByteArrayView name)
{
    return [name](const HeaderList::Field &field) { return equalsIgnoringCase(field.first, name); };
}

} // namespace

bool equalsIgnoringCase(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size()
        && std::equal(left.begin(), left.end(), right.begin(),
            [](char a, char b) { return lowered(a) == lowered(b); });
}

QByteArrayView trimmedOfBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text = text.chopped(1);
    return text;
}

void HeaderList::set(const QByteArray &name, const QByteArray &value)
{
    remove(name);
    add(name, value);
}

void HeaderList::remove(QByteArrayView name)
{
    m_fields.removeIf(named(name));
}

bool HeaderList::contains(QByteArrayView name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), named(name));
}

qsizetype HeaderList::count(QByteArrayView name) const
{
    return std::count_if(m_fields.begin(), m_fields.end(), named(name));
}

QByteArray HeaderList::value(QByteArrayView name) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(), named(name));
    return found == m_fields.end() ? QByteArray() : found->second;
}

QList<QByteArray> HeaderList::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const Field &field : m_fields) {
        if (equalsIgnoringCase(field.first, name))
            found.append(field.second);
    }
    return found;
}

bool HeaderList::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const Field &field : m_fields) {
        if (!equalsIgnoringCase(field.first, name))
            continue;
        QByteArrayView rest = field.second;
        while (!rest.isEmpty()) {
            const qsizetype comma = rest.indexOf(',');
            const QByteArrayView item = comma < 0 ? rest : rest.first(comma);
            if (equalsIgnoringCase(trimmedOfBlanks(item), token))
                return true;
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
        }
    }
    return false;
}

} // namespace presently::net
