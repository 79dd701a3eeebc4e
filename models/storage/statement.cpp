// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/statement.h"

#include "models/storage/sqlerror.h"

#include <QSqlError>

using namespace Qt::Literals::StringLiterals;

namespace presently {

Statement::Statement(SqlConnection &connection, Sql sql)
    : m_connection(connection)
    , m_sql(sql.text())
    , m_query(connection.m_database)
{
    if (auto prepared = connection.m_prepared.extract(m_sql)) {
        m_query = std::move(prepared.mapped());
        return;
    }
    m_query.setForwardOnly(true);
    if (!m_query.prepare(QString::fromLatin1(m_sql)))
        m_prepareFailure = storageError(m_query.lastError());
}

Statement::~Statement()
{
    if (m_prepareFailure)
        return;
    // Lets go of the read lock; the compiled statement stays.
    m_query.finish();
    m_connection.m_prepared.insert_or_assign(m_sql, std::move(m_query));
}

Statement &Statement::bind(const QString &value)
{
    // QtSql binds a null string as NULL; for us only an empty optional is.
    return bindVariant(value.isNull() ? QVariant(u""_s) : QVariant(value));
}

Statement &Statement::bind(const QByteArray &value)
{
    return bindVariant(value.isNull() ? QVariant(QByteArray("")) : QVariant(value));
}

Statement &Statement::bindVariant(const QVariant &value)
{
    if (!m_prepareFailure)
        m_query.bindValue(m_bound++, value);
    return *this;
}

Expected<void, Error> Statement::run()
{
    if (m_prepareFailure)
        return Unexpected{*m_prepareFailure};
    if (!m_query.exec())
        return Unexpected{storageError(m_query.lastError())};
    return {};
}

std::optional<QString> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

std::optional<WallTime> Statement::optionalTime(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(time(column));
}

std::optional<Error> Statement::failure() const
{
    const QSqlError error = m_query.lastError();
    return error.isValid() ? std::optional(storageError(error)) : std::nullopt;
}

Transaction::Transaction(SqlConnection &connection)
    : m_connection(connection)
    , m_level(connection.m_depth)
{
    // IMMEDIATE: a transaction that starts by reading would otherwise fail when it wants to write.
    m_begun = m_level == 0
        ? connection.run("BEGIN IMMEDIATE")
        : connection.runInternal(u"SAVEPOINT level_"_s + QString::number(m_level));
    m_open = m_begun.has_value();
    if (m_open)
        ++connection.m_depth;
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    --m_connection.m_depth;
    // SQLite may have rolled back by itself (full disk); a second time is then an error that says
    // nothing new.
    if (m_level == 0) {
        std::ignore = m_connection.run("ROLLBACK");
        return;
    }
    const QString level = QString::number(m_level);
    std::ignore = m_connection.runInternal(u"ROLLBACK TO level_"_s + level);
    std::ignore = m_connection.runInternal(u"RELEASE level_"_s + level);
}

Expected<void, Error> Transaction::commit()
{
    if (!m_open)
        return m_begun;
    auto done = m_level == 0
        ? m_connection.run("COMMIT")
        : m_connection.runInternal(u"RELEASE level_"_s + QString::number(m_level));
    if (!done)
        return done;
    m_open = false;
    --m_connection.m_depth;
    return {};
}

} // namespace presently
