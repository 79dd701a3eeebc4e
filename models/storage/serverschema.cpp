// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/serverschema.h"

#include "models/storage/migration.h"

namespace presently {
namespace {

// Columns that end in _key are folded with Unicode's rules, which SQLite's LIKE does not know.
const Migration People{
    "CREATE TABLE people ("
    " person INTEGER PRIMARY KEY AUTOINCREMENT,"
    " login TEXT, login_key TEXT UNIQUE,"
    " name TEXT NOT NULL, name_key TEXT NOT NULL,"
    " company TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,"
    " password_hash TEXT,"
    " mtchat_id TEXT NOT NULL UNIQUE, object_id TEXT NOT NULL UNIQUE,"
    " user_status_id TEXT NOT NULL UNIQUE, polling_id INTEGER NOT NULL UNIQUE,"
    " last_seen_detail INTEGER NOT NULL, on_hide INTEGER NOT NULL,"
    " created_at INTEGER NOT NULL)",
    "CREATE TABLE contacts ("
    " person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " other INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " PRIMARY KEY (person, other)) WITHOUT ROWID",
    "CREATE INDEX contacts_other ON contacts (other)",
    "CREATE TABLE sessions ("
    " session TEXT PRIMARY KEY,"
    " person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " device_id TEXT NOT NULL, device_type INTEGER NOT NULL,"
    " device_name TEXT NOT NULL, device_os TEXT NOT NULL,"
    " refresh_hash BLOB NOT NULL UNIQUE,"
    " created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,"
    " revoked_at INTEGER) WITHOUT ROWID",
    "CREATE INDEX sessions_person ON sessions (person)",
    "CREATE TABLE retired_refresh_hashes ("
    " refresh_hash BLOB PRIMARY KEY,"
    " session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE) WITHOUT ROWID",
    "CREATE INDEX retired_refresh_hashes_session ON retired_refresh_hashes (session)",
    "CREATE TABLE presence_memory ("
    " person INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,"
    " intent INTEGER NOT NULL, intent_message TEXT NOT NULL, intent_until INTEGER,"
    " previous_intent INTEGER, previous_message TEXT, previous_until INTEGER,"
    " last_seen INTEGER, last_reason INTEGER NOT NULL, serial INTEGER NOT NULL)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE conversations ("
    " conversation INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL UNIQUE,"
    " object_type TEXT NOT NULL, object_id TEXT NOT NULL,"
    " title TEXT, title_key TEXT NOT NULL, object_url TEXT, created_by TEXT,"
    " created_at INTEGER NOT NULL, meta TEXT)",
    "CREATE INDEX conversations_object ON conversations (object_type, object_id)",
    "CREATE TABLE direct_conversations ("
    " lower INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " higher INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,"
    " PRIMARY KEY (lower, higher)) WITHOUT ROWID",
    "CREATE INDEX direct_conversations_of ON direct_conversations (conversation)",
    "CREATE TABLE access_scopes ("
    " id TEXT PRIMARY KEY,"
    " conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,"
    " position INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX access_scopes_conversation ON access_scopes (conversation)",
    // A level without values lets everybody through.
    "CREATE TABLE access_scope_values ("
    " scope TEXT NOT NULL REFERENCES access_scopes ON DELETE CASCADE,"
    " level INTEGER NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (scope, level, position)) WITHOUT ROWID",
    "CREATE TABLE participants ("
    " conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,"
    " person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " name TEXT NOT NULL, company TEXT, company_key TEXT NOT NULL, email TEXT, phone TEXT,"
    " joined_as INTEGER NOT NULL, joined_at INTEGER NOT NULL,"
    " notify INTEGER NOT NULL DEFAULT 1,"
    " archived INTEGER NOT NULL DEFAULT 0, pinned INTEGER NOT NULL DEFAULT 0,"
    " last_read TEXT, unread INTEGER NOT NULL DEFAULT 0,"
    " last_read_shown TEXT, unread_shown INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (conversation, person)) WITHOUT ROWID",
    "CREATE INDEX participants_person ON participants (person)",
    "CREATE TABLE messages ("
    " message INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL UNIQUE,"
    " conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,"
    " sender INTEGER REFERENCES people ON DELETE SET NULL,"
    " kind INTEGER NOT NULL, content TEXT NOT NULL, plain_text TEXT NOT NULL,"
    " sent_at INTEGER NOT NULL, edited_at INTEGER,"
    " reply_to TEXT, idempotency_key TEXT,"
    " UNIQUE (sender, idempotency_key))",
    "CREATE INDEX messages_conversation ON messages (conversation, id)",
    "CREATE INDEX messages_reply ON messages (reply_to) WHERE reply_to IS NOT NULL",
    "CREATE TABLE revisions ("
    " message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,"
    " content TEXT NOT NULL, replaced_at INTEGER NOT NULL)",
    "CREATE INDEX revisions_message ON revisions (message)",
    "CREATE TABLE attachments ("
    " id TEXT PRIMARY KEY,"
    " message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,"
    " position INTEGER NOT NULL, storage_key TEXT NOT NULL,"
    " file_name TEXT NOT NULL, content_type TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX attachments_message ON attachments (message, position)",
    "CREATE INDEX attachments_file ON attachments (storage_key)",
    "CREATE VIRTUAL TABLE message_words USING fts5("
    " plain_text, content='messages', content_rowid='message',"
    " tokenize='unicode61 remove_diacritics 2')",
    // The index follows the table by itself, also where a foreign key deletes.
    "CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN"
    " INSERT INTO message_words (rowid, plain_text) VALUES (new.message, new.plain_text); END",
    "CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN"
    " INSERT INTO message_words (message_words, rowid, plain_text)"
    " VALUES ('delete', old.message, old.plain_text); END",
    "CREATE TRIGGER messages_edited AFTER UPDATE OF plain_text ON messages BEGIN"
    " INSERT INTO message_words (message_words, rowid, plain_text)"
    " VALUES ('delete', old.message, old.plain_text);"
    " INSERT INTO message_words (rowid, plain_text) VALUES (new.message, new.plain_text); END",
};

const Migration DetachedLeases{
    "CREATE TABLE detached_leases ("
    " person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,"
    " dialect INTEGER NOT NULL, device_id TEXT NOT NULL, device_type INTEGER NOT NULL,"
    " marked_idle INTEGER NOT NULL, last_heartbeat INTEGER NOT NULL,"
    " PRIMARY KEY (person, dialect, device_id)) WITHOUT ROWID",
};

} // namespace

Expected<void, Error> migrateServerSchema(SqlConnection &connection)
{
    const std::vector<Migration> migrations{People, DetachedLeases};
    return migrate(connection, migrations);
}

} // namespace presently
