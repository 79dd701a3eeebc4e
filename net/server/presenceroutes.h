// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/server/serveroptions.h"

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class Authenticator;
class Hub;
class PresenceService;
class Router;

//! Presence of many, one's own wish, and why: net/README.md, "Presence". Everything borrowed must
//! outlive the router.
void addPresenceRoutes(Router &router, PresenceService &presence, Hub &hub,
    const Authenticator &authenticator, ServerDatabase &database, const ServerOptions &options,
    const Clock &clock);

} // namespace presently::net
