// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/presencememory.h"

#include "models/storage/statement.h"

namespace presently {
namespace {

PresenceMemoryRecord readMemory(const Statement &row)
{
    PresenceMemoryRecord record;
    record.person = row.person(0);
    record.intent = {static_cast<IntentStatus>(row.integer(1)), row.text(2), row.optionalTime(3)};
    if (!row.isNull(4)) {
        record.previousIntent
            = Intent{static_cast<IntentStatus>(row.integer(4)), row.text(5), row.optionalTime(6)};
    }
    record.lastSeen = row.optionalTime(7);
    record.lastReason = static_cast<OfflineReason>(row.integer(8));
    record.serial = row.integer(9);
    return record;
}

Expected<void, Error> storeOne(SqlConnection &sql, const PresenceMemoryRecord &record)
{
    Statement upsert(sql,
        "INSERT OR REPLACE INTO presence_memory (person, intent, intent_message, intent_until,"
        " previous_intent, previous_message, previous_until, last_seen, last_reason, serial)"
        " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
        " WHERE EXISTS (SELECT 1 FROM people WHERE person = $1)");
    upsert.bind(record.person).bind(static_cast<int>(record.intent.status));
    upsert.bind(record.intent.customMessage).bind(record.intent.until);
    if (const auto &previous = record.previousIntent) {
        upsert.bind(static_cast<int>(previous->status)).bind(previous->customMessage);
        upsert.bind(previous->until);
    } else {
        upsert.bind(std::optional<int>()).bind(std::optional<QString>());
        upsert.bind(std::optional<WallTime>());
    }
    upsert.bind(record.lastSeen).bind(static_cast<int>(record.lastReason)).bind(record.serial);
    return upsert.run();
}

} // namespace

Expected<QList<PresenceMemoryRecord>, Error> PresenceMemory::load() const
{
    Statement select(m_sql,
        "SELECT person, intent, intent_message, intent_until, previous_intent, previous_message,"
        " previous_until, last_seen, last_reason, serial FROM presence_memory ORDER BY person");
    return select.all(readMemory);
}

Expected<std::optional<PresenceMemoryRecord>, Error> PresenceMemory::find(PersonKey person) const
{
    Statement select(m_sql,
        "SELECT person, intent, intent_message, intent_until, previous_intent, previous_message,"
        " previous_until, last_seen, last_reason, serial FROM presence_memory WHERE person = ?");
    return select.bind(person).first(readMemory);
}

Expected<void, Error> PresenceMemory::store(const QList<PresenceMemoryRecord> &records)
{
    Transaction transaction(m_sql);
    for (const PresenceMemoryRecord &record : records) {
        if (auto done = storeOne(m_sql, record); !done)
            return done;
    }
    return transaction.commit();
}

} // namespace presently
