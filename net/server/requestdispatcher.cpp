// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/requestdispatcher.h"

#include "net/server/apireply.h"
#include "net/server/authenticator.h"
#include "net/server/callbackresponder.h"
#include "net/server/clientlink.h"
#include "net/server/hub.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList webSocketPath{u"api"_s, u"v1"_s, u"ws"_s};

//! A form that a page could send without asking first is not JSON.
bool hasForeignBody(const RequestHead &head)
{
    if (head.framing == BodyFraming::None)
        return false;
    const QByteArray type = head.headers.value("Content-Type").split(';').first().trimmed();
    const bool mayBeEmpty = head.framing == BodyFraming::Length && head.contentLength == 0;
    return !mayBeEmpty && type.toLower() != "application/json";
}

bool sendsMessage(const Route &route)
{
    return route.method == "POST" && route.pattern.endsWith("messages"_L1);
}

} // namespace

RequestDispatcher::RequestDispatcher(const ServerOptions &options, const Router &router,
    const UpgradeRoutes &upgrades, const Authenticator &authenticator, Hub &hub, const Clock &clock)
    : m_options(options)
    , m_router(router)
    , m_upgrades(upgrades)
    , m_authenticator(authenticator)
    , m_hub(hub)
    , m_origins(options.listener.allowedOrigins)
    , m_messages(clock, options.limits.messages)
{
}

void RequestDispatcher::refuseEverything(Milliseconds retryAfter)
{
    m_retryAfter = retryAfter;
}

HttpResponse RequestDispatcher::unavailable() const
{
    HttpResponse response = plainReply(503, "The server is going down");
    setRetryAfter(response, *m_retryAfter);
    return response;
}

std::variant<Router::Match, HttpResponse> RequestDispatcher::find(const RequestHead &head) const
{
    if (m_retryAfter)
        return unavailable();
    if (auto answer = m_origins.answer(head))
        return *std::move(answer);
    if (head.segments == webSocketPath)
        return plainReply(426, "Only for WebSockets");
    return m_router.match(head);
}

std::variant<std::optional<Caller>, HttpResponse> RequestDispatcher::admit(
    const Route &route, const RequestHead &head) const
{
    if (route.access == RouteAccess::Admin) {
        if (auto refused = m_authenticator.refuseAdmin(head))
            return *std::move(refused);
    }
    if (route.access != RouteAccess::Person)
        return std::optional<Caller>{};
    auto caller = m_authenticator.caller(head);
    if (auto *refused = std::get_if<HttpResponse>(&caller))
        return std::move(*refused);
    return std::optional(std::get<Caller>(std::move(caller)));
}

BodyPlan RequestDispatcher::plan(const RequestHead &head)
{
    const auto refuse = [this, &head](HttpResponse response) {
        m_origins.decorate(m_origins.acceptedOrigin(head), response);
        ++m_answers[response.status];
        return RefuseRequest{std::move(response)};
    };
    auto found = find(head);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return refuse(std::move(*refused));
    const auto &match = std::get<Router::Match>(found);
    auto admitted = admit(*match.route, head);
    if (auto *refused = std::get_if<HttpResponse>(&admitted))
        return refuse(std::move(*refused));
    if (match.route->plan) {
        BodyPlan plan = match.route->plan(head, match.arguments);
        if (auto *refused = std::get_if<RefuseRequest>(&plan))
            return refuse(std::move(refused->response));
        return plan;
    }
    if (hasForeignBody(head))
        return refuse(plainReply(415, "Expected application/json"));
    return BufferBody{m_options.listener.maxBodyBytes};
}

void RequestDispatcher::handle(HttpRequest request, Responder responder)
{
    const Responder answer = decorated(responder, request.head);
    auto found = find(request.head);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return answer.respond(std::move(*refused));
    auto &match = std::get<Router::Match>(found);
    auto admitted = admit(*match.route, request.head);
    if (auto *refused = std::get_if<HttpResponse>(&admitted))
        return answer.respond(std::move(*refused));
    ApiRequest call{std::move(request), std::move(match.arguments),
        std::get<std::optional<Caller>>(std::move(admitted))};
    if (auto refused = refuseTooFast(*match.route, call.caller))
        return answer.respond(*std::move(refused));
    match.route->handler(call, answer);
}

std::optional<HttpResponse> RequestDispatcher::refuseTooFast(
    const Route &route, const std::optional<Caller> &caller)
{
    if (!caller || !sendsMessage(route))
        return {};
    const Milliseconds wait = m_messages.take(QString::number(qint64(caller->person)));
    if (wait == Milliseconds::zero())
        return {};
    return errorReply({ErrorCode::RateLimited, {}, u"too many messages"_s, wait});
}

Responder RequestDispatcher::decorated(const Responder &responder, const RequestHead &head)
{
    return makeResponder(
        [this, responder, origin = m_origins.acceptedOrigin(head)](HttpResponse response) {
            m_origins.decorate(origin, response);
            ++m_answers[response.status];
            responder.respond(std::move(response));
        });
}

WebSocketDecision RequestDispatcher::upgrade(const RequestHead &head)
{
    if (m_retryAfter)
        return RefuseUpgrade{unavailable()};
    for (const UpgradeRoute &route : m_upgrades) {
        if (route.segments == head.segments)
            return route.decide(head);
    }
    if (head.segments != webSocketPath)
        return RefuseUpgrade{plainReply(404, "No WebSocket here")};
    auto found = m_authenticator.link(head);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return RefuseUpgrade{std::move(*refused)};
    return AcceptUpgrade{
        std::make_unique<ClientLink>(m_hub, std::get<LinkIdentity>(std::move(found)))};
}

} // namespace presently::net
