// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/messagetable.h"

#include "models/core/uuid.h"
#include "models/storage/conversationrows.h"
#include "models/storage/messagerows.h"
#include "models/storage/searchwords.h"
#include "models/storage/statement.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

// What a key of this sender has stored before.
Expected<std::optional<Message>, Error> findByKey(SqlConnection &sql, const NewMessage &message)
{
    if (!message.key || !message.sender)
        return std::optional<Message>();
    Statement select(sql, SELECT_MESSAGES " WHERE m.sender = ? AND m.idempotency_key = ?");
    const auto found = readMessages(sql, select.bind(message.sender).bind(message.key));
    if (!found)
        return Unexpected{found.error()};
    if (found->isEmpty())
        return std::optional<Message>();
    if (found->first().conversation != message.conversation) {
        return Unexpected{Error{
            ErrorCode::Conflict, u"idempotency_key"_s, u"was used in another conversation"_s, {}}};
    }
    return std::optional(found->first());
}

Expected<void, Error> checkReply(SqlConnection &sql, const NewMessage &message)
{
    if (!message.replyTo)
        return {};
    Statement select(sql,
        "SELECT 1 FROM messages m JOIN conversations c USING (conversation)"
        " WHERE m.id = ? AND c.id = ?");
    select.bind(message.replyTo).bind(message.conversation);
    const auto found = select.first([](const Statement &row) { return row.integer(0); });
    if (!found)
        return Unexpected{found.error()};
    if (!*found) {
        return Unexpected{
            Error{ErrorCode::InvalidField, u"reply_to"_s, u"a message of this conversation"_s, {}}};
    }
    return {};
}

Expected<qint64, Error> insertMessage(
    SqlConnection &sql, const NewMessage &message, const MessageId &id)
{
    Statement insert(sql,
        "INSERT INTO messages (id, conversation, sender, kind, content, plain_text, sent_at,"
        " reply_to, idempotency_key)"
        " SELECT ?, conversation, ?, ?, ?, ?, ?, ?, ? FROM conversations WHERE id = ?");
    insert.bind(id).bind(message.sender).bind(static_cast<int>(message.kind));
    insert.bind(message.content).bind(indexedText(message.plainText)).bind(message.sentAt);
    insert.bind(message.replyTo).bind(message.key).bind(message.conversation);
    if (auto done = insert.run(); !done)
        return Unexpected{done.error()};
    if (insert.changedRows() == 0)
        return Unexpected{unknownConversation()};
    return insert.insertedKey();
}

Expected<void, Error> insertAttachments(SqlConnection &sql, qint64 message, const NewMessage &made)
{
    for (int position = 0; position < made.attachments.size(); ++position) {
        const NewAttachment &attachment = made.attachments.at(position);
        Statement insert(sql,
            "INSERT INTO attachments (id, message, position, storage_key, file_name, content_type,"
            " size) VALUES (?, ?, ?, ?, ?, ?, ?)");
        insert.bind(makeUuidV7(made.sentAt)).bind(message).bind(position);
        insert.bind(attachment.storageKey).bind(attachment.fileName).bind(attachment.contentType);
        if (auto done = insert.bind(attachment.size).run(); !done)
            return done;
    }
    return {};
}

// The sender has read what they send; for the others there is one more, unless it is only a note of
// the system's.
Expected<void, Error> count(SqlConnection &sql, const NewMessage &message, const MessageId &id)
{
    if (message.kind == MessageKind::User) {
        Statement others(sql,
            "UPDATE participants SET unread = unread + 1, unread_shown = unread_shown + 1"
            " WHERE conversation = (SELECT conversation FROM conversations WHERE id = ?)"
            " AND person IS NOT ?");
        if (auto done = others.bind(message.conversation).bind(message.sender).run(); !done)
            return done;
    }
    Statement own(sql,
        "UPDATE participants SET unread = 0, last_read = $1, unread_shown = 0, last_read_shown = $1"
        " WHERE conversation = (SELECT conversation FROM conversations WHERE id = $2)"
        " AND person = $3");
    return own.bind(id).bind(message.conversation).bind(message.sender).run();
}

Expected<QList<PersonKey>, Error> unarchive(SqlConnection &sql, const ConversationId &conversation)
{
    Statement update(sql,
        "UPDATE participants SET archived = 0 WHERE archived = 1 AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?) RETURNING person");
    return update.bind(conversation).all([](const Statement &row) { return row.person(0); });
}

// The sender of a message, to see whether somebody may change it.
Expected<void, Error> checkSender(SqlConnection &sql, const ConversationId &conversation,
    const MessageId &message, PersonKey person)
{
    Statement select(sql,
        "SELECT m.sender IS ? FROM messages m JOIN conversations c USING (conversation)"
        " WHERE c.id = ? AND m.id = ?");
    const auto own
        = select.bind(person).bind(conversation).bind(message).first([](const Statement &row) {
              return row.boolean(0);
          });
    if (!own)
        return Unexpected{own.error()};
    if (!*own)
        return Unexpected{unknownMessage()};
    if (!**own)
        return Unexpected{Error{ErrorCode::Forbidden, u"message"_s, u"not its sender"_s, {}}};
    return {};
}

} // namespace

