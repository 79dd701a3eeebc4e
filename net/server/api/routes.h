// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/router.h"

//! \file
//! The parts of the API, one file each; chatapi.h puts them together.

namespace presently::net {

void addConversationRoutes(Router &router, ApiContext &context); //!< lists, one, start
void addParticipationRoutes(Router &router, ApiContext &context); //!< join, leave, pin, read ...
void addMessageRoutes(Router &router, ApiContext &context);
void addFileRoutes(Router &router, ApiContext &context); //!< presign, put, get
void addPeopleRoutes(Router &router, ApiContext &context); //!< users, search
void addManagementConversationRoutes(Router &router, ApiContext &context);
void addManagementPeopleRoutes(Router &router, ApiContext &context);

} // namespace presently::net
