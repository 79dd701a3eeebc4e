// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/sessionservice.h"

#include "models/core/uuid.h"
#include "models/storage/serverdatabase.h"
#include "models/text/cleantext.h"
#include "net/server/logging.h"
#include "net/server/peopledirectory.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds touchEvery = 60s; //!< "last seen" of a session is not finer
constexpr qsizetype maxPasswordBytes = 1024;
constexpr qsizetype maxLoginLength = 255;

Error invalidCredentials()
{
    return {ErrorCode::InvalidCredentials, {}, u"wrong login or password"_s, {}};
}

Error unauthenticated(const QString &detail)
{
    return {ErrorCode::Unauthenticated, u"token"_s, detail, {}};
}

} // namespace

mtchat::PersonDetails toDetails(const PersonRecord &person, bool isContact)
{
    mtchat::PersonDetails details;
    details.person
        = {person.ids.mtchat, person.displayName, person.login.value_or(QString()), isContact};
    details.ids = {{u"mtchat"_s, person.ids.mtchat.value}, {u"friends"_s, person.ids.objectId},
        {u"userstatus"_s, person.ids.userStatus},
        {u"polling"_s, QString::number(person.ids.polling)}, {u"devices"_s, person.ids.objectId}};
    return details;
}

SessionService::SessionService(const ServerOptions &options, ServerDatabase &database,
    PeopleDirectory &people, const Clock &clock, TokenService tokens, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_database(database)
    , m_people(people)
    , m_clock(clock)
    , m_tokens(std::move(tokens))
    , m_hasher(options.auth)
    , m_byAddress(clock, options.limits.login)
    , m_byLogin(clock, options.limits.login)
{
}

SessionService::~SessionService() = default;

void SessionService::signIn(
    const mtchat::SignInRequest &request, const QHostAddress &peer, SignedIn done)
{
    const QByteArray password = request.password.toUtf8();
    if (password.size() > maxPasswordBytes || request.login.size() > maxLoginLength)
        return done(Unexpected{invalidCredentials()});
    // On loopback the address says nothing about who it is.
    Milliseconds wait = m_byLogin.take(request.login.toCaseFolded());
    if (!peer.isLoopback())
        wait = std::max(wait, m_byAddress.take(peer.toString()));
    if (wait > Milliseconds::zero())
        return done(Unexpected{Error{ErrorCode::RateLimited, {}, u"too many sign-ins"_s, wait}});

    const auto person = m_database.people().findByLogin(request.login);
    DeviceInfo device{request.device.id, request.device.type, cleanName(request.device.name, 100),
        cleanName(request.device.os, 100)};
    verify(person, password,
        [this, person, device = std::move(device), done = std::move(done)](
            const Expected<bool, Error> &matched) {
            if (!matched)
                return done(Unexpected{matched.error()});
            if (!*matched || !person)
                return done(Unexpected{invalidCredentials()});
            done(grant(person->key, device, m_options.auth.accessLifetime));
        });
}

// Each way through here makes exactly one hash, so that the time tells nothing.
void SessionService::verify(const Expected<PersonRecord, Error> &person, const QByteArray &password,
    std::function<void(Expected<bool, Error>)> done)
{
    QByteArray stored;
    if (person) {
        const auto hash = m_database.people().passwordHash(person->key);
        if (hash && *hash)
            stored = (*hash)->toLatin1();
    }
    if (!person || !stored.isEmpty() || !m_initialPasswords.contains(person->key))
        return m_hasher.verify(stored, password, this, std::move(done));

    const PersonKey key = person->key;
    const bool matches = equalSecrets(m_initialPasswords.value(key), password);
    m_hasher.hash(password, this,
        [this, key, matches, done = std::move(done)](const Expected<QByteArray, Error> &hash) {
            if (!hash)
                return done(Unexpected{hash.error()});
            if (matches && m_initialPasswords.contains(key)) {
                const auto kept
                    = m_database.people().setPasswordHash(key, QString::fromLatin1(*hash));
                if (kept)
                    m_initialPasswords.remove(key);
            }
            done(matches);
        });
}

Expected<mtchat::SessionGrant, Error> SessionService::grant(
    PersonKey person, const DeviceInfo &device, Milliseconds lifetime)
{
    const auto found = m_database.people().find(person);
    if (!found)
        return Unexpected{found.error()};
    const WallTime now = m_clock.wallNow();
    const QByteArray refreshToken = makeSecretToken();
    SessionRecord session;
    session.id = SessionId{makeUuidV7(now)};
    session.person = person;
    session.device = device;
    if (session.device.id.isEmpty())
        session.device.id = DeviceId{makeUuidV7(now)};
    session.refreshHash = fingerprint(refreshToken);
    session.createdAt = now;
    session.lastSeenAt = now;
    session.expiresAt = now + std::max(m_options.auth.refreshLifetime, lifetime);
    if (const auto added = m_database.sessions().add(session); !added)
        return Unexpected{added.error()};
    return toGrant(*found, session, refreshToken, lifetime);
}

mtchat::SessionGrant SessionService::toGrant(const PersonRecord &person,
    const SessionRecord &session, const QByteArray &refreshToken, Milliseconds lifetime) const
{
    const WallTime now = m_clock.wallNow();
    mtchat::SessionGrant grant;
    grant.expiresAt = std::min(now + lifetime, session.expiresAt);
    grant.token = QString::fromLatin1(
        m_tokens.issue(person.ids.mtchat, session.id, session.device.id, now, grant.expiresAt));
    grant.refreshToken = QString::fromLatin1(refreshToken);
    grant.session = session.id;
    grant.user = toDetails(person, false);
    return grant;
}

Expected<mtchat::SessionGrant, Error> SessionService::refresh(const QByteArray &refreshToken)
{
    const WallTime now = m_clock.wallNow();
    const QByteArray next = makeSecretToken();
    const auto result = m_database.sessions().rotate(
        fingerprint(refreshToken), fingerprint(next), now, now + m_options.auth.refreshLifetime);
    if (!result)
        return Unexpected{result.error()};
    if (result->outcome == RefreshResult::Outcome::Reused)
        Q_EMIT sessionEnded(result->session.id);
    if (result->outcome != RefreshResult::Outcome::Rotated)
        return Unexpected{unauthenticated(u"the refresh token is not good any more"_s)};
    const auto person = m_database.people().find(result->session.person);
    if (!person)
        return Unexpected{person.error()};
    return toGrant(*person, result->session, next, m_options.auth.accessLifetime);
}

void SessionService::setInitialPassword(PersonKey person, const QString &password)
{
    m_initialPasswords.insert(person, password.toUtf8());
}

Expected<SessionService::Identity, Error> SessionService::check(const QByteArray &token)
{
    const WallTime now = m_clock.wallNow();
    const auto claims = m_tokens.check(token, now);
    if (!claims)
        return Unexpected{claims.error()};
    if (!claims->session) {
        // Whoever shares a secret with us vouches for the people it names.
        const auto person = m_people.ensure(claims->user, now);
        if (!person)
            return Unexpected{person.error()};
        return Identity{*person, *claims, {}};
    }
    const auto session = m_database.sessions().find(*claims->session);
    if (!session || !session->isLive(now))
        return Unexpected{
            Error{ErrorCode::SessionRevoked, u"token"_s, u"the session has ended"_s, {}}};
    if (m_people.userOf(session->person) != claims->user)
        return Unexpected{unauthenticated(u"the session is somebody else's"_s)};
    touch(*session);
    return Identity{session->person, *claims, *session};
}

void SessionService::touch(const SessionRecord &session)
{
    const WallTime now = m_clock.wallNow();
    if (now - session.lastSeenAt < touchEvery)
        return;
    if (const auto touched = m_database.sessions().touch(session.id, now); !touched)
        qCWarning(serverLog) << "session not touched:" << touched.error().detail;
}

Expected<QList<SessionRecord>, Error> SessionService::sessionsOf(PersonKey person) const
{
    return m_database.sessions().ofPerson(person, m_clock.wallNow());
}

Expected<void, Error> SessionService::revoke(PersonKey person, const SessionId &session)
{
    const auto found = m_database.sessions().find(session);
    if (!found || found->person != person)
        return Unexpected{Error{ErrorCode::NotFound, u"session"_s, {}, {}}};
    if (const auto revoked = m_database.sessions().revoke(session, m_clock.wallNow()); !revoked)
        return revoked;
    Q_EMIT sessionEnded(session);
    return {};
}

} // namespace presently::net