Expected<StoredMessage, Error> MessageTable::add(const NewMessage &message)
{
    Transaction transaction(m_sql);
    if (auto begun = transaction.begun(); !begun)
        return Unexpected{begun.error()};
    const auto known = findByKey(m_sql, message);
    if (!known)
        return Unexpected{known.error()};
    if (*known)
        return StoredMessage{**known, false, {}};
    if (auto valid = checkReply(m_sql, message); !valid)
        return Unexpected{valid.error()};

    const MessageId id = message.id.value_or(MessageId{makeUuidV7(message.sentAt)});
    const auto row = insertMessage(m_sql, message, id);
    if (!row)
        return Unexpected{row.error()};
    if (auto done = insertAttachments(m_sql, *row, message); !done)
        return Unexpected{done.error()};
    if (auto done = count(m_sql, message, id); !done)
        return Unexpected{done.error()};
    const auto unarchived = unarchive(m_sql, message.conversation);
    if (!unarchived)
        return Unexpected{unarchived.error()};
    const auto stored = find(message.conversation, id);
    if (!stored)
        return Unexpected{stored.error()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return StoredMessage{*stored, true, *unarchived};
}

Expected<Message, Error> MessageTable::find(
    const ConversationId &conversation, const MessageId &message) const
{
    Statement select(m_sql, SELECT_MESSAGES " WHERE c.id = ? AND m.id = ?");
    return readMessage(m_sql, select.bind(conversation).bind(message));
}

Expected<Message, Error> MessageTable::edit(const ConversationId &conversation,
    const MessageId &message, PersonKey editor, const QString &content, const QString &plainText,
    WallTime now)
{
    Transaction transaction(m_sql);
    if (auto allowed = checkSender(m_sql, conversation, message, editor); !allowed)
        return Unexpected{allowed.error()};
    Statement keep(m_sql,
        "INSERT INTO revisions (message, content, replaced_at)"
        " SELECT message, content, ? FROM messages WHERE id = ?");
    if (auto done = keep.bind(now).bind(message).run(); !done)
        return Unexpected{done.error()};
    Statement update(
        m_sql, "UPDATE messages SET content = ?, plain_text = ?, edited_at = ? WHERE id = ?");
    update.bind(content).bind(indexedText(plainText)).bind(now).bind(message);
    if (auto done = update.run(); !done)
        return Unexpected{done.error()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return find(conversation, message);
}

Expected<QStringList, Error> MessageTable::remove(
    const ConversationId &conversation, const MessageId &message, PersonKey remover)
{
    Transaction transaction(m_sql);
    if (auto allowed = checkSender(m_sql, conversation, message, remover); !allowed)
        return Unexpected{allowed.error()};
    Statement files(m_sql,
        "SELECT storage_key FROM attachments a JOIN messages m USING (message) WHERE m.id = ?"
        " AND NOT EXISTS (SELECT 1 FROM attachments o"
        " WHERE o.storage_key = a.storage_key AND o.message <> a.message)");
    const auto keys = files.bind(message).all([](const Statement &row) { return row.text(0); });
    if (!keys)
        return Unexpected{keys.error()};
    for (const Sql sql : {Sql("UPDATE messages SET reply_to = NULL WHERE reply_to = ?"),
             Sql("UPDATE participants SET last_read = NULL WHERE last_read = ?"),
             Sql("UPDATE participants SET last_read_shown = NULL WHERE last_read_shown = ?"),
             Sql("DELETE FROM messages WHERE id = ?")}) {
        if (auto done = Statement(m_sql, sql).bind(message).run(); !done)
            return Unexpected{done.error()};
    }
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return QStringList(*keys);
}

Expected<QList<MessageRevision>, Error> MessageTable::revisions(const MessageId &message) const
{
    Statement select(m_sql,
        "SELECT r.content, r.replaced_at FROM revisions r JOIN messages m USING (message)"
        " WHERE m.id = ? ORDER BY r.rowid");
    return select.bind(message).all([](const Statement &row) {
        return MessageRevision{row.text(0), row.time(1)};
    });
}

Expected<AttachmentRecord, Error> MessageTable::attachment(const AttachmentId &id) const
{
    Statement select(m_sql,
        "SELECT a.id, a.file_name, a.content_type, a.size, a.storage_key, c.id, m.id"
        " FROM attachments a JOIN messages m USING (message)"
        " JOIN conversations c USING (conversation) WHERE a.id = ?");
    const auto found = select.bind(id).first([](const Statement &row) {
        return AttachmentRecord{
            {AttachmentId{row.text(0)}, row.text(1), row.text(2), row.integer(3), {}}, row.text(4),
            ConversationId{row.text(5)}, MessageId{row.text(6)}};
    });
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{Error{ErrorCode::NotFound, u"attachment"_s, {}, {}}};
    return **found;
}

} // namespace presently
