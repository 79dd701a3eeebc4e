// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/outboxtable.h"

#include "models/storage/cacherows.h"
#include "models/storage/statement.h"

#define SELECT_OUTBOX                                                                              \
    "SELECT key, conversation, content, reply_to, attachments, composed_at, failure,"              \
    " failure_field, failure_detail FROM outbox ORDER BY position"

namespace presently {
namespace {

OutgoingMessage readOutgoing(const Statement &row)
{
    OutgoingMessage message;
    message.key = IdempotencyKey{row.text(0)};
    message.conversation = ConversationId{row.text(1)};
    message.content = row.text(2);
    message.replyTo = row.optionalId<MessageId>(3);
    message.attachments = uploadsFromText(row.text(4));
    message.composedAt = row.time(5);
    if (!row.isNull(6)) {
        const auto code = storedEnum(row.integer(6), ErrorCode::Internal, ErrorCode::Internal);
        message.failure = Error{code, row.text(7), row.text(8), {}};
    }
    return message;
}

void bindFailure(Statement &statement, const std::optional<Error> &failure)
{
    statement.bind(failure ? std::optional(static_cast<int>(failure->code)) : std::nullopt);
    statement.bind(failure ? std::optional(failure->field) : std::nullopt);
    statement.bind(failure ? std::optional(failure->detail) : std::nullopt);
}

} // namespace

Expected<void, Error> OutboxTable::put(const OutgoingMessage &message)
{
    Statement upsert(m_sql,
        "INSERT INTO outbox (key, conversation, content, reply_to, attachments, composed_at,"
        " failure, failure_field, failure_detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET conversation = excluded.conversation,"
        " content = excluded.content, reply_to = excluded.reply_to,"
        " attachments = excluded.attachments, composed_at = excluded.composed_at,"
        " failure = excluded.failure, failure_field = excluded.failure_field,"
        " failure_detail = excluded.failure_detail");
    upsert.bind(message.key).bind(message.conversation).bind(message.content);
    upsert.bind(message.replyTo).bind(uploadsToText(message.attachments)).bind(message.composedAt);
    bindFailure(upsert, message.failure);
    return upsert.run();
}

Expected<void, Error> OutboxTable::remove(const IdempotencyKey &key)
{
    Statement statement(m_sql, "DELETE FROM outbox WHERE key = ?");
    return statement.bind(key).run();
}

Expected<void, Error> OutboxTable::setFailure(
    const IdempotencyKey &key, const std::optional<Error> &failure)
{
    Statement update(m_sql,
        "UPDATE outbox SET failure = ?, failure_field = ?, failure_detail = ? WHERE key = ?");
    bindFailure(update, failure);
    return update.bind(key).run();
}

Expected<QList<OutgoingMessage>, Error> OutboxTable::all() const
{
    Statement select(m_sql, SELECT_OUTBOX);
    return select.all(readOutgoing);
}

QList<OutgoingMessage> OutboxTable::rescue() const
{
    QList<OutgoingMessage> messages;
    Statement select(m_sql, SELECT_OUTBOX);
    // The failure is known already; what came before it is what can be had.
    std::ignore = select.each([&](const Statement &row) {
        OutgoingMessage message = readOutgoing(row);
        if (!message.key.isEmpty() && !message.conversation.isEmpty())
            messages.append(std::move(message));
    });
    return messages;
}

} // namespace presently
