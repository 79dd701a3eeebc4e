// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"
#include "models/core/presence.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace presently {

class SqlConnection;

//! \brief One installation, as it named itself at sign-in.
struct DeviceInfo {
    DeviceId id;
    DeviceType type = DeviceType::Unknown;
    QString name;
    QString os;

    bool operator==(const DeviceInfo &) const = default;
};

//! \brief One sign-in of one device. Only hashes of its refresh tokens are kept.
struct SessionRecord {
    SessionId id;
    PersonKey person{};
    DeviceInfo device;
    QByteArray refreshHash;
    WallTime createdAt;
    WallTime lastSeenAt;
    WallTime expiresAt; //!< of the refresh token
    std::optional<WallTime> revokedAt;

    [[nodiscard]] bool isLive(WallTime now) const { return !revokedAt && now < expiresAt; }
    bool operator==(const SessionRecord &) const = default;
};

//! \brief What came of a refresh token that was shown to us.
struct RefreshResult {
    enum class Outcome {
        Rotated, //!< the new hash counts from now on
        Reused, //!< an old token came back: the session has been revoked
        Expired, //!< or already revoked
        Unknown,
    };
    Outcome outcome = Outcome::Unknown;
    SessionRecord session; //!< empty when unknown
};

//! \brief Who is signed in where.
//!
//! Errors:    NotFound for an unknown session; else as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class SessionTable
{
public:
    explicit SessionTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    [[nodiscard]] Expected<void, Error> add(const SessionRecord &session);
    //! Revoked and expired sessions are found too; ask isLive().
    [[nodiscard]] Expected<SessionRecord, Error> find(const SessionId &session) const;
    //! The live ones, last seen first.
    [[nodiscard]] Expected<QList<SessionRecord>, Error> ofPerson(
        PersonKey person, WallTime now) const;

    //! Trades the refresh token with hash \a presented for the one with hash \a next. Every token
    //! that a session has ever traded in is known again; one that comes back revokes the session.
    [[nodiscard]] Expected<RefreshResult, Error> rotate(
        const QByteArray &presented, const QByteArray &next, WallTime now, WallTime nextExpiry);
    [[nodiscard]] Expected<void, Error> touch(const SessionId &session, WallTime now);
    //! Revoking twice keeps the first time.
    [[nodiscard]] Expected<void, Error> revoke(const SessionId &session, WallTime now);
    //! The sessions that this has ended.
    [[nodiscard]] Expected<QList<SessionId>, Error> revokeAll(PersonKey person, WallTime now);
    //! Forgets what ended before \a before.
    [[nodiscard]] Expected<void, Error> prune(WallTime before);

private:
    SqlConnection &m_sql;
};

} // namespace presently
