// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/healthroutes.h"

#include "net/server/api/router.h"
#include "net/server/apireply.h"

#include "presently_version.h"

namespace presently::net {

namespace {

HttpResponse health()
{
    return HttpResponse::json(
        200, "{\"status\":\"ok\",\"version\":\"" + QByteArray(PRESENTLY_VERSION) + "\"}");
}

HttpResponse ready(bool isReady)
{
    return isReady ? HttpResponse::json(200, "{\"status\":\"ready\"}")
                   : HttpResponse::json(503, "{\"status\":\"unavailable\"}");
}

} // namespace

void addHealthRoutes(
    Router &router, std::function<bool()> isReady, std::function<QByteArray()> figures)
{
    router.add("GET", "/health", RouteAccess::Open, [](const ApiRequest &) { return health(); });
    router.add("GET", "/health/ready", RouteAccess::Open,
        [isReady = std::move(isReady)](const ApiRequest &) { return ready(isReady()); });
    router.add(
        "GET", "/metrics", RouteAccess::Admin, [figures = std::move(figures)](const ApiRequest &) {
            HttpResponse response = plainReply(200, figures());
            response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            return response;
        });
}

} // namespace presently::net
