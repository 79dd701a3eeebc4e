// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/authenticator.h"

#include "net/server/apireply.h"
#include "net/server/logging.h"
#include "net/server/peopledirectory.h"
#include "net/server/secretfile.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/errors.h"

#include <QCryptographicHash>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

HttpResponse apiError(ApiErrorCode code, const QString &message)
{
    return HttpResponse::json(
        mtchat::apiErrorRow(code).httpStatus, mtchat::encodeError(code, message));
}

HttpResponse unauthorized(const QByteArray &text)
{
    HttpResponse response = plainReply(401, text);
    response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

//! Whom the published client says it acts for: the first of the two names in the query.
std::optional<QString> namedUser(const HttpHead &head)
{
    for (const auto &[name, value] : head.query.items()) {
        if (name == "user_id"_L1 || name == "sender_id"_L1)
            return value;
    }
    return {};
}

//! The published client has no device: pages of one browser on one address count as one, so that a
//! reload is the same device coming back.
DeviceId deviceWithoutName(const RequestHead &head)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(head.headers.value("User-Agent"));
    hash.addData(head.peer.address.toString().toLatin1());
    return DeviceId{u"web-"_s + QString::fromLatin1(hash.result().first(8).toHex())};
}

ActivityState stateOf(const HttpHead &head)
{
    const QString word = QString::fromLatin1(head.headers.value("X-Presently-State"));
    return mtchat::activityStateFromWire(word).value_or(ActivityState::Active);
}

bool isOurClient(const HttpHead &head)
{
    return head.headers.contains("X-Presently-State") || head.headers.contains("Authorization");
}

} // namespace

Authenticator::Authenticator(const ServerOptions &options, ServerDatabase &database,
    PeopleDirectory &people, SessionService &sessions, const Clock &clock)
    : m_options(options)
    , m_database(database)
    , m_people(people)
    , m_sessions(sessions)
    , m_clock(clock)
{
}

Expected<void, Error> Authenticator::load()
{
    if (m_options.auth.adminTokenFile.isEmpty())
        return {};
    const auto secrets = readSecrets(m_options.auth.adminTokenFile);
    if (!secrets)
        return Unexpected{secrets.error()};
    m_adminToken = secrets->first();
    return {};
}

std::variant<Authenticator::Found, HttpResponse> Authenticator::byToken(
    const RequestHead &head, const QByteArray &token) const
{
    const auto identity = m_sessions.check(token);
    if (!identity) {
        qCDebug(serverLog) << "token refused:" << identity.error().detail;
        return unauthorized("Invalid token");
    }
    const std::optional<QString> named = namedUser(head);
    if (named && !named->isEmpty() && *named != identity->claims.user.value)
        return apiError(ApiErrorCode::Forbidden, u"The token belongs to somebody else"_s);
    return Found{identity->person, identity->claims.user, *identity};
}

std::variant<Authenticator::Found, HttpResponse> Authenticator::byUserId(const QString &user) const
{
    const qsizetype length = user.toUtf8().size();
    if (length > 255)
        return apiError(ApiErrorCode::BadRequest, u"user_id is longer than 255 bytes"_s);
    const auto person = m_people.ensure(UserId{user}, m_clock.wallNow());
    if (!person)
        return apiError(ApiErrorCode::InternalError, u"Internal server error"_s);
    return Found{*person, UserId{user}, {}};
}

std::variant<Caller, HttpResponse> Authenticator::caller(const RequestHead &head) const
{
    const QByteArray token = head.bearerToken();
    const std::optional<QString> named = namedUser(head);
    std::variant<Found, HttpResponse> found;
    if (!token.isEmpty())
        found = byToken(head, token);
    else if (head.headers.contains("Authorization"))
        found = unauthorized("Invalid token");
    else if (!m_options.auth.trustUserId)
        found = unauthorized("Authorization header required");
    else if (!named)
        found = apiError(ApiErrorCode::BadRequest, u"user_id query parameter required"_s);
    else if (named->isEmpty())
        found = apiError(ApiErrorCode::BadRequest, u"user_id cannot be empty"_s);
    else
        found = byUserId(*named);
    if (const auto *refused = std::get_if<HttpResponse>(&found))
        return *refused;

    const Found &who = std::get<Found>(found);
    const auto person = m_database.people().find(who.person);
    if (!person)
        return unauthorized("Invalid token");
    Caller caller{who.person, who.user, person->displayName, {}};
    if (who.identity && who.identity->session)
        caller.session = who.identity->session->id;
    return caller;
}

std::optional<SessionRecord> Authenticator::session(const RequestHead &head) const
{
    const auto identity = m_sessions.check(head.bearerToken());
    return identity ? identity->session : std::nullopt;
}

std::variant<LinkIdentity, HttpResponse> Authenticator::link(const RequestHead &head) const
{
    QByteArray token = head.bearerToken();
    if (token.isEmpty())
        token = head.query.value(u"token"_s).toUtf8();
    std::variant<Found, HttpResponse> found;
    if (!token.isEmpty())
        found = byToken(head, token);
    else if (!m_options.auth.trustUserId)
        found = unauthorized("token query parameter required");
    else if (!head.query.contains(u"user_id"_s))
        found = plainReply(400, "Missing user_id query parameter");
    else if (head.query.value(u"user_id"_s).isEmpty())
        found = plainReply(400, "user_id cannot be empty");
    else
        found = byUserId(head.query.value(u"user_id"_s));
    if (const auto *refused = std::get_if<HttpResponse>(&found))
        return *refused;

    const Found &who = std::get<Found>(found);
    LinkIdentity identity;
    identity.person = who.person;
    identity.user = who.user;
    identity.state = stateOf(head);
    identity.numbering = isOurClient(head) ? Numbering::PerSession : Numbering::None;
    identity.device = deviceWithoutName(head);
    identity.deviceType = DeviceType::Web;
    if (who.identity && who.identity->session) {
        identity.session = who.identity->session->id;
        identity.device = who.identity->session->device.id;
        identity.deviceType = who.identity->session->device.type;
    } else if (who.identity) {
        identity.expiresAt = who.identity->claims.expiresAt;
    }
    return identity;
}

std::optional<HttpResponse> Authenticator::refuseAdmin(const RequestHead &head) const
{
    if (m_adminToken.isEmpty()) {
        if (head.peer.address.isLoopback())
            return {};
        return apiError(ApiErrorCode::Unauthorized, u"Only this machine may do that"_s);
    }
    const QByteArray token = head.bearerToken();
    if (token.isEmpty())
        return apiError(ApiErrorCode::Unauthorized, u"Admin token required"_s);
    if (!equalSecrets(token, m_adminToken))
        return apiError(ApiErrorCode::Forbidden, u"Wrong admin token"_s);
    return {};
}

} // namespace presently::net
