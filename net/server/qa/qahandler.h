// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/router.h"

namespace presently::net {

//! \brief The door of the control port: whoever has the token and is no web page.
//!
//! Errors:    `{"error": words}` with 401, 403, 404 or 405.
//! Ownership: owns its routes.
//! Threading: the listener's thread.
class QaHandler final : public RequestHandler
{
public:
    explicit QaHandler(QByteArray token)
        : m_token(std::move(token))
    {
    }

    [[nodiscard]] Router &router() { return m_router; }

    [[nodiscard]] BodyPlan plan(const RequestHead &head) override;
    void handle(HttpRequest request, Responder responder) override;
    [[nodiscard]] WebSocketDecision upgrade(const RequestHead &head) override;
    [[nodiscard]] HttpResponse failure(int status, const QByteArray &reason) override;

private:
    [[nodiscard]] std::optional<HttpResponse> refuse(const RequestHead &head) const;
    [[nodiscard]] std::variant<Router::Match, HttpResponse> find(const RequestHead &head) const;

    const QByteArray m_token;
    Router m_router;
};

} // namespace presently::net
