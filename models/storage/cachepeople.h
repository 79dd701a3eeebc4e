// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/expected.h"

#include <QList>

namespace presently {

class SqlConnection;

//! \brief People and what was last known of their presence, in a client's cache.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class CachePeople
{
public:
    explicit CachePeople(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    //! The whole list: who is not in it is forgotten.
    [[nodiscard]] Expected<void, Error> replaceAll(const QList<Person> &people);
    [[nodiscard]] Expected<QList<Person>, Error> all() const;

    //! Per person and epoch the greater serial stays.
    [[nodiscard]] Expected<void, Error> remember(const PresenceRecord &record);
    //! The last part of a snapshot forgets everything of another epoch.
    [[nodiscard]] Expected<void, Error> remember(const PresenceSnapshot &snapshot);
    [[nodiscard]] Expected<QList<PresenceRecord>, Error> presence() const;

private:
    SqlConnection &m_sql;
};

} // namespace presently
