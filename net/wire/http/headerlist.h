// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <initializer_list>
#include <utility>

namespace presently::net {

//! \brief Header fields in their order; names compare without regard to case.
class HeaderList
{
public:
    using Field = std::pair<QByteArray, QByteArray>;

    HeaderList() = default;
    HeaderList(std::initializer_list<Field> fields)
        : m_fields(fields)
    {
    }

    void add(const QByteArray &name, const QByteArray &value) { m_fields.append({name, value}); }
    //! Replaces every field of that name by this one.
    void set(const QByteArray &name, const QByteArray &value);
    void remove(QByteArrayView name);

    [[nodiscard]] bool contains(QByteArrayView name) const;
    [[nodiscard]] qsizetype count(QByteArrayView name) const;
    //! The first field of that name; null when there is none.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    [[nodiscard]] QList<QByteArray> values(QByteArrayView name) const;
    //! Whether a comma-separated field (`Connection: keep-alive, Upgrade`) names \a token.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;
    [[nodiscard]] const QList<Field> &fields() const { return m_fields; }

private:
    QList<Field> m_fields;
};

//! Whether the two are the same but for the case of ASCII letters.
[[nodiscard]] bool equalsIgnoringCase(QByteArrayView left, QByteArrayView right);
//! Without spaces and tabs at both ends.
[[nodiscard]] QByteArrayView trimmedOfBlanks(QByteArrayView text);

} // namespace presently::net
