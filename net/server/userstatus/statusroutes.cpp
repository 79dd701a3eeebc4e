// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/statusroutes.h"

#include "net/server/api/router.h"
#include "net/server/apireply.h"
#include "net/server/userstatus/statusdesk.h"
#include "net/server/userstatus/statusview.h"
#include "net/wire/userstatus/rest.h"

#include <memory>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using userstatus::Failure;
using userstatus::Fault;
using userstatus::RestRow;
using userstatus::RestStatus;

namespace {

constexpr qint64 maxBodyBytes = 4096;

HttpResponse refusal(const Failure &failure)
{
    const auto &row = userstatus::faultRow(failure.fault);
    HttpResponse response
        = HttpResponse::json(row.httpStatus, userstatus::encodeFailure(failure.message));
    if (failure.fault == Fault::Unauthenticated)
        response.headers.add("WWW-Authenticate", "Bearer");
    if (failure.retryAfter)
        setRetryAfter(response, *failure.retryAfter);
    return response;
}

RestRow outside(const StatusView::Seen &seen)
{
    return {seen.userId, userstatus::restStatusFor(seen.presence.status), seen.since,
        seen.presence.lastSeen};
}

//! What these routes work with.
struct Routes {
    StatusDesk &desk;
    const StatusView &view;

    using Caller = Expected<StatusCaller, Failure>;
    [[nodiscard]] Caller callerOf(const RequestHead &head) const
    {
        return desk.caller(head.bearerToken(), head.headers.value("X-Device-Id"));
    }
    [[nodiscard]] BodyPlan plan(const RequestHead &head) const;
    HttpResponse setTo(const ApiRequest &request, const StatusCaller &caller, RestStatus status);
    HttpResponse set(const ApiRequest &request, const StatusCaller &caller);
    HttpResponse get(const ApiRequest &request, const StatusCaller &caller);
    HttpResponse getPublic(const ApiRequest &request, const StatusCaller &caller);
    HttpResponse getMany(const ApiRequest &request, const StatusCaller &caller);
    HttpResponse beat(const ApiRequest &request, const StatusCaller &caller);
    [[nodiscard]] RestRow own(const StatusCaller &caller) const;
};

//! Who has no good token is refused before a body is read.
BodyPlan Routes::plan(const RequestHead &head) const
{
    const Caller caller = callerOf(head);
    if (!caller)
        return RefuseRequest{refusal(caller.error())};
    return BufferBody{maxBodyBytes};
}

RestRow Routes::own(const StatusCaller &caller) const
{
    const StatusView::Seen seen = view.see(caller.person, caller.person);
    RestRow row = outside(seen);
    row.status = userstatus::ownRestStatusFor(seen.presence.status, view.intentOf(caller.person));
    return row;
}

HttpResponse Routes::setTo(const ApiRequest &request, const StatusCaller &caller, RestStatus status)
{
    const auto message = desk.set(caller, request.arguments.value(0), status);
    if (!message)
        return refusal(message.error());
    return HttpResponse::json(200, userstatus::encodeRow(own(caller), *message));
}

HttpResponse Routes::set(const ApiRequest &request, const StatusCaller &caller)
{
    const auto status = userstatus::decodeStatusRequest(request.http.body);
    if (!status)
        return refusal(status.error());
    return setTo(request, caller, *status);
}

HttpResponse Routes::get(const ApiRequest &request, const StatusCaller &caller)
{
    if (request.arguments.value(0) != caller.userId)
        return getPublic(request, caller);
    if (const auto admitted = desk.admitQuestion(caller, 1); !admitted)
        return refusal(admitted.error());
    return HttpResponse::json(200, userstatus::encodeRow(own(caller)));
}

HttpResponse Routes::getPublic(const ApiRequest &request, const StatusCaller &caller)
{
    if (const auto admitted = desk.admitQuestion(caller, 1); !admitted)
        return refusal(admitted.error());
    const auto seen = view.see(caller.person, request.arguments.value(0));
    if (!seen)
        return refusal({Fault::UserNotFound, u"no such user"_s, {}});
    return HttpResponse::json(200, userstatus::encodeRow(outside(view.fromOutside(seen->person))));
}

HttpResponse Routes::getMany(const ApiRequest &request, const StatusCaller &caller)
{
    QStringList ids;
    for (const QString &value : request.http.head.query.values(u"user_ids"))
        ids += value.split(u',', Qt::SkipEmptyParts);
    ids.removeDuplicates();
    if (ids.isEmpty())
        return refusal({Fault::InvalidRequest, u"user_ids is needed"_s, {}});
    if (const auto admitted = desk.admitQuestion(caller, ids.size()); !admitted)
        return refusal(admitted.error());
    QList<RestRow> rows;
    for (const QString &id : std::as_const(ids)) {
        if (id == caller.userId)
            rows.append(own(caller));
        else if (const auto seen = view.see(caller.person, id))
            rows.append(outside(*seen));
    }
    return HttpResponse::json(200, userstatus::encodeRows(rows));
}

HttpResponse Routes::beat(const ApiRequest &request, const StatusCaller &caller)
{
    const auto heartbeat = desk.beat(caller, request.arguments.value(0));
    if (!heartbeat)
        return refusal(heartbeat.error());
    return HttpResponse::json(
        200, userstatus::encodeHeartbeat(heartbeat->success, heartbeat->nextSeconds));
}

//! Adds the routes one by one; each begins with the token.
class RouteAdder
{
public:
    RouteAdder(Router &router, std::shared_ptr<Routes> routes)
        : m_router(router)
        , m_routes(std::move(routes))
    {
    }

