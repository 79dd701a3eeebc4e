// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/leasememory.h"

#include "models/storage/statement.h"

namespace presently {
namespace {

StoredLease readLease(const Statement &row)
{
    StoredLease lease;
    lease.person = row.person(0);
    lease.dialect = static_cast<Dialect>(row.integer(1));
    lease.device = DeviceId{row.text(2)};
    lease.deviceType = static_cast<DeviceType>(row.integer(3));
    lease.markedIdle = row.boolean(4);
    lease.lastHeartbeat = row.time(5);
    return lease;
}

bool isKnown(const StoredLease &lease)
{
    return std::size_t(lease.dialect) < DialectCount;
}

Expected<void, Error> storeOne(SqlConnection &sql, const StoredLease &lease)
{
    Statement insert(sql,
        "INSERT OR REPLACE INTO detached_leases"
        " (person, dialect, device_id, device_type, marked_idle, last_heartbeat)"
        " SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT 1 FROM people WHERE person = $1)");
    insert.bind(lease.person).bind(static_cast<int>(lease.dialect)).bind(lease.device);
    insert.bind(static_cast<int>(lease.deviceType)).bind(static_cast<int>(lease.markedIdle));
    return insert.bind(lease.lastHeartbeat).run();
}

} // namespace

Expected<std::vector<StoredLease>, Error> LeaseMemory::load() const
{
    Statement select(m_sql,
        "SELECT person, dialect, device_id, device_type, marked_idle, last_heartbeat"
        " FROM detached_leases ORDER BY person, dialect, device_id");
    std::vector<StoredLease> leases;
    const auto read = select.each([&leases](const Statement &row) {
        StoredLease lease = readLease(row);
        if (isKnown(lease))
            leases.push_back(std::move(lease));
    });
    if (!read)
        return Unexpected{read.error()};
    return leases;
}

Expected<void, Error> LeaseMemory::store(
    const QList<PersonKey> &people, const std::vector<StoredLease> &leases)
{
    Transaction transaction(m_sql);
    for (const PersonKey person : people) {
        Statement remove(m_sql, "DELETE FROM detached_leases WHERE person = ?");
        if (auto done = remove.bind(person).run(); !done)
            return done;
    }
    for (const StoredLease &lease : leases) {
        if (auto done = storeOne(m_sql, lease); !done)
            return done;
    }
    return transaction.commit();
}

} // namespace presently
