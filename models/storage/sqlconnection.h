// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <unordered_map>

namespace presently {

//! \brief The text of one SQL statement, known when the program is compiled.
//!
//! The constructor is consteval: text put together at run time does not compile, so that no value
//! can ever become part of a statement. Values are bound.
//!
//! Placeholders are `?`, or `$1`, `$2`... where one is used twice. SQLite numbers the latter in the
//! order of their first appearance, so that any other order does not compile either.
class Sql
{
public:
    // Implicit on purpose: a literal stands where a statement is wanted.
    consteval Sql(const char *text)
        : m_text(text)
    {
        int seen = 0;
        for (const char *at = text; *at != '\0'; ++at) {
            if (*at == '?')
                ++seen;
            if (*at != '$')
                continue;
            int number = 0;
            while (at[1] >= '0' && at[1] <= '9')
                number = number * 10 + (*++at - '0');
            if (number > seen + 1)
                placeholdersOutOfOrder();
            seen = number > seen ? number : seen;
        }
    }
    [[nodiscard]] const char *text() const { return m_text; }

private:
    static void
    placeholdersOutOfOrder(); //!< not constexpr: reaching it is an error of the compiler

    const char *m_text;
};

//! \brief One open SQLite database with the statements it has prepared.
//!
//! Errors:    StorageFull, StorageCorrupt or StorageFailed; `detail` has SQLite's own words.
//! Ownership: owns the QSqlDatabase and its name; each object has a name of its own.
//! Threading: used only on the thread that opened it, as QtSql demands.
class SqlConnection
{
    Q_DISABLE_COPY_MOVE(SqlConnection)

public:
    enum class Access { ReadWrite, ReadOnly };

    SqlConnection();
    ~SqlConnection();

    //! Opens \a path (":memory:" for none on disk) and checks that it is a database at all.
    [[nodiscard]] Expected<void, Error> open(
        const QString &path, Access access = Access::ReadWrite);
    void close();
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }

    //! Runs one statement without values or rows.
    [[nodiscard]] Expected<void, Error> run(Sql sql);
    //! The schema's number, from the file itself.
    [[nodiscard]] Expected<int, Error> schemaVersion();
    [[nodiscard]] Expected<void, Error> setSchemaVersion(int version);
    //! At most \a pages pages of 4 KiB; for a quota.
    [[nodiscard]] Expected<void, Error> setMaximumPages(int pages);

private:
    friend class Statement;
    friend class Transaction;

    [[nodiscard]] Expected<void, Error> runInternal(const QString &sql);

    QString m_name;
    QSqlDatabase m_database;
    std::unordered_map<const char *, QSqlQuery> m_prepared; //!< keyed by the literal's address
    int m_depth = 0; //!< of nested transactions
};

} // namespace presently
