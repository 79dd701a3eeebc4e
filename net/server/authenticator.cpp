// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/authenticator.h"

#include "net/server/apireply.h"
#include "net/server/logging.h"
#include "net/server/peopledirectory.h"
#include "net/server/secretfile.h"
#include "net/wire/http/percentcoding.h"
#include "net/wire/mtchat/enums.h"

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

//! Whom the published client opens its WebSocket for. It writes the id into the address as it is,
//! where a form would have encoded it: a plus sign is one.
std::optional<QString> userInAddress(const HttpHead &head)
{
    const qsizetype mark = head.target.indexOf('?');
    const auto query
        = decodedQuery(mark < 0 ? QByteArrayView() : QByteArrayView(head.target).sliced(mark + 1),
            PlusSign::Literal);
    if (!query || !query->contains(u"user_id"))
        return {};
    return query->value(u"user_id");
}

//! A proxy on this machine speaks for somebody who may be anywhere.
bool isPassedOn(const HttpHead &head)
{
    return head.headers.contains("Forwarded") || head.headers.contains("X-Forwarded-For")
        || head.headers.contains("X-Real-IP") || head.headers.contains("Via");
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

std::variant<Authenticator::Found, Authenticator::Refusal> Authenticator::byToken(
    const RequestHead &head, const QByteArray &token) const
{
    const auto identity = m_sessions.check(token);
    if (!identity) {
        qCDebug(serverLog) << "token refused:" << identity.error().detail;
        return Refusal{ApiErrorCode::Unauthorized, "Invalid token"};
    }
    const std::optional<QString> named = namedUser(head);
    if (named && !named->isEmpty() && *named != identity->claims.user.value)
        return Refusal{ApiErrorCode::Forbidden, "The token belongs to somebody else"};
    return Found{identity->person, identity->claims.user, *identity};
}

std::variant<Authenticator::Found, Authenticator::Refusal> Authenticator::byUserId(
    const QString &user) const
{
    const qsizetype length = user.toUtf8().size();
    if (length > 255)
        return Refusal{ApiErrorCode::BadRequest, "user_id is longer than 255 bytes"};
    const auto person = m_people.ensure(UserId{user}, m_clock.wallNow());
    if (!person)
        return Refusal{ApiErrorCode::InternalError, "Internal server error"};
    return Found{*person, UserId{user}, {}};
}

std::variant<Caller, HttpResponse> Authenticator::caller(const RequestHead &head) const
{
    const QByteArray token = head.bearerToken();
    const std::optional<QString> named = namedUser(head);
    std::variant<Found, Refusal> found;
    if (!token.isEmpty())
        found = byToken(head, token);
    else if (head.headers.contains("Authorization"))
        found = Refusal{ApiErrorCode::Unauthorized, "Invalid token"};
    else if (!m_options.auth.trustUserId)
        found = Refusal{ApiErrorCode::Unauthorized, "Authorization header required"};
    else if (!named)
        found = Refusal{ApiErrorCode::BadRequest, "user_id query parameter required"};
    else if (named->isEmpty())
        found = Refusal{ApiErrorCode::BadRequest, "user_id cannot be empty"};
    else
        found = byUserId(*named);
    if (const auto *refused = std::get_if<Refusal>(&found))
        return asRestAnswer(*refused);

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
    const std::optional<QString> named = userInAddress(head);
    std::variant<Found, Refusal> found;
    if (!token.isEmpty())
        found = byToken(head, token);
    else if (!m_options.auth.trustUserId)
        found = Refusal{ApiErrorCode::Unauthorized, "token query parameter required"};
    else if (!named)
        found = Refusal{ApiErrorCode::BadRequest, "Missing user_id query parameter"};
    else if (named->isEmpty())
        found = Refusal{ApiErrorCode::BadRequest, "user_id cannot be empty"};
    else
        found = byUserId(*named);
    if (const auto *refused = std::get_if<Refusal>(&found))
        return asHandshakeAnswer(*refused);

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

// A refused token is plain text also over REST, as the contract has it; the rest is JSON there.
HttpResponse Authenticator::asRestAnswer(const Refusal &refusal)
{
    return refusal.code == ApiErrorCode::Unauthorized
        ? unauthorized(refusal.text)
        : apiError(refusal.code, QString::fromUtf8(refusal.text));
}

HttpResponse Authenticator::asHandshakeAnswer(const Refusal &refusal)
{
    return refusal.code == ApiErrorCode::Unauthorized
        ? unauthorized(refusal.text)
        : plainReply(mtchat::apiErrorRow(refusal.code).httpStatus, refusal.text);
}

std::optional<HttpResponse> Authenticator::refuseAdmin(const RequestHead &head) const
{
    if (m_adminToken.isEmpty()) {
        if (head.peer.address.isLoopback() && !isPassedOn(head))
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
