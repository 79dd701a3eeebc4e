// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class Authenticator;
class PresenceService;
class Router;
class SessionService;

//! Sign-in, one's own devices and the people one may see: net/README.md, "Sign-in". Everything
//! borrowed must outlive the router.
void addSessionRoutes(Router &router, SessionService &sessions, const Authenticator &authenticator,
    PresenceService &presence, ServerDatabase &database);

} // namespace presently::net
