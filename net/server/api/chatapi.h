// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently::net {

struct ApiContext;
class Router;

//! \file
//! The routes of the REST API: net/README.md, "REST". \a context must outlive the router.

//! Conversations, messages, files, people and search, for somebody who is signed in.
void addChatRoutes(Router &router, ApiContext &context);
//! Conversations and people, for the holder of the admin token.
void addManagementRoutes(Router &router, ApiContext &context);

} // namespace presently::net
