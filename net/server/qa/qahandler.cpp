// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qahandler.h"

#include "net/server/qa/qaanswers.h"
#include "net/server/tokenservice.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 maxBodyBytes = 8LL * 1024 * 1024; //!< a seed may come with a world

} // namespace

//! Programs send no Origin; a page of this machine's browser would, whatever it knows.
std::optional<HttpResponse> QaHandler::refuse(const RequestHead &head) const
{
    if (head.headers.contains("Origin"))
        return qaRefusal(403, u"Web pages may not use the control port"_s);
    if (equalSecrets(head.bearerToken(), m_token))
        return {};
    HttpResponse response = qaRefusal(
        401, u"Authorization: Bearer with the token that the server printed is needed"_s);
    response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

std::variant<Router::Match, HttpResponse> QaHandler::find(const RequestHead &head) const
{
    if (auto refused = refuse(head))
        return *std::move(refused);
    auto found = m_router.match(head);
    auto *missing = std::get_if<HttpResponse>(&found);
    if (!missing)
        return found;
    HttpResponse response = qaRefusal(missing->status,
        missing->status == 405 ? u"Not this method here"_s : u"There is no such route"_s);
    if (missing->headers.contains("Allow"))
        response.headers.add("Allow", missing->headers.value("Allow"));
    return response;
}

BodyPlan QaHandler::plan(const RequestHead &head)
{
    auto found = find(head);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return RefuseRequest{std::move(*refused)};
    return BufferBody{maxBodyBytes};
}

void QaHandler::handle(HttpRequest request, Responder responder)
{
    auto found = find(request.head);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return responder.respond(std::move(*refused));
    auto &match = std::get<Router::Match>(found);
    match.route->handler({std::move(request), std::move(match.arguments), {}}, responder);
}

WebSocketDecision QaHandler::upgrade(const RequestHead &)
{
    return RefuseUpgrade{qaRefusal(404, u"No WebSocket here"_s)};
}

HttpResponse QaHandler::failure(int status, const QByteArray &reason)
{
    return qaRefusal(status, QString::fromLatin1(reason));
}

} // namespace presently::net
