// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendsroutes.h"

#include "models/storage/serverdatabase.h"
#include "net/server/friends/friendsdialect.h"
#include "net/server/friends/friendsreplies.h"
#include "net/server/peopledirectory.h"
#include "net/wire/friends/rest.h"
#include "net/wire/json/boundedjson.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! A hundred calls of a route in a quarter of an hour, each person.
constexpr RateLimit routeLimit{100, 9s};

friends::Account accountOf(const PersonRecord &person)
{
    friends::Account account;
    account.id = UserId{person.ids.objectId};
    account.userName = person.displayName;
    account.email = person.email;
    account.createdAt = person.createdAt;
    return account;
}

std::chrono::seconds untilThen(WallTime then, WallTime now)
{
    return std::chrono::floor<std::chrono::seconds>(std::max(then - now, Milliseconds::zero()));
}

} // namespace

FriendsRoutes::FriendsRoutes(const DialectContext &context, FriendsDialect &dialect)
    : m_context(context)
    , m_dialect(dialect)
    , m_limit(context.deadlines.clock(), routeLimit)
{
}

void FriendsRoutes::addTo(Router &router)
{
    // Open to the router: who asks is known by a cookie, and refused in the words of the contract.
    router.add("POST", "/api/v1/auth/signin", RouteAccess::Open,
        [this](
            const ApiRequest &request, const Responder &responder) { signIn(request, responder); });
    router.add("POST", "/api/v1/auth/refresh", RouteAccess::Open,
        [this](const ApiRequest &request) { return refresh(request); });
    router.add("POST", "/api/v1/auth/signout", RouteAccess::Open,
        [this](const ApiRequest &request) { return signOut(request); });
    router.add("GET", "/api/v1/auth/me", RouteAccess::Open,
        [this](const ApiRequest &request) { return me(request); });
    router.add("GET", "/api/v1/friends/online-status", RouteAccess::Open,
        [this](const ApiRequest &request) { return onlineStatus(request); });
}

std::variant<FriendsRoutes::Identity, HttpResponse> FriendsRoutes::caller(
    const HttpHead &head) const
{
    const QByteArray cookie = head.cookie(friends::AccessCookie);
    const QByteArray token = cookie.isEmpty() ? head.bearerToken() : cookie;
    if (token.isEmpty())
        return friendsUnauthorized(u"Access token required"_s);
    auto identity = m_context.sessions.check(token);
    if (!identity)
        return friendsUnauthorized(u"Invalid or expired token"_s);
    return *std::move(identity);
}

std::optional<HttpResponse> FriendsRoutes::refuseTooFast(const Identity &who, const char *route)
{
    const QString name = QString::number(qint64(who.person)) + QLatin1StringView(route);
    const Milliseconds wait = m_limit.take(name);
    return wait > Milliseconds::zero() ? std::optional(friendsTooMany(wait)) : std::nullopt;
}

QString FriendsRoutes::loginOf(const QString &email) const
{
    if (m_context.database.people().findByLogin(email))
        return email;
    const auto byEmail = m_context.database.people().findByEmail(email);
    return byEmail && byEmail->login ? *byEmail->login : email;
}

void FriendsRoutes::signIn(const ApiRequest &request, const Responder &responder)
{
    const auto body = parseObject(request.http.body).and_then(friends::signInRequestFromJson);
    if (!body)
        return responder.respond(friendsBadRequest(body.error()));
    const RequestHead &head = request.http.head;
    mtchat::SignInRequest wanted;
    wanted.login = loginOf(body->email);
    wanted.password = body->password;
    wanted.device.type = DeviceType::Web;
    wanted.device.name = QString::fromUtf8(head.headers.value("User-Agent"));
    m_context.sessions.signIn(
        wanted, head.peer.address, [this, responder, secure = head.secure](const auto &grant) {
            responder.respond(welcome(grant, secure));
        });
}

