// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/router.h"
#include "net/server/dialect.h"
#include "net/server/ratelimiter.h"
#include "net/server/sessionservice.h"

#include <variant>

namespace presently::net {

class FriendsDialect;

//! \brief The REST side of `friends`: sign-in by cookies, and who is there.
//!
//! Errors:    as responses, in the two shapes of the contract (friends::Failure).
//! Ownership: borrows the dialect and the parts of \a context.
//! Threading: the server's thread.
class FriendsRoutes
{
public:
    FriendsRoutes(const DialectContext &context, FriendsDialect &dialect);

    void addTo(Router &router);

private:
    using Identity = SessionService::Identity;

    void signIn(const ApiRequest &request, const Responder &responder);
    [[nodiscard]] HttpResponse welcome(
        const Expected<mtchat::SessionGrant, Error> &grant, bool secure) const;
    [[nodiscard]] HttpResponse refresh(const ApiRequest &request);
    [[nodiscard]] HttpResponse signOut(const ApiRequest &request);
    [[nodiscard]] HttpResponse me(const ApiRequest &request);
    [[nodiscard]] HttpResponse onlineStatus(const ApiRequest &request);
    //! By the cookie, or else by the header.
    [[nodiscard]] std::variant<Identity, HttpResponse> caller(const HttpHead &head) const;
    [[nodiscard]] std::optional<HttpResponse> refuseTooFast(const Identity &who, const char *route);
    void addCookies(HttpResponse &response, const mtchat::SessionGrant &grant, bool secure) const;
    //! Any login is taken, also an address of mail.
    [[nodiscard]] QString loginOf(const QString &email) const;

    const DialectContext m_context;
    FriendsDialect &m_dialect;
    RateLimiter m_limit; //!< by person and route
};

} // namespace presently::net
