// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/serverdatabase.h"

#include "models/storage/serverschema.h"

namespace presently {

ServerDatabase::ServerDatabase()
    : m_people(m_connection)
    , m_sessions(m_connection)
    , m_conversations(m_connection)
    , m_messages(m_connection)
    , m_presence(m_connection)
    , m_leases(m_connection)
{
}

Expected<std::unique_ptr<ServerDatabase>, Error> ServerDatabase::open(const QString &path)
{
    std::unique_ptr<ServerDatabase> database(new ServerDatabase);
    SqlConnection &connection = database->m_connection;
    if (auto done = connection.open(path); !done)
        return Unexpected{done.error()};
    // NORMAL: after a power cut the last transactions may be missing, the file is never damaged.
    for (const Sql pragma : {Sql("PRAGMA journal_mode = WAL"), Sql("PRAGMA synchronous = NORMAL"),
             Sql("PRAGMA foreign_keys = ON"), Sql("PRAGMA temp_store = MEMORY"),
             Sql("PRAGMA cell_size_check = ON")}) {
        if (auto done = connection.run(pragma); !done)
            return Unexpected{done.error()};
    }
    if (auto done = migrateServerSchema(connection); !done)
        return Unexpected{done.error()};
    // Who asks, for lists that are filtered by scope.
    if (auto done = connection.run("CREATE TEMP TABLE viewer_scope ("
                                   "level INTEGER NOT NULL, value TEXT NOT NULL,"
                                   " PRIMARY KEY (level, value)) WITHOUT ROWID");
        !done)
        return Unexpected{done.error()};
    return database;
}

Expected<std::optional<QString>, Error> ServerDatabase::setting(const QString &name)
{
    Statement select(m_connection, "SELECT value FROM settings WHERE name = ?");
    select.bind(name);
    return select.first([](const Statement &row) { return row.text(0); });
}

Expected<void, Error> ServerDatabase::setSetting(const QString &name, const QString &value)
{
    Statement upsert(m_connection,
        "INSERT INTO settings (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    return upsert.bind(name).bind(value).run();
}

Expected<qint64, Error> ServerDatabase::changesByOthers()
{
    Statement select(m_connection, "PRAGMA data_version");
    const auto version = select.first([](const Statement &row) { return row.integer(0); });
    if (!version)
        return Unexpected{version.error()};
    return version->value_or(0);
}

} // namespace presently
