// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cachefacts.h"

namespace presently {

Expected<QString, Error> CacheFacts::text(const QString &name) const
{
    Statement select(m_sql, "SELECT value FROM facts WHERE name = ?");
    const auto found = select.bind(name).first([](const Statement &row) { return row.text(0); });
    if (!found)
        return Unexpected{found.error()};
    return found->value_or(QString());
}

Expected<std::optional<qint64>, Error> CacheFacts::number(const QString &name) const
{
    Statement select(m_sql, "SELECT value FROM facts WHERE name = ?");
    return select.bind(name).first([](const Statement &row) { return row.integer(0); });
}

Expected<void, Error> CacheFacts::remove(const QString &name)
{
    Statement statement(m_sql, "DELETE FROM facts WHERE name = ?");
    return statement.bind(name).run();
}

} // namespace presently
