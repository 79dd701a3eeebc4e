// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/sessionroutes.h"

#include "models/core/timeformat.h"
#include "net/server/api/router.h"
#include "net/server/apireply.h"
#include "net/server/authenticator.h"
#include "net/server/presenceservice.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/rest.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

mtchat::SessionItem toItem(const SessionRecord &session, const std::optional<SessionId> &current)
{
    mtchat::SessionItem item;
    item.id = session.id;
    item.device = {session.device.id, session.device.type, session.device.name, session.device.os};
    item.createdAt = session.createdAt;
    item.lastSeenAt = session.lastSeenAt;
    item.isCurrent = session.id == current;
    return item;
}

HttpResponse toReply(const Expected<mtchat::SessionGrant, Error> &grant)
{
    return grant ? dataReply(mtchat::toJson(*grant)) : errorReply(grant.error());
}

void signIn(SessionService &sessions, const ApiRequest &request, const Responder &responder)
{
    const auto body = parseObject(request.http.body);
    if (!body)
        return responder.respond(malformedReply(body.error()));
    const auto signIn = mtchat::signInRequestFromJson(*body);
    if (!signIn)
        return responder.respond(malformedReply(signIn.error()));
    sessions.signIn(*signIn, request.http.head.peer.address,
        [responder](const Expected<mtchat::SessionGrant, Error> &grant) {
            responder.respond(toReply(grant));
        });
}

HttpResponse refresh(SessionService &sessions, const ApiRequest &request)
{
    const auto body = parseObject(request.http.body);
    if (!body)
        return malformedReply(body.error());
    const QJsonValue token = body->value("refresh_token"_L1);
    if (!token.isString())
        return malformedReply({ErrorCode::MissingField, u"refresh_token"_s, {}, {}});
    return toReply(sessions.refresh(token.toString().toUtf8()));
}

//! Who am I: also what a client asks after a refused handshake.
HttpResponse current(
    ServerDatabase &database, const Authenticator &authenticator, const ApiRequest &request)
{
    const auto person = database.people().find(request.caller->person);
    if (!person)
        return errorReply(person.error());
    QJsonObject data{{u"user"_s, mtchat::toJson(toDetails(*person, false))}};
    if (const auto session = authenticator.session(request.http.head))
        data.insert(u"session"_s, mtchat::toJson(toItem(*session, session->id)));
    return dataReply(data);
}

HttpResponse list(SessionService &sessions, const ApiRequest &request)
{
    const auto found = sessions.sessionsOf(request.caller->person);
    if (!found)
        return errorReply(found.error());
    QJsonArray items;
    for (const SessionRecord &session : *found)
        items.append(mtchat::toJson(toItem(session, request.caller->session)));
    return dataReply(items);
}

HttpResponse revoke(SessionService &sessions, const Caller &caller, const SessionId &session)
{
    if (const auto revoked = sessions.revoke(caller.person, session); !revoked)
        return errorReply(revoked.error());
    return emptyReply();
}

HttpResponse roster(ServerDatabase &database, PresenceService &presence, const ApiRequest &request)
{
    const PersonKey viewer = request.caller->person;
    const auto contacts = database.people().contactsOf(viewer);
    if (!contacts)
        return errorReply(contacts.error());
    QJsonArray people;
    for (const PersonKey key : presence.graph().viewersOf(viewer)) {
        if (const auto person = database.people().find(key))
            people.append(mtchat::toJson(toDetails(*person, contacts->contains(key))));
    }
    return dataReply(people);
}

} // namespace

void addSessionRoutes(Router &router, SessionService &sessions, const Authenticator &authenticator,
    PresenceService &presence, ServerDatabase &database)
{
    router.add("POST", "/api/v1/sessions", RouteAccess::Open,
        [&sessions](const ApiRequest &request, const Responder &responder) {
            signIn(sessions, request, responder);
        });
    router.add("POST", "/api/v1/sessions/refresh", RouteAccess::Open,
        [&sessions](const ApiRequest &request) { return refresh(sessions, request); });
    router.add("GET", "/api/v1/sessions/current", RouteAccess::Person,
        [&database, &authenticator](
            const ApiRequest &request) { return current(database, authenticator, request); });
    router.add("DELETE", "/api/v1/sessions/current", RouteAccess::Person,
        [&sessions](const ApiRequest &request) {
            if (!request.caller->session)
                return emptyReply();
            return revoke(sessions, *request.caller, *request.caller->session);
        });
    router.add("GET", "/api/v1/sessions", RouteAccess::Person,
        [&sessions](const ApiRequest &request) { return list(sessions, request); });
    router.add("DELETE", "/api/v1/sessions/{}", RouteAccess::Person,
        [&sessions](const ApiRequest &request) {
            return revoke(sessions, *request.caller, SessionId{request.arguments.first()});
        });
    router.add("GET", "/api/v1/roster", RouteAccess::Person,
        [&database, &presence](
            const ApiRequest &request) { return roster(database, presence, request); });
}

} // namespace presently::net
