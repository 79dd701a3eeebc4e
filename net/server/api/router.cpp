// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/router.h"

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto AnySegment = "{}"_L1;
constexpr auto RestOfPath = "{...}"_L1;

//! How exactly \a pattern fits; higher is better, none: not at all.
struct Fit {
    int literals = 0;
    QStringList arguments;
};

std::optional<Fit> fit(const QStringList &pattern, const QStringList &segments)
{
    Fit found;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == RestOfPath) {
            if (segments.size() <= i)
                return std::nullopt;
            found.arguments.append(segments.mid(i).join(u'/'));
            return found;
        }
        if (i >= segments.size())
            return std::nullopt;
        if (pattern[i] == AnySegment)
            found.arguments.append(segments[i]);
        else if (pattern[i] == segments[i])
            ++found.literals;
        else
            return std::nullopt;
    }
    if (segments.size() != pattern.size())
        return std::nullopt;
    return found;
}

HttpResponse withoutBody(int status)
{
    HttpResponse response;
    response.status = status;
    return response;
}

} // namespace

Route &Router::add(
    const char *method, const char *pattern, RouteAccess access, RouteHandler handler)
{
    m_routes.push_back(
        {method, QString::fromLatin1(pattern).mid(1).split(u'/'), access, std::move(handler), {}});
    return m_routes.back();
}

Route &Router::add(
    const char *method, const char *pattern, RouteAccess access, ImmediateHandler handler)
{
    return add(method, pattern, access,
        RouteHandler([handler = std::move(handler)](const ApiRequest &request,
                         const Responder &responder) { responder.respond(handler(request)); }));
}

std::variant<Router::Match, HttpResponse> Router::match(const HttpHead &head) const
{
    const QByteArray method = head.method == "HEAD" ? QByteArray("GET") : head.method;
    const Route *best = nullptr;
    Fit bestFit;
    QByteArrayList otherMethods;
    for (const Route &route : m_routes) {
        std::optional<Fit> found = fit(route.pattern, head.segments);
        if (!found)
            continue;
        if (route.method != method) {
            if (!otherMethods.contains(route.method))
                otherMethods.append(route.method);
            continue;
        }
        if (!best || found->literals > bestFit.literals) {
            best = &route;
            bestFit = *std::move(found);
        }
    }
    if (best)
        return Match{best, bestFit.arguments};
    if (otherMethods.isEmpty())
        return withoutBody(404);
    HttpResponse response = withoutBody(405);
    response.headers.add("Allow", otherMethods.join(", "));
    return response;
}

} // namespace presently::net
