// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/devicesroutes.h"

#include "models/storage/serverdatabase.h"
#include "net/server/apireply.h"
#include "net/server/logging.h"
#include "net/server/peopledirectory.h"
#include "net/server/sessionservice.h"
#include "net/transport/deadlinequeue.h"
#include "net/wire/devices/rest.h"
#include "net/wire/json/boundedjson.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::SessionGrant;

namespace {

HttpResponse reply(int status, const QJsonObject &body)
{
    HttpResponse response = HttpResponse::json(status, toAsciiJson(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

HttpResponse refusal(int status, const QString &message)
{
    return reply(status,
        devices::toJson(
            devices::Failure{status, message, QString::fromLatin1(reasonPhrase(status))}));
}

HttpResponse refusalOf(const Error &error)
{
    if (error.code == ErrorCode::InvalidCredentials)
        return refusal(401, u"Invalid credentials"_s);
    if (error.code == ErrorCode::RateLimited) {
        HttpResponse response = refusal(429, u"Too many requests"_s);
        setRetryAfter(response, error.retryAfter.value_or(std::chrono::seconds{1}));
        return response;
    }
    qCWarning(serverLog) << "devices:" << error.field << error.detail;
    return refusal(500, u"Internal server error"_s);
}

mtchat::SignInRequest signInOf(const devices::LoginRequest &login)
{
    mtchat::SignInRequest request;
    request.login = login.phoneNumber;
    request.password = login.password;
    request.device.id = login.device.id;
    request.device.type = login.device.type;
    request.device.name = login.device.name;
    request.device.os = login.device.platform;
    return request;
}

//! \a login as it came, with the id that its device has from now on.
HttpResponse welcome(const DialectContext &context, devices::LoginRequest login,
    const Expected<SessionGrant, Error> &grant)
{
    if (!grant)
        return refusalOf(grant.error());
    const auto key = context.people.find(grant->user.person.user);
    const auto session = context.database.sessions().find(grant->session);
    if (!key || !session)
        return refusalOf({ErrorCode::NotFound, u"person"_s, u"is gone"_s, {}});
    const auto person = context.database.people().find(*key);
    if (!person)
        return refusalOf(person.error());
    login.device.id = session->device.id;
    devices::LoginReply answer;
    answer.user = UserId{person->ids.objectId};
    answer.phoneNumber = person->phone;
    answer.createdAt = person->createdAt;
    answer.accessToken = grant->token;
    answer.refreshToken = grant->refreshToken;
    answer.expiresIn = std::chrono::floor<std::chrono::seconds>(
        grant->expiresAt - context.deadlines.clock().wallNow());
    answer.device = login.device;
    return reply(200, devices::toJson(answer));
}

} // namespace

void addDevicesRoutes(Router &router, const DialectContext &context)
{
    router.add("POST", "/api/v1/auth/login", RouteAccess::Open,
        [context](const ApiRequest &request, const Responder &responder) {
            const auto body
                = parseObject(request.http.body).and_then(devices::loginRequestFromJson);
            if (!body) {
                const Error &error = body.error();
                return responder.respond(refusal(400,
                    error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail));
            }
            context.sessions.signIn(signInOf(*body), request.http.head.peer.address,
                [context, login = *body, responder](
                    const auto &grant) { responder.respond(welcome(context, login, grant)); });
        });
}

} // namespace presently::net
