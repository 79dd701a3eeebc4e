// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/router.h"
#include "net/server/dialect.h"
#include "net/server/originpolicy.h"
#include "net/server/ratelimiter.h"

#include <QMap>

namespace presently::net {

class Authenticator;
class Hub;

//! \brief What the listener calls: finds the route, checks who asks, and lets the route answer.
//!
//! Ownership: borrows everything.
//! Threading: the listener's thread.
class RequestDispatcher final : public RequestHandler
{
public:
    RequestDispatcher(const ServerOptions &options, const Router &router,
        const UpgradeRoutes &upgrades, const Authenticator &authenticator, Hub &hub,
        const Clock &clock);

    [[nodiscard]] BodyPlan plan(const RequestHead &head) override;
    void handle(HttpRequest request, Responder responder) override;
    [[nodiscard]] WebSocketDecision upgrade(const RequestHead &head) override;

    //! From now on everything is answered with 503 and a time to come back.
    void refuseEverything(Milliseconds retryAfter);
    //! Answers by status.
    [[nodiscard]] const QMap<int, quint64> &answers() const { return m_answers; }

private:
    [[nodiscard]] std::variant<Router::Match, HttpResponse> find(const RequestHead &head) const;
    [[nodiscard]] std::variant<std::optional<Caller>, HttpResponse> admit(
        const Route &route, const RequestHead &head) const;
    [[nodiscard]] HttpResponse unavailable() const;
    [[nodiscard]] std::optional<HttpResponse> refuseTooFast(
        const Route &route, const std::optional<Caller> &caller);
    [[nodiscard]] Responder decorated(const Responder &responder, const RequestHead &head);

    const ServerOptions &m_options;
    const Router &m_router;
    const UpgradeRoutes &m_upgrades;
    const Authenticator &m_authenticator;
    Hub &m_hub;
    OriginPolicy m_origins;
    RateLimiter m_messages;
    std::optional<Milliseconds> m_retryAfter; //!< set: going down
    QMap<int, quint64> m_answers;
};

} // namespace presently::net
