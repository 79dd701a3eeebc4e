// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendsreplies.h"

#include "net/server/apireply.h"
#include "net/server/logging.h"
#include "net/wire/friends/rest.h"
#include "net/wire/json/boundedjson.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using friends::Failure;

namespace {

HttpResponse reply(int status, const QByteArray &body)
{
    HttpResponse response = HttpResponse::json(status, body);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

} // namespace

HttpResponse friendsReply(const QByteArray &body)
{
    return reply(200, body);
}

HttpResponse friendsCoded(int status, const QString &message, const QString &details)
{
    const Failure failure{Failure::Shape::Coded, status, message, details, std::nullopt};
    return reply(status, toAsciiJson(friends::toJson(failure)));
}

HttpResponse friendsUnauthorized(const QString &details)
{
    HttpResponse response = friendsCoded(401, u"Unauthorized"_s, details);
    response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

HttpResponse friendsBadRequest(const Error &error)
{
    const QString details
        = error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail;
    return friendsCoded(400, u"Bad Request"_s, details);
}

HttpResponse friendsTooMany(std::chrono::milliseconds wait)
{
    const auto seconds
        = std::max(std::chrono::ceil<std::chrono::seconds>(wait), std::chrono::seconds{1});
    const Failure failure{
        Failure::Shape::Flagged, 0, u"Too many requests, please try again later"_s, {}, seconds};
    HttpResponse response = reply(429, toAsciiJson(friends::toJson(failure)));
    setRetryAfter(response, wait);
    return response;
}

HttpResponse friendsRefusal(const Error &error, const QString &message)
{
    if (error.code == ErrorCode::InvalidCredentials)
        return friendsUnauthorized(u"Invalid credentials"_s);
    if (error.code == ErrorCode::RateLimited)
        return friendsTooMany(error.retryAfter.value_or(std::chrono::seconds{1}));
    qCWarning(serverLog) << "friends:" << error.field << error.detail;
    const Failure failure{
        Failure::Shape::Flagged, 0, message, u"Internal server error"_s, std::nullopt};
    return reply(500, toAsciiJson(friends::toJson(failure)));
}

void addFriendsCookie(HttpResponse &response, const QByteArray &name, const QByteArray &value,
    std::chrono::seconds lifetime, bool secure)
{
    QByteArray cookie = name + '=' + value + "; Max-Age="
        + QByteArray::number(qint64(lifetime.count())) + "; Path=/; HttpOnly; SameSite=Lax";
    if (secure)
        cookie += "; Secure";
    response.headers.add("Set-Cookie", cookie);
}

} // namespace presently::net
