// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/sqlconnection.h"

#include "models/storage/sqlerror.h"

#include <QSqlError>
#include <QUrl>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace presently {

SqlConnection::SqlConnection()
    : m_name(u"presently-%1"_s.arg(QUuid::createUuid().toString(QUuid::WithoutBraces)))
{
}

SqlConnection::~SqlConnection()
{
    close();
}

Expected<void, Error> SqlConnection::open(const QString &path, Access access)
{
    close();
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    if (access == Access::ReadOnly) {
        // Immutable: a write-ahead log would otherwise need a file beside it.
        m_database.setDatabaseName(
            QString::fromUtf8(QUrl::fromLocalFile(path).toEncoded()) + u"?immutable=1"_s);
        m_database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s);
    } else {
        m_database.setDatabaseName(path);
        // What is in memory may have a name, by which another connection can read it.
        const bool isInMemory = path == u":memory:" || path.startsWith(u"file:");
        m_database.setConnectOptions(isInMemory ? u"QSQLITE_BUSY_TIMEOUT=5000;QSQLITE_OPEN_URI"_s
                                                : u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    }
    if (!m_database.open()) {
        const Error error = storageError(m_database.lastError());
        close();
        return Unexpected{error};
    }
    // SQLite opens anything; only the first look at the header shows what it is.
    if (auto version = schemaVersion(); !version) {
        const Error error = version.error();
        close();
        return Unexpected{error};
    }
    return {};
}

void SqlConnection::close()
{
    m_prepared.clear();
    m_depth = 0;
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Expected<void, Error> SqlConnection::run(Sql sql)
{
    return runInternal(QString::fromLatin1(sql.text()));
}

Expected<int, Error> SqlConnection::schemaVersion()
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return Unexpected{storageError(query.lastError())};
    return query.value(0).toInt();
}

Expected<void, Error> SqlConnection::setSchemaVersion(int version)
{
    // A pragma takes no bound values; a number cannot carry anything else with it.
    return runInternal(u"PRAGMA user_version = "_s + QString::number(version));
}

Expected<void, Error> SqlConnection::setMaximumPages(int pages)
{
    return runInternal(u"PRAGMA max_page_count = "_s + QString::number(pages));
}

Expected<void, Error> SqlConnection::runInternal(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return Unexpected{storageError(query.lastError())};
    return {};
}

} // namespace presently
