// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cacheschema.h"

#include "models/storage/migration.h"

namespace presently {

Expected<void, Error> migrateCacheSchema(SqlConnection &connection)
{
    const std::vector<Migration> migrations{
        {
            // What the server can tell again
            "CREATE TABLE facts (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
            "CREATE TABLE people ("
            " user TEXT PRIMARY KEY, name TEXT NOT NULL, handle TEXT NOT NULL,"
            " contact INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE presence ("
            " user TEXT PRIMARY KEY, status INTEGER NOT NULL, auto_away INTEGER NOT NULL,"
            " message TEXT NOT NULL, until INTEGER, last_seen INTEGER, device_count INTEGER NOT "
            "NULL,"
            " device_types INTEGER NOT NULL, reason INTEGER NOT NULL, epoch INTEGER NOT NULL,"
            " serial INTEGER NOT NULL, at INTEGER) WITHOUT ROWID",
            "CREATE TABLE conversations ("
            " id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at INTEGER NOT NULL,"
            " participant_count INTEGER NOT NULL, unread INTEGER NOT NULL, member INTEGER NOT NULL,"
            " can_join INTEGER NOT NULL, pinned INTEGER NOT NULL, muted INTEGER NOT NULL,"
            " archived INTEGER NOT NULL, last_message_at INTEGER,"
            " last_id TEXT, last_sender TEXT, last_sender_name TEXT, last_kind INTEGER,"
            " last_content TEXT, last_sent_at INTEGER,"
            " people_complete INTEGER NOT NULL DEFAULT 0,"
            " has_more_before INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID",
            "CREATE TABLE participants ("
            " conversation TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL,"
            " company TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,"
            " joined_as INTEGER NOT NULL, joined_at INTEGER NOT NULL, last_read TEXT,"
            " position INTEGER NOT NULL, PRIMARY KEY (conversation, user)) WITHOUT ROWID",
            "CREATE TABLE messages ("
            " conversation TEXT NOT NULL, id TEXT NOT NULL, sender TEXT NOT NULL,"
            " kind INTEGER NOT NULL, content TEXT NOT NULL, sent_at INTEGER NOT NULL,"
            " edited_at INTEGER, reply_to TEXT, attachments TEXT NOT NULL,"
            " PRIMARY KEY (conversation, id)) WITHOUT ROWID",
            // What only we have
            "CREATE TABLE outbox ("
            " position INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,"
            " conversation TEXT NOT NULL, content TEXT NOT NULL, reply_to TEXT,"
            " attachments TEXT NOT NULL, composed_at INTEGER NOT NULL,"
            " failure INTEGER, failure_field TEXT, failure_detail TEXT)",
            "CREATE TABLE small_values (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        },
        {
            // What was chosen and not said yet
            "CREATE TABLE own_intents ("
            " kind INTEGER PRIMARY KEY, status INTEGER NOT NULL, message TEXT NOT NULL, until "
            "INTEGER)",
            "CREATE TABLE waiting_reads ("
            " conversation TEXT PRIMARY KEY, last_read TEXT NOT NULL) WITHOUT ROWID",
        }};
    return migrate(connection, migrations);
}

} // namespace presently
