// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "models/core/message.h"

#include <QList>

namespace presently {

class SqlConnection;

//! \brief Own messages that the server has not acknowledged, in the order of enqueueing.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class OutboxTable
{
public:
    explicit OutboxTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    //! A key that is there already is replaced in place.
    [[nodiscard]] Expected<void, Error> put(const OutgoingMessage &message);
    [[nodiscard]] Expected<void, Error> remove(const IdempotencyKey &key);
    [[nodiscard]] Expected<void, Error> setFailure(
        const IdempotencyKey &key, const std::optional<Error> &failure);
    [[nodiscard]] Expected<QList<OutgoingMessage>, Error> all() const;
    //! Those that can still be read from a damaged file.
    [[nodiscard]] QList<OutgoingMessage> rescue() const;

private:
    SqlConnection &m_sql;
};

} // namespace presently
