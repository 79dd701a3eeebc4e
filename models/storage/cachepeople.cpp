// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cachepeople.h"

#include "models/storage/cacherows.h"
#include "models/storage/statement.h"

namespace presently {
namespace {

constexpr int EveryDeviceType = 0x1f;

PresenceRecord readPresence(const Statement &row)
{
    PresenceRecord record;
    record.user = UserId{row.text(0)};
    record.presence.status = storedEnum(row.integer(1), Status::Busy, Status::Unknown);
    record.presence.autoAway = row.boolean(2);
    record.presence.customMessage = row.text(3);
    record.presence.until = row.optionalTime(4);
    record.presence.lastSeen = row.optionalTime(5);
    record.presence.deviceCount = static_cast<int>(row.integer(6));
    record.presence.deviceTypes
        = DeviceTypes::fromInt(static_cast<int>(row.integer(7)) & EveryDeviceType);
    record.presence.reason
        = storedEnum(row.integer(8), OfflineReason::Shutdown, OfflineReason::None);
    record.version = {row.integer(9), row.integer(10)};
    record.at = row.optionalTime(11);
    return record;
}

} // namespace

Expected<void, Error> CachePeople::replaceAll(const QList<Person> &people)
{
    if (auto done = Statement(m_sql, "DELETE FROM people").run(); !done)
        return done;
    for (const Person &person : people) {
        Statement insert(m_sql,
            "INSERT OR REPLACE INTO people (user, name, handle, contact) VALUES (?, ?, ?, ?)");
        insert.bind(person.user).bind(person.displayName).bind(person.handle);
        if (auto done = insert.bind(person.isContact).run(); !done)
            return done;
    }
    return {};
}

Expected<QList<Person>, Error> CachePeople::all() const
{
    Statement select(m_sql, "SELECT user, name, handle, contact FROM people ORDER BY name, user");
    return select.all([](const Statement &row) {
        return Person{UserId{row.text(0)}, row.text(1), row.text(2), row.boolean(3)};
    });
}

Expected<void, Error> CachePeople::remember(const PresenceRecord &record)
{
    const Presence &presence = record.presence;
    Statement upsert(m_sql,
        "INSERT INTO presence (user, status, auto_away, message, until, last_seen, device_count,"
        " device_types, reason, epoch, serial, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (user) DO UPDATE SET status = excluded.status,"
        " auto_away = excluded.auto_away, message = excluded.message, until = excluded.until,"
        " last_seen = excluded.last_seen, device_count = excluded.device_count,"
        " device_types = excluded.device_types, reason = excluded.reason,"
        " epoch = excluded.epoch, serial = excluded.serial, at = excluded.at"
        " WHERE excluded.epoch <> presence.epoch OR excluded.serial >= presence.serial");
    upsert.bind(record.user).bind(static_cast<int>(presence.status)).bind(presence.autoAway);
    upsert.bind(presence.customMessage).bind(presence.until).bind(presence.lastSeen);
    upsert.bind(presence.deviceCount).bind(presence.deviceTypes.toInt());
    upsert.bind(static_cast<int>(presence.reason)).bind(record.version.epoch);
    return upsert.bind(record.version.serial).bind(record.at).run();
}

Expected<void, Error> CachePeople::remember(const PresenceSnapshot &snapshot)
{
    if (snapshot.complete) {
        // The parts before it have been written already, under the same epoch.
        Statement clear(m_sql, "DELETE FROM presence WHERE epoch <> ?");
        if (auto done = clear.bind(snapshot.epoch).run(); !done)
            return done;
    }
    for (const PresenceRecord &record : snapshot.users) {
        if (auto done = remember(record); !done)
            return done;
    }
    return {};
}

Expected<QList<PresenceRecord>, Error> CachePeople::presence() const
{
    Statement select(m_sql,
        "SELECT user, status, auto_away, message, until, last_seen, device_count, device_types,"
        " reason, epoch, serial, at FROM presence ORDER BY user");
    return select.all(readPresence);
}

} // namespace presently
