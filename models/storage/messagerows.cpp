// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/messagerows.h"

#include "models/storage/statement.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

struct MessageRow {
    qint64 row = 0;
    bool hasAttachments = false;
    Message message;
};

MessageRow readRow(const Statement &row)
{
    MessageRow read{row.integer(0), row.boolean(9), {}};
    Message &message = read.message;
    message.id = MessageId{row.text(1)};
    message.conversation = ConversationId{row.text(2)};
    message.sender = UserId{row.text(3)};
    message.kind = static_cast<MessageKind>(row.integer(4));
    message.content = row.text(5);
    message.sentAt = row.time(6);
    message.lastEditedAt = row.optionalTime(7);
    message.replyTo = row.optionalId<MessageId>(8);
    return read;
}

Expected<QList<Attachment>, Error> readAttachments(SqlConnection &sql, qint64 message)
{
    Statement select(sql,
        "SELECT id, file_name, content_type, size FROM attachments WHERE message = ?"
        " ORDER BY position");
    return select.bind(message).all([](const Statement &row) {
        return Attachment{AttachmentId{row.text(0)}, row.text(1), row.text(2), row.integer(3), {}};
    });
}

} // namespace

Expected<QList<Message>, Error> readMessages(SqlConnection &sql, Statement &select)
{
    const auto rows = select.all(readRow);
    if (!rows)
        return Unexpected{rows.error()};
    QList<Message> messages;
    messages.reserve(rows->size());
    for (const MessageRow &row : *rows) {
        messages.append(row.message);
        if (!row.hasAttachments)
            continue;
        const auto attachments = readAttachments(sql, row.row);
        if (!attachments)
            return Unexpected{attachments.error()};
        messages.last().attachments = *attachments;
    }
    return messages;
}

Expected<Message, Error> readMessage(SqlConnection &sql, Statement &select)
{
    auto messages = readMessages(sql, select);
    if (!messages)
        return Unexpected{messages.error()};
    if (messages->isEmpty())
        return Unexpected{unknownMessage()};
    return messages->first();
}

Error unknownMessage()
{
    return {ErrorCode::NotFound, u"message"_s, {}, {}};
}

} // namespace presently
