// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/presenceroutes.h"

#include "models/storage/serverdatabase.h"
#include "net/server/api/router.h"
#include "net/server/apireply.h"
#include "net/server/authenticator.h"
#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/rest.h"

#include <memory>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

QString wordFor(Rule rule)
{
    switch (rule) {
    case Rule::NotVisible:
        return u"not_visible"_s;
    case Rule::NoLease:
        return u"no_device"_s;
    case Rule::Invisible:
        return u"invisible"_s;
    case Rule::Busy:
        return u"busy"_s;
    case Rule::Away:
        return u"away"_s;
    case Rule::AllIdle:
        return u"all_idle"_s;
    case Rule::Online:
        return u"online"_s;
    }
    return {};
}

//! What the presence routes work with.
struct Routes {
    PresenceService &presence;
    Hub &hub;
    const Authenticator &authenticator;
    ServerDatabase &database;
    const ServerOptions &options;
    const Clock &clock;
    RateLimiter queries;

    HttpResponse many(const ApiRequest &request);
    HttpResponse setMine(const ApiRequest &request);
    HttpResponse why(const ApiRequest &request) const;
    mtchat::PresenceWhy explain(PersonKey person, const std::optional<DeviceId> &current) const;
};

HttpResponse Routes::many(const ApiRequest &request)
{
    const PersonKey viewer = request.caller->person;
    const Milliseconds wait = queries.take(QString::number(qint64(viewer)));
    if (wait > Milliseconds::zero())
        return errorReply({ErrorCode::RateLimited, {}, u"too many questions"_s, wait});
    // An id that holds a comma is asked for by giving `user_ids` more than once.
    QStringList ids;
    const QStringList values = request.http.head.query.values(u"user_ids");
    for (const QString &value : values)
        ids += values.size() > 1 ? QStringList{value} : value.split(u',', Qt::SkipEmptyParts);
    if (ids.isEmpty())
        return errorReply({ErrorCode::InvalidField, u"user_ids"_s, u"is needed"_s, {}});
    if (ids.size() > options.limits.presenceQueryIds)
        return errorReply({ErrorCode::InvalidField, u"user_ids"_s,
            u"holds more than %1"_s.arg(options.limits.presenceQueryIds), {}});
    mtchat::PresenceReply reply;
    reply.snapshot.epoch = presence.ledger().epoch();
    reply.snapshot.complete = presence.ledger().isComplete();
    for (const QString &id : std::as_const(ids)) {
        if (auto row = presence.row(viewer, UserId{id}))
            reply.snapshot.users.append(*std::move(row));
    }
    return dataReply(mtchat::toJson(reply));
}

HttpResponse Routes::setMine(const ApiRequest &request)
{
    const auto body = parseObject(request.http.body);
    if (!body)
        return malformedReply(body.error());
    const auto wanted = mtchat::presenceMeRequestFromJson(*body);
    if (!wanted)
        return malformedReply(wanted.error());
    const PersonKey person = request.caller->person;
    if (wanted->intent) {
        if (const auto set = hub.setIntent(person, *wanted->intent); !set)
            return errorReply(set.error());
    }
    if (wanted->lastSeen || wanted->onHide) {
        PresencePreferences preferences = presence.ledger().stored(person).preferences;
        if (wanted->lastSeen)
            preferences.lastSeen = *wanted->lastSeen;
        if (wanted->onHide)
            preferences.onHide = *wanted->onHide;
        presence.setPreferences(person, preferences);
    }
    return why(request);
}

HttpResponse Routes::why(const ApiRequest &request) const
{
    std::optional<DeviceId> current;
    if (const auto session = authenticator.session(request.http.head))
        current = session->device.id;
    return dataReply(mtchat::toJson(explain(request.caller->person, current)));
}

mtchat::PresenceWhy Routes::explain(PersonKey person, const std::optional<DeviceId> &current) const
{
    const PresenceExplanation explanation = presence.ledger().why(person);
    QHash<DeviceId, QString> names;
    if (const auto sessions = database.sessions().ofPerson(person, clock.wallNow())) {
        for (const SessionRecord &session : *sessions)
            names.insert(session.device.id, session.device.name);
    }
    mtchat::PresenceWhy why;
    why.seenByOthers = presence.ownRecord(person);
    why.seenByOthers.presence = explanation.shown;
    why.intent = explanation.own.intent;
    why.preferences = presence.ledger().stored(person).preferences;
    why.rule = wordFor(explanation.rule);
    why.nextChangeAt = explanation.nextChangeAt;
    for (const DeviceExplanation &device : explanation.devices) {
        why.devices.append({names.value(device.device), device.type, device.activity,
            device.device == current, device.lastHeartbeat, device.endsAt});
    }
    return why;
}

} // namespace

void addPresenceRoutes(Router &router, PresenceService &presence, Hub &hub,
    const Authenticator &authenticator, ServerDatabase &database, const ServerOptions &options,
    const Clock &clock)
{
    const auto routes = std::make_shared<Routes>(Routes{presence, hub, authenticator, database,
        options, clock, RateLimiter(clock, options.limits.presenceQuery)});
    router.add("GET", "/api/v1/presence", RouteAccess::Person,
        [routes](const ApiRequest &request) { return routes->many(request); });
    router.add("PUT", "/api/v1/presence/me", RouteAccess::Person,
        [routes](const ApiRequest &request) { return routes->setMine(request); });
    router.add("GET", "/api/v1/presence/me/why", RouteAccess::Person,
        [routes](const ApiRequest &request) { return routes->why(request); });
}

} // namespace presently::net
