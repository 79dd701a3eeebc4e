// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/messageruns.h"

#include "models/storage/cacherows.h"
#include "models/storage/statement.h"

#include <algorithm>

#define SELECT_RUN                                                                                 \
    "SELECT conversation, id, sender, kind, content, sent_at, edited_at, reply_to, attachments"    \
    " FROM messages WHERE conversation = ?"

namespace presently {
namespace {

Message readMessage(const Statement &row)
{
    Message message;
    message.conversation = ConversationId{row.text(0)};
    message.id = MessageId{row.text(1)};
    message.sender = UserId{row.text(2)};
    message.kind = storedEnum(row.integer(3), MessageKind::System, MessageKind::User);
    message.content = row.text(4);
    message.sentAt = row.time(5);
    message.lastEditedAt = row.optionalTime(6);
    message.replyTo = row.optionalId<MessageId>(7);
    message.attachments = attachmentsFromText(row.text(8));
    return message;
}

// Neither the order nor the conversation is taken on trust.
QList<Message> tidied(const MessagePage &page)
{
    QList<Message> messages = page.messages;
    messages.removeIf([&](const Message &message) {
        return message.conversation != page.conversation || message.id.isEmpty();
    });
    std::ranges::sort(messages, {}, [](const Message &message) { return message.id.value; });
    return messages;
}

} // namespace

Expected<void, Error> MessageRuns::apply(const MessagePageEvent &event)
{
    const ConversationId &conversation = event.page.conversation;
    MessagePageEvent tidy = event;
    tidy.page.messages = tidied(event.page);
    const auto run = bounds(conversation);
    if (!run)
        return Unexpected{run.error()};
    const Joining how = joining(*run, tidy);
    if (how == Joining::Ignore)
        return {};
    const bool isLatest = event.placement == PagePlacement::Latest;
    if ((isLatest || event.placement == PagePlacement::After) && !event.page.hasMoreAfter)
        m_live.insert(conversation);

    const QList<Message> &messages = tidy.page.messages;
    const MessageId first = messages.isEmpty() ? MessageId{} : messages.first().id;
    const bool replaces = how == Joining::Replace || run->count == 0;
    if (!messages.isEmpty()) {
        // What lies within the page and is not in it has been deleted.
        const MessageId from = replaces ? run->first : first;
        const MessageId to = replaces ? run->last : messages.last().id;
        if (auto done = clear(conversation, from, to); !done)
            return done;
        for (const Message &message : messages) {
            if (auto done = insert(message); !done)
                return done;
        }
    }
    const bool startsRun = replaces || messages.isEmpty() || !(run->first < first);
    if (startsRun && event.placement != PagePlacement::After) {
        if (auto done = setMoreBefore(conversation, event.page.hasMoreBefore); !done)
            return done;
    }
    return trim(conversation);
}

MessageRuns::Joining MessageRuns::joining(const Bounds &run, const MessagePageEvent &event)
{
    const MessagePage &page = event.page;
    const bool isLatest = event.placement == PagePlacement::Latest;
    if (isLatest)
        m_elsewhere.remove(page.conversation);
    if (run.count == 0)
        return isLatest ? Joining::Replace : Joining::Ignore;
    if (page.messages.isEmpty())
        return m_elsewhere.contains(page.conversation) ? Joining::Ignore : Joining::Merge;

    const MessageId &first = page.messages.first().id;
    const MessageId &last = page.messages.last().id;
    if (!(last < run.first) && !(run.last < first))
        return Joining::Merge;
    if (isLatest)
        return page.hasMoreBefore || last < run.first ? Joining::Replace : Joining::Merge;
    if (event.placement == PagePlacement::Around)
        m_elsewhere.insert(page.conversation);
    if (m_elsewhere.contains(page.conversation))
        return Joining::Ignore;
    if (event.placement == PagePlacement::Before)
        return last < run.first && run.count < m_limit ? Joining::Merge : Joining::Ignore;
    return run.last < first ? Joining::Merge : Joining::Ignore;
}

Expected<void, Error> MessageRuns::add(const Message &message)
{
    if (!m_live.contains(message.conversation))
        return {};
    if (auto done = insert(message); !done)
        return done;
    return trim(message.conversation);
}

Expected<void, Error> MessageRuns::edit(const Message &message)
{
    // The published server tells only the text and its time.
    Statement update(
        m_sql, "UPDATE messages SET content = ?, edited_at = ? WHERE conversation = ? AND id = ?");
    update.bind(message.content).bind(message.lastEditedAt).bind(message.conversation);
    return update.bind(message.id).run();
}

Expected<void, Error> MessageRuns::remove(
    const ConversationId &conversation, const MessageId &message)
{
    for (const Sql sql : {Sql("DELETE FROM messages WHERE conversation = ? AND id = ?"),
             Sql("UPDATE messages SET reply_to = NULL WHERE conversation = ? AND reply_to = ?")}) {
        if (auto done = Statement(m_sql, sql).bind(conversation).bind(message).run(); !done)
            return done;
    }
    return {};
}

void MessageRuns::linkLost()
{
    m_live.clear();
}

Expected<MessagePage, Error> MessageRuns::newest(
    const ConversationId &conversation, int limit) const
{
    Statement select(m_sql, SELECT_RUN " ORDER BY id DESC LIMIT ?");
    // One more than asked for, to know whether there is more.
    auto messages = select.bind(conversation).bind(std::max(limit, 0) + 1).all(readMessage);
    if (!messages)
        return Unexpected{messages.error()};
    Statement more(m_sql, "SELECT has_more_before FROM conversations WHERE id = ?");
    const auto hasMore
        = more.bind(conversation).first([](const Statement &row) { return row.boolean(0); });
    if (!hasMore)
        return Unexpected{hasMore.error()};
    const bool isCut = messages->size() > limit;
    if (isCut)
        messages->removeLast();
    std::ranges::reverse(*messages);
    return MessagePage{conversation, *messages, isCut || hasMore->value_or(true), true, {}};
}

Expected<QList<Message>, Error> MessageRuns::before(
    const ConversationId &conversation, const MessageId &anchor, int limit) const
{
    Statement select(m_sql, SELECT_RUN " AND id < ? ORDER BY id DESC LIMIT ?");
    auto messages
        = select.bind(conversation).bind(anchor).bind(std::max(limit, 0)).all(readMessage);
    if (messages)
        std::ranges::reverse(*messages);
    return messages;
}

Expected<MessageRuns::Bounds, Error> MessageRuns::bounds(const ConversationId &conversation) const
{
    Statement select(
        m_sql, "SELECT min(id), max(id), count(*) FROM messages WHERE conversation = ?");
    const auto row = select.bind(conversation).first([](const Statement &read) {
        return Bounds{
            MessageId{read.text(0)}, MessageId{read.text(1)}, static_cast<int>(read.integer(2))};
    });
    if (!row)
        return Unexpected{row.error()};
    return row->value_or(Bounds{});
}

Expected<void, Error> MessageRuns::clear(
    const ConversationId &conversation, const MessageId &first, const MessageId &last)
{
    Statement statement(
        m_sql, "DELETE FROM messages WHERE conversation = ? AND id BETWEEN ? AND ?");
    return statement.bind(conversation).bind(first).bind(last).run();
}

Expected<void, Error> MessageRuns::insert(const Message &message)
{
    Statement upsert(m_sql,
        "INSERT OR REPLACE INTO messages (conversation, id, sender, kind, content, sent_at,"
        " edited_at, reply_to, attachments) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    upsert.bind(message.conversation).bind(message.id).bind(message.sender);
    upsert.bind(static_cast<int>(message.kind)).bind(message.content).bind(message.sentAt);
    upsert.bind(message.lastEditedAt).bind(message.replyTo);
    return upsert.bind(attachmentsToText(message.attachments)).run();
}

Expected<void, Error> MessageRuns::setMoreBefore(const ConversationId &conversation, bool hasMore)
{
    Statement update(m_sql, "UPDATE conversations SET has_more_before = ? WHERE id = ?");
    return update.bind(hasMore).bind(conversation).run();
}

Expected<void, Error> MessageRuns::trim(const ConversationId &conversation)
{
    Statement statement(m_sql,
        "DELETE FROM messages WHERE conversation = $1 AND id <="
        " (SELECT id FROM messages WHERE conversation = $1 ORDER BY id DESC LIMIT 1 OFFSET ?)");
    if (auto done = statement.bind(conversation).bind(m_limit).run(); !done)
        return done;
    return statement.changedRows() > 0 ? setMoreBefore(conversation, true)
                                       : Expected<void, Error>();
}

} // namespace presently
