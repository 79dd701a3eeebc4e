// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaroutes.h"

#include "net/server/api/router.h"
#include "net/server/qa/qaanswers.h"
#include "net/server/qa/qacontrol.h"
#include "net/server/qa/qaquestion.h"
#include "net/server/qa/qaviews.h"

#include <QJsonDocument>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int framesByDefault = 100;

using WorldRoute = void (*)(QaWorld &world, const ApiRequest &request, const Responder &responder);

void tellClock(QaWorld &world, const ApiRequest &, const Responder &responder)
{
    responder.respond(qaReply(clockView(world)));
}

void advance(QaWorld &world, const ApiRequest &request, const Responder &responder)
{
    const auto body = qaBodyOf(request);
    if (!body)
        return responder.respond(qaRefusal(body.error()));
    const auto by = advanceFromJson(*body);
    if (!by)
        return responder.respond(qaRefusal(by.error()));
    if (world.time().isAdvancing())
        return responder.respond(qaRefusal(409, u"the time is being moved already"_s));
    world.time().advance(*by, [&world, responder](std::optional<int> steps) {
        if (!steps)
            return responder.respond(qaRefusal(409, u"the world was reset, or has ended"_s));
        QJsonObject answer = clockView(world);
        answer.insert(u"steps"_s, *steps);
        responder.respond(qaReply(answer));
    });
}

void freeze(QaWorld &world, const ApiRequest &, const Responder &responder)
{
    world.clock().freeze();
    responder.respond(qaReply(clockView(world)));
}

void resume(QaWorld &world, const ApiRequest &, const Responder &responder)
{
    world.clock().resume();
    responder.respond(qaReply(clockView(world)));
}

void tellPresence(QaWorld &world, const ApiRequest &request, const Responder &responder)
{
    const QueryItems &query = request.http.head.query;
    if (query.contains(u"user")) {
        const auto person = world.find(query.value(u"user"));
        return responder.respond(
            person ? qaReply(presenceView(world, *person)) : qaRefusal(person.error()));
    }
    const auto people = world.database().people().all();
    if (!people)
        return responder.respond(qaRefusal(people.error()));
    QJsonArray all;
    for (const PersonRecord &person : *people)
        all.append(presenceView(world, person));
    responder.respond(qaReply({{u"people"_s, all}, {u"clock"_s, clockView(world)}}));
}

void tellConnections(QaWorld &world, const ApiRequest &, const Responder &responder)
{
    responder.respond(qaReply({{u"connections"_s, connectionsView(world)}}));
}

void expect(QaWorld &world, const ApiRequest &request, const Responder &responder)
{
    const auto body = qaBodyOf(request);
    if (!body)
        return responder.respond(qaRefusal(body.error()));
    const auto expectation = expectationFromJson(*body, world);
    if (!expectation)
        return responder.respond(qaRefusal(expectation.error()));
    std::visit(
        [&](const auto &wish) { world.expectations().add(wish, expectation->within, responder); },
        expectation->wish);
}

void reset(QaWorld &world, const ApiRequest &, const Responder &responder)
{
    const auto took = world.reset();
    if (!took)
        return responder.respond(qaRefusal(took.error()));
    responder.respond(qaReply({{u"ms"_s, double(took->count()) / 1000.0},
        {u"id"_s, qint64(world.frames().lastId())}, {u"clock"_s, clockView(world)}}));
}

void tellFrames(QaWorld &world, const ApiRequest &request, const Responder &responder)
{
    const QueryItems &query = request.http.head.query;
    std::optional<UserId> user;
    if (query.contains(u"user")) {
        const auto person = world.find(query.value(u"user"));
        if (!person)
            return responder.respond(qaRefusal(person.error()));
        user = person->ids.mtchat;
    }
    bool isNumber = true;
    const int limit
        = query.contains(u"limit") ? query.value(u"limit").toInt(&isNumber) : framesByDefault;
    if (!isNumber || limit < 0)
        return responder.respond(qaRefusal(400, u"limit: not a number from 0 on"_s));
    const auto bodies = query.value(u"bodies") == u"1" ? FrameBodies::Wanted : FrameBodies::Left;
    QList<QJsonObject> last;
    const auto &frames = world.frames().frames();
    for (auto frame = frames.rbegin(); frame != frames.rend() && last.size() < limit; ++frame) {
        if (!user || frame->user == *user)
            last.prepend(toJson(*frame, bodies));
    }
    QJsonArray told;
    for (const QJsonObject &frame : std::as_const(last))
        told.append(frame);
    responder.respond(qaReply({{u"frames"_s, told}, {u"id"_s, qint64(world.frames().lastId())}}));
}

HttpResponse listWorlds(QaControl &control)
{
    QJsonArray worlds;
    for (QaWorld *world : control.worlds())
        worlds.append(worldView(*world));
    return qaReply({{u"worlds"_s, worlds}});
}

HttpResponse makeWorld(QaControl &control, const ApiRequest &request)
{
    const auto body = qaBodyOf(request);
    if (!body)
        return qaRefusal(body.error());
    const QJsonValue seed = body->value("seed"_L1);
    if (!seed.isUndefined() && !seed.isObject())
        return qaRefusal(400, u"seed: not an object"_s);
    const auto world = control.makeWorld(seed.isObject()
            ? QJsonDocument(seed.toObject()).toJson(QJsonDocument::Compact)
            : QByteArray());
    return world ? qaReply(201, worldView(**world)) : qaRefusal(world.error());
}

HttpResponse endWorld(QaControl &control, const ApiRequest &request)
{
    if (!control.endWorld(request.arguments.first()))
        return qaRefusal(404, u"there is no such world"_s);
    HttpResponse response;
    response.status = 204;
    return response;
}

void addWorldRoute(Router &router, QaControl &control, const char *method, const QByteArray &path,
    WorldRoute route)
{
    router.add(method, QByteArray("/qa" + path).constData(), RouteAccess::Open,
        [&control, route](const ApiRequest &request, const Responder &responder) {
            route(control.mainWorld(), request, responder);
        });
    router.add(method, QByteArray("/qa/worlds/{}" + path).constData(), RouteAccess::Open,
        [&control, route](const ApiRequest &request, const Responder &responder) {
            QaWorld *world = control.world(request.arguments.first());
            if (!world)
                return responder.respond(qaRefusal(404, u"there is no such world"_s));
            route(*world, request, responder);
        });
}

} // namespace

void addQaRoutes(Router &router, QaControl &control)
{
    addWorldRoute(router, control, "GET", "/clock", tellClock);
    addWorldRoute(router, control, "POST", "/clock/advance", advance);
    addWorldRoute(router, control, "POST", "/clock/freeze", freeze);
    addWorldRoute(router, control, "POST", "/clock/resume", resume);
    addWorldRoute(router, control, "GET", "/presence", tellPresence);
    addWorldRoute(router, control, "GET", "/connections", tellConnections);
    addWorldRoute(router, control, "POST", "/expect", expect);
    addWorldRoute(router, control, "POST", "/reset", reset);
    addWorldRoute(router, control, "GET", "/frames", tellFrames);
    router.add("GET", "/qa/worlds", RouteAccess::Open,
        [&control](const ApiRequest &) { return listWorlds(control); });
    router.add("POST", "/qa/worlds", RouteAccess::Open,
        [&control](const ApiRequest &request) { return makeWorld(control, request); });
    router.add("DELETE", "/qa/worlds/{}", RouteAccess::Open,
        [&control](const ApiRequest &request) { return endWorld(control, request); });
}

} // namespace presently::net
