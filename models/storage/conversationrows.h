// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/storage/conversationrecords.h"

// Every read of a conversation has the columns that readConversation() expects, and nothing put
// together at run time.
#define CONVERSATION_COLUMNS                                                                       \
    "c.id, c.object_type, c.object_id, c.title, c.object_url, c.created_by, c.created_at, c.meta"
#define SELECT_CONVERSATIONS "SELECT " CONVERSATION_COLUMNS " FROM conversations c"

namespace presently {

class Statement;

[[nodiscard]] ConversationRecord readConversation(const Statement &row);
[[nodiscard]] Error unknownConversation();

} // namespace presently
