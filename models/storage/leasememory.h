// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/presence/presencechange.h"

#include <QList>

#include <vector>

namespace presently {

class SqlConnection;

//! \brief Leases without a connection, over restarts: their last heartbeat may still be evidence.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class LeaseMemory
{
public:
    explicit LeaseMemory(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    [[nodiscard]] Expected<std::vector<StoredLease>, Error> load() const;
    //! \a leases are all there are of \a people; those of others stay. All in one transaction.
    //! People who are gone are skipped.
    [[nodiscard]] Expected<void, Error> store(
        const QList<PersonKey> &people, const std::vector<StoredLease> &leases);

private:
    SqlConnection &m_sql;
};

} // namespace presently
