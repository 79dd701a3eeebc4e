// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/message.h"

#include <QList>

// Every read of a message has the columns that readMessages() expects.
#define SELECT_MESSAGES                                                                            \
    "SELECT m.message, m.id, c.id, u.mtchat_id, m.kind, m.content, m.sent_at, m.edited_at,"        \
    " m.reply_to, EXISTS (SELECT 1 FROM attachments a WHERE a.message = m.message)"                \
    " FROM messages m JOIN conversations c USING (conversation)"                                   \
    " LEFT JOIN people u ON u.person = m.sender"

namespace presently {

class SqlConnection;
class Statement;

//! Reads all rows of \a select and the attachments of each.
[[nodiscard]] Expected<QList<Message>, Error> readMessages(SqlConnection &sql, Statement &select);
//! The only row of \a select; NotFound without one.
[[nodiscard]] Expected<Message, Error> readMessage(SqlConnection &sql, Statement &select);
[[nodiscard]] Error unknownMessage();

} // namespace presently
