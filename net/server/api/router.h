// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"

#include <functional>
#include <variant>
#include <vector>

namespace presently::net {

//! \brief Who may call a route. The server checks it before it calls the handler.
enum class RouteAccess {
    Open, //!< anybody: health, sign-in, signed addresses of files
    Person, //!< somebody who is signed in; ApiRequest::caller is set
    Admin, //!< the holder of the admin token
};

//! Answers later, or from another thread's result.
using RouteHandler = std::function<void(const ApiRequest &request, const Responder &responder)>;
//! Answers at once.
using ImmediateHandler = std::function<HttpResponse(const ApiRequest &request)>;
//! What to do with the body before it comes; without one, JSON of the usual size is taken.
using RoutePlan = std::function<BodyPlan(const RequestHead &head, const QStringList &arguments)>;

struct Route {
    QByteArray method;
    QStringList pattern; //!< segments; "{}" matches any one, "{...}" the rest of the path
    RouteAccess access = RouteAccess::Person;
    RouteHandler handler;
    RoutePlan plan;
};

//! \brief Finds the handler of a path and method.
//!
//! Literal segments win over "{}", which wins over "{...}". HEAD is served by the handler of GET.
//! Errors:    a path that no route has: 404; a path with other methods only: 405 with `Allow`; both
//!            without a body, as the contract has it.
//! Ownership: owns its routes; the pointer in Match is good until the next add().
class Router
{
public:
    //! \a pattern as in "/api/v1/dialogs/{}/messages/{}".
    Route &add(const char *method, const char *pattern, RouteAccess access, RouteHandler handler);
    Route &add(
        const char *method, const char *pattern, RouteAccess access, ImmediateHandler handler);

    struct Match {
        const Route *route = nullptr;
        QStringList arguments;
    };
    [[nodiscard]] std::variant<Match, HttpResponse> match(const HttpHead &head) const;

private:
    std::vector<Route> m_routes;
};

} // namespace presently::net