    using Handler = HttpResponse (Routes::*)(const ApiRequest &, const StatusCaller &);
    void add(const char *method, const char *pattern, Handler handler)
    {
        addAny(method, pattern,
            [handler](Routes &routes, const ApiRequest &request, const StatusCaller &caller) {
                return (routes.*handler)(request, caller);
            });
    }
    void addSetter(const char *pattern, RestStatus status)
    {
        addAny("PUT", pattern,
            [status](Routes &routes, const ApiRequest &request, const StatusCaller &caller) {
                return routes.setTo(request, caller, status);
            });
    }

private:
    template <typename Answer>
    void addAny(const char *method, const char *pattern, Answer answer)
    {
        // Open to the router, because refusals here have a form of their own.
        Route &route = m_router.add(method, pattern, RouteAccess::Open,
            ImmediateHandler([routes = m_routes, answer](const ApiRequest &request) {
                const auto caller = routes->callerOf(request.http.head);
                return caller ? answer(*routes, request, *caller) : refusal(caller.error());
            }));
        route.plan = [routes = m_routes](const RequestHead &head, const QStringList &) {
            return routes->plan(head);
        };
    }

    Router &m_router;
    std::shared_ptr<Routes> m_routes;
};

} // namespace

void addStatusRoutes(Router &router, StatusDesk &desk, const StatusView &view)
{
    RouteAdder adder(router, std::make_shared<Routes>(Routes{desk, view}));
    adder.add("POST", "/api/v1/users/{}/status", &Routes::set);
    adder.add("GET", "/api/v1/users/{}/status", &Routes::get);
    adder.add("GET", "/api/v1/users/{}/status/public", &Routes::getPublic);
    adder.addSetter("/api/v1/users/{}/status/away", RestStatus::Away);
    adder.addSetter("/api/v1/users/{}/status/offline", RestStatus::Offline);
    adder.addSetter("/api/v1/users/{}/status/invisible", RestStatus::Invisible);
    adder.addSetter("/api/v1/users/{}/status/dnd", RestStatus::DoNotDisturb);
    adder.add("GET", "/api/v1/users/status", &Routes::getMany);
    adder.add("POST", "/api/v1/users/{}/heartbeat", &Routes::beat);
}

} // namespace presently::net
