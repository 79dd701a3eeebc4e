// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"
#include "models/core/presence.h"

#include <QList>

#include <optional>

namespace presently {

class SqlConnection;

//! \brief What of a person's presence outlives a restart. Who is there does not: that is derived.
struct PresenceMemoryRecord {
    PersonKey person{};
    Intent intent;
    std::optional<Intent> previousIntent; //!< returns when `intent.until` passes
    std::optional<WallTime> lastSeen; //!< none: never
    OfflineReason lastReason = OfflineReason::None;
    qint64 serial = 0;

    bool operator==(const PresenceMemoryRecord &) const = default;
};

//! \brief Intents, last seen and serials over restarts.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class PresenceMemory
{
public:
    explicit PresenceMemory(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    [[nodiscard]] Expected<QList<PresenceMemoryRecord>, Error> load() const;
    //! None: nothing is remembered of this person.
    [[nodiscard]] Expected<std::optional<PresenceMemoryRecord>, Error> find(PersonKey person) const;
    //! Replaces what was remembered, all in one transaction. People who are gone are skipped.
    [[nodiscard]] Expected<void, Error> store(const QList<PresenceMemoryRecord> &records);

private:
    SqlConnection &m_sql;
};

} // namespace presently
