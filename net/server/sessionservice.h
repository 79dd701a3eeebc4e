// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/storage/sessiontable.h"
#include "net/server/passwordhasher.h"
#include "net/server/ratelimiter.h"
#include "net/server/tokenservice.h"
#include "net/wire/mtchat/restpeople.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>

#include <functional>

namespace presently {
class ServerDatabase;
struct PersonRecord;
} // namespace presently

namespace presently::net {

class PeopleDirectory;

//! \brief Sign-in, and the sessions that come of it.
//!
//! Units:     lifetimes as in AuthOptions.
//! Errors:    InvalidCredentials (the same for an unknown login), RateLimited with the time to
//!            wait, Unauthenticated for a token that is not good any more.
//! Ownership: borrows database, people and clock.
//! Threading: one thread.
class SessionService : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionService)

public:
    using SignedIn = std::function<void(Expected<mtchat::SessionGrant, Error>)>;

    SessionService(const ServerOptions &options, ServerDatabase &database, PeopleDirectory &people,
        const Clock &clock, TokenService tokens, QObject *parent = nullptr);
    ~SessionService() override;

    //! Calls \a done once the password is checked, which takes a while.
    void signIn(const mtchat::SignInRequest &request, const QHostAddress &peer, SignedIn done);
    [[nodiscard]] Expected<mtchat::SessionGrant, Error> refresh(const QByteArray &refreshToken);
    //! Without a password, for those who start the server.
    [[nodiscard]] Expected<mtchat::SessionGrant, Error> grant(
        PersonKey person, const DeviceInfo &device, Milliseconds lifetime);
    void setInitialPassword(PersonKey person, const QString &password);

    //! \brief Who a token stands for.
    struct Identity {
        PersonKey person{};
        TokenClaims claims;
        std::optional<SessionRecord> session;
    };
    [[nodiscard]] Expected<Identity, Error> check(const QByteArray &token);

    [[nodiscard]] Expected<QList<SessionRecord>, Error> sessionsOf(PersonKey person) const;
    //! Errors: NotFound also for a session of somebody else.
    [[nodiscard]] Expected<void, Error> revoke(PersonKey person, const SessionId &session);
    [[nodiscard]] PasswordHasher &hasher() { return m_hasher; }

Q_SIGNALS:
    //! Whatever it still has open must be closed.
    void sessionEnded(const presently::SessionId &session);

private:
    void verify(const Expected<PersonRecord, Error> &person, const QByteArray &password,
        std::function<void(Expected<bool, Error>)> done);
    [[nodiscard]] mtchat::SessionGrant toGrant(const PersonRecord &person,
        const SessionRecord &session, const QByteArray &refreshToken, Milliseconds lifetime) const;
    void touch(const SessionRecord &session);

    const ServerOptions &m_options;
    ServerDatabase &m_database;
    PeopleDirectory &m_people;
    const Clock &m_clock;
    TokenService m_tokens;
    PasswordHasher m_hasher;
    RateLimiter m_byAddress;
    RateLimiter m_byLogin;
    QHash<PersonKey, QByteArray> m_initialPasswords; //!< of a seed, until their first use
};

//! What a person may know of themselves, and others of them.
[[nodiscard]] mtchat::PersonDetails toDetails(const PersonRecord &person, bool isContact);

} // namespace presently::net
