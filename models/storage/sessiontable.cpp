// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/sessiontable.h"

#include "models/storage/statement.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

SessionRecord readSession(const Statement &row)
{
    SessionRecord session;
    session.id = SessionId{row.text(0)};
    session.person = row.person(1);
    session.device.id = DeviceId{row.text(2)};
    session.device.type = static_cast<DeviceType>(row.integer(3));
    session.device.name = row.text(4);
    session.device.os = row.text(5);
    session.refreshHash = row.bytes(6);
    session.createdAt = row.time(7);
    session.lastSeenAt = row.time(8);
    session.expiresAt = row.time(9);
    session.revokedAt = row.optionalTime(10);
    return session;
}

Error unknownSession()
{
    return {ErrorCode::NotFound, u"session"_s, {}, {}};
}

// The session of a hash, and whether the hash is the one that counts now.
struct Bearer {
    SessionId session;
    bool isCurrent = false;
};

Expected<std::optional<Bearer>, Error> findBearer(SqlConnection &sql, const QByteArray &hash)
{
    Statement select(sql,
        "SELECT session, 1 FROM sessions WHERE refresh_hash = $1"
        " UNION ALL SELECT session, 0 FROM retired_refresh_hashes WHERE refresh_hash = $1");
    return select.bind(hash).first([](const Statement &row) {
        return Bearer{SessionId{row.text(0)}, row.boolean(1)};
    });
}

Expected<void, Error> replaceHash(SqlConnection &sql, const SessionRecord &session,
    const QByteArray &next, WallTime now, WallTime nextExpiry)
{
    Statement retire(
        sql, "INSERT INTO retired_refresh_hashes (refresh_hash, session) VALUES (?, ?)");
    if (auto done = retire.bind(session.refreshHash).bind(session.id).run(); !done)
        return done;
    Statement update(sql,
        "UPDATE sessions SET refresh_hash = ?, last_seen_at = ?, expires_at = ? WHERE session = ?");
    return update.bind(next).bind(now).bind(nextExpiry).bind(session.id).run();
}

} // namespace

Expected<void, Error> SessionTable::add(const SessionRecord &session)
{
    Statement insert(m_sql,
        "INSERT INTO sessions (session, person, device_id, device_type, device_name, device_os,"
        " refresh_hash, created_at, last_seen_at, expires_at, revoked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(session.id).bind(session.person).bind(session.device.id);
    insert.bind(static_cast<int>(session.device.type)).bind(session.device.name);
    insert.bind(session.device.os).bind(session.refreshHash).bind(session.createdAt);
    insert.bind(session.lastSeenAt).bind(session.expiresAt).bind(session.revokedAt);
    return insert.run();
}

Expected<SessionRecord, Error> SessionTable::find(const SessionId &session) const
{
    Statement select(m_sql,
        "SELECT session, person, device_id, device_type, device_name, device_os, refresh_hash,"
        " created_at, last_seen_at, expires_at, revoked_at FROM sessions WHERE session = ?");
    const auto found = select.bind(session).first(readSession);
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{unknownSession()};
    return **found;
}

Expected<QList<SessionRecord>, Error> SessionTable::ofPerson(PersonKey person, WallTime now) const
{
    Statement select(m_sql,
        "SELECT session, person, device_id, device_type, device_name, device_os, refresh_hash,"
        " created_at, last_seen_at, expires_at, revoked_at FROM sessions"
        " WHERE person = ? AND revoked_at IS NULL AND expires_at > ?"
        " ORDER BY last_seen_at DESC, session");
    return select.bind(person).bind(now).all(readSession);
}

Expected<RefreshResult, Error> SessionTable::rotate(
    const QByteArray &presented, const QByteArray &next, WallTime now, WallTime nextExpiry)
{
    using Outcome = RefreshResult::Outcome;
    Transaction transaction(m_sql);
    const auto bearer = findBearer(m_sql, presented);
    if (!bearer)
        return Unexpected{bearer.error()};
    if (!*bearer)
        return RefreshResult{};
    auto session = find((*bearer)->session);
    if (!session)
        return Unexpected{session.error()};

    RefreshResult result{Outcome::Expired, *session};
    if (!(*bearer)->isCurrent) {
        result.outcome = Outcome::Reused;
        if (auto done = revoke(session->id, now); !done)
            return Unexpected{done.error()};
    } else if (session->isLive(now)) {
        result.outcome = Outcome::Rotated;
        if (auto done = replaceHash(m_sql, *session, next, now, nextExpiry); !done)
            return Unexpected{done.error()};
    }
    auto after = find(session->id);
    if (!after)
        return Unexpected{after.error()};
    result.session = *after;
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return result;
}

Expected<void, Error> SessionTable::touch(const SessionId &session, WallTime now)
{
    Statement update(m_sql, "UPDATE sessions SET last_seen_at = ? WHERE session = ?");
    return update.bind(now).bind(session).run();
}

Expected<void, Error> SessionTable::revoke(const SessionId &session, WallTime now)
{
    Statement update(
        m_sql, "UPDATE sessions SET revoked_at = coalesce(revoked_at, ?) WHERE session = ?");
    if (auto done = update.bind(now).bind(session).run(); !done)
        return done;
    if (update.changedRows() == 0)
        return Unexpected{unknownSession()};
    return {};
}

Expected<QList<SessionId>, Error> SessionTable::revokeAll(PersonKey person, WallTime now)
{
    Statement update(m_sql,
        "UPDATE sessions SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL"
        " RETURNING session");
    return update.bind(now).bind(person).all(
        [](const Statement &row) { return SessionId{row.text(0)}; });
}

Expected<void, Error> SessionTable::prune(WallTime before)
{
    Statement statement(m_sql, "DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1");
    return statement.bind(before).run();
}

} // namespace presently
