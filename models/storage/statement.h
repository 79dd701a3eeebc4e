// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "models/storage/sqlconnection.h"

#include <QList>
#include <QVariant>

#include <concepts>
#include <optional>

namespace presently {

//! \brief One use of a prepared statement: bind in order, run, read rows.
//!
//! The statement goes back to its connection when this object dies, so that the next use need not
//! prepare it again.
class Statement
{
    Q_DISABLE_COPY_MOVE(Statement)

public:
    Statement(SqlConnection &connection, Sql sql);
    ~Statement();

    template <std::integral T>
    Statement &bind(T value)
    {
        return bindVariant(QVariant(static_cast<qlonglong>(value)));
    }
    Statement &bind(const QString &value);
    Statement &bind(const QByteArray &value);
    Statement &bind(WallTime value) { return bind(value.time_since_epoch().count()); }
    Statement &bind(PersonKey value) { return bind(static_cast<qint64>(value)); }
    template <typename Tag>
    Statement &bind(const Id<Tag> &value)
    {
        return bind(value.value);
    }
    template <typename T>
    Statement &bind(const std::optional<T> &value)
    {
        return value ? bind(*value) : bindVariant(QVariant());
    }

    //! Runs a statement that has no rows.
    [[nodiscard]] Expected<void, Error> run();
    //! Runs a statement and makes a value of each row by `read(statement)`.
    template <typename Read>
    [[nodiscard]] auto all(Read &&read)
        -> Expected<QList<std::invoke_result_t<Read, const Statement &>>, Error>
    {
        QList<std::invoke_result_t<Read, const Statement &>> rows;
        if (auto done = each([&](const Statement &row) { rows.append(read(row)); }); !done)
            return Unexpected{done.error()};
        return rows;
    }
    //! Hands each row to `visit(statement)`; also those before a failure.
    template <typename Visit>
    [[nodiscard]] Expected<void, Error> each(Visit &&visit)
    {
        if (auto done = run(); !done)
            return done;
        while (m_query.next())
            visit(*this);
        if (auto failed = failure())
            return Unexpected{*failed};
        return {};
    }
    //! The first row, or none.
    template <typename Read>
    [[nodiscard]] auto first(Read &&read)
        -> Expected<std::optional<std::invoke_result_t<Read, const Statement &>>, Error>
    {
        std::optional<std::invoke_result_t<Read, const Statement &>> row;
        if (auto done = run(); !done)
            return Unexpected{done.error()};
        if (m_query.next())
            row = read(*this);
        else if (auto failed = failure())
            return Unexpected{*failed};
        return row;
    }

    [[nodiscard]] int changedRows() const { return m_query.numRowsAffected(); }
    [[nodiscard]] qint64 insertedKey() const { return m_query.lastInsertId().toLongLong(); }

    // Columns of the row at hand, from 0. A missing value reads as 0, empty or none.
    [[nodiscard]] bool isNull(int column) const { return m_query.isNull(column); }
    [[nodiscard]] qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] QString text(int column) const { return m_query.value(column).toString(); }
    [[nodiscard]] QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    [[nodiscard]] WallTime time(int column) const
    {
        return WallTime{Milliseconds{integer(column)}};
    }
    [[nodiscard]] PersonKey person(int column) const { return PersonKey{integer(column)}; }
    [[nodiscard]] std::optional<QString> optionalText(int column) const;
    [[nodiscard]] std::optional<WallTime> optionalTime(int column) const;
    template <typename IdType>
    [[nodiscard]] std::optional<IdType> optionalId(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(IdType{text(column)});
    }

private:
    Statement &bindVariant(const QVariant &value);
    [[nodiscard]] std::optional<Error> failure() const;

    SqlConnection &m_connection;
    const char *m_sql;
    QSqlQuery m_query;
    std::optional<Error> m_prepareFailure;
    int m_bound = 0;
};

//! \brief All or nothing: rolls back when it dies without commit(). May be nested.
class Transaction
{
    Q_DISABLE_COPY_MOVE(Transaction)

public:
    explicit Transaction(SqlConnection &connection);
    ~Transaction();

    //! Whether it could begin; commit() says it too.
    [[nodiscard]] Expected<void, Error> begun() const { return m_begun; }
    [[nodiscard]] Expected<void, Error> commit();

private:
    SqlConnection &m_connection;
    int m_level = 0;
    bool m_open = false;
    Expected<void, Error> m_begun;
};

} // namespace presently