HttpResponse FriendsRoutes::welcome(
    const Expected<mtchat::SessionGrant, Error> &grant, bool secure) const
{
    if (!grant)
        return friendsRefusal(grant.error(), u"Signin failed"_s);
    const auto key = m_context.people.find(grant->user.person.user);
    if (!key)
        return friendsUnauthorized(u"Invalid credentials"_s);
    const auto person = m_context.database.people().find(*key);
    if (!person)
        return friendsRefusal(person.error(), u"Signin failed"_s);
    HttpResponse response = friendsReply(friends::encodeData(toJson(accountOf(*person))));
    addCookies(response, *grant, secure);
    return response;
}

void FriendsRoutes::addCookies(
    HttpResponse &response, const mtchat::SessionGrant &grant, bool secure) const
{
    const WallTime now = m_context.deadlines.clock().wallNow();
    const auto refreshFor
        = std::chrono::floor<std::chrono::seconds>(m_context.options.auth.refreshLifetime);
    addFriendsCookie(response, friends::AccessCookie, grant.token.toLatin1(),
        untilThen(grant.expiresAt, now), secure);
    addFriendsCookie(
        response, friends::RefreshCookie, grant.refreshToken.toLatin1(), refreshFor, secure);
}

HttpResponse FriendsRoutes::refresh(const ApiRequest &request)
{
    const RequestHead &head = request.http.head;
    const QByteArray token = head.cookie(friends::RefreshCookie);
    if (token.isEmpty())
        return friendsCoded(400, u"Bad Request"_s, u"Refresh token is required in cookie"_s);
    const auto grant = m_context.sessions.refresh(token);
    if (!grant) {
        return grant.error().code == ErrorCode::Unauthenticated
            ? friendsUnauthorized(u"Invalid or expired refresh token"_s)
            : friendsRefusal(grant.error(), u"Refresh failed"_s);
    }
    HttpResponse response = friendsReply(friends::encodeDone(u"Token refreshed successfully"_s));
    addCookies(response, *grant, head.secure);
    return response;
}

HttpResponse FriendsRoutes::signOut(const ApiRequest &request)
{
    const RequestHead &head = request.http.head;
    auto who = caller(head);
    if (auto *refused = std::get_if<HttpResponse>(&who))
        return std::move(*refused);
    const auto &identity = std::get<Identity>(who);
    if (identity.session) {
        const auto revoked = m_context.sessions.revoke(identity.person, identity.session->id);
        if (!revoked)
            return friendsRefusal(revoked.error(), u"Signout failed"_s);
    }
    HttpResponse response = friendsReply(friends::encodeDone(u"Signed out successfully"_s));
    addFriendsCookie(response, friends::AccessCookie, {}, 0s, head.secure);
    addFriendsCookie(response, friends::RefreshCookie, {}, 0s, head.secure);
    return response;
}

HttpResponse FriendsRoutes::me(const ApiRequest &request)
{
    auto who = caller(request.http.head);
    if (auto *refused = std::get_if<HttpResponse>(&who))
        return std::move(*refused);
    const auto &identity = std::get<Identity>(who);
    if (auto refused = refuseTooFast(identity, "me"))
        return *std::move(refused);
    const auto person = m_context.database.people().find(identity.person);
    if (!person)
        return friendsUnauthorized(u"User not found"_s);
    return friendsReply(friends::encodeData(toJson(accountOf(*person))));
}

HttpResponse FriendsRoutes::onlineStatus(const ApiRequest &request)
{
    auto who = caller(request.http.head);
    if (auto *refused = std::get_if<HttpResponse>(&who))
        return std::move(*refused);
    const auto &identity = std::get<Identity>(who);
    if (auto refused = refuseTooFast(identity, "online-status"))
        return *std::move(refused);
    const friends::OnlineStatuses statuses{m_dialect.statusesFor(identity.person)};
    return friendsReply(friends::encodeData(toJson(statuses)));
}

} // namespace presently::net
