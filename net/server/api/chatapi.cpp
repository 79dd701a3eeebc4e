// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/chatapi.h"

#include "net/server/api/routes.h"

namespace presently::net {

void addChatRoutes(Router &router, ApiContext &context)
{
    addConversationRoutes(router, context);
    addParticipationRoutes(router, context);
    addMessageRoutes(router, context);
    addFileRoutes(router, context);
    addPeopleRoutes(router, context);
}

void addManagementRoutes(Router &router, ApiContext &context)
{
    addManagementConversationRoutes(router, context);
    addManagementPeopleRoutes(router, context);
}

} // namespace presently::net
