// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "models/storage/statement.h"

namespace presently {

//! \brief Single facts of a client's cache, by name.
class CacheFacts
{
public:
    explicit CacheFacts(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    template <typename T>
    [[nodiscard]] Expected<void, Error> set(const QString &name, const T &value)
    {
        Statement upsert(m_sql, "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)");
        return upsert.bind(name).bind(value).run();
    }
    [[nodiscard]] Expected<QString, Error> text(const QString &name) const;
    [[nodiscard]] Expected<std::optional<qint64>, Error> number(const QString &name) const;
    [[nodiscard]] Expected<void, Error> remove(const QString &name);

private:
    SqlConnection &m_sql;
};

} // namespace presently
