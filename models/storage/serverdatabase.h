// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/conversationtable.h"
#include "models/storage/leasememory.h"
#include "models/storage/messagetable.h"
#include "models/storage/peopletable.h"
#include "models/storage/presencememory.h"
#include "models/storage/sessiontable.h"
#include "models/storage/sqlconnection.h"
#include "models/storage/statement.h"

#include <memory>

namespace presently {

//! \brief The server's SQLite database: one file, or memory only.
//!
//! Units:     times are UTC in milliseconds, handed in by the caller.
//! Errors:    each call returns its own; after any of them the database can still be used.
//! Ownership: owns the connection and its tables.
//! Threading: one thread, the one that opened it.
class ServerDatabase
{
    Q_DISABLE_COPY_MOVE(ServerDatabase)

public:
    //! Opens \a path, made when missing, or ":memory:", and brings its schema up to date. A schema
    //! newer than this program is refused with StorageFailed and left alone.
    [[nodiscard]] static Expected<std::unique_ptr<ServerDatabase>, Error> open(const QString &path);

    [[nodiscard]] PeopleTable &people() { return m_people; }
    [[nodiscard]] SessionTable &sessions() { return m_sessions; }
    [[nodiscard]] ConversationTable &conversations() { return m_conversations; }
    [[nodiscard]] MessageTable &messages() { return m_messages; }
    [[nodiscard]] PresenceMemory &presence() { return m_presence; }
    [[nodiscard]] LeaseMemory &leases() { return m_leases; }
    //! For several calls that belong together: `Transaction all(database.connection());`
    [[nodiscard]] SqlConnection &connection() { return m_connection; }

    //! Small values of the server itself, such as its presence epoch; none: not set.
    [[nodiscard]] Expected<std::optional<QString>, Error> setting(const QString &name);
    [[nodiscard]] Expected<void, Error> setSetting(const QString &name, const QString &value);
    //! Another number than before when another process has written to the file meanwhile.
    [[nodiscard]] Expected<qint64, Error> changesByOthers();

private:
    ServerDatabase();

    SqlConnection m_connection;
    PeopleTable m_people;
    SessionTable m_sessions;
    ConversationTable m_conversations;
    MessageTable m_messages;
    PresenceMemory m_presence;
    LeaseMemory m_leases;
};

} // namespace presently
