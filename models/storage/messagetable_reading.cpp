// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/conversationrows.h"
#include "models/storage/messagerows.h"
#include "models/storage/messagetable.h"
#include "models/storage/searchwords.h"
#include "models/storage/statement.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

using Placement = PageRequest::Placement;

// In the order of the index, newest first; the caller turns them round.
Expected<QList<Message>, Error> newestBefore(SqlConnection &sql, const ConversationId &conversation,
    const std::optional<MessageId> &before, int limit)
{
    Statement select(sql,
        SELECT_MESSAGES " WHERE c.id = $1 AND ($2 IS NULL OR m.id < $2)"
                        " ORDER BY m.id DESC LIMIT $3");
    auto messages = readMessages(sql, select.bind(conversation).bind(before).bind(limit));
    if (messages)
        std::ranges::reverse(*messages);
    return messages;
}

Expected<QList<Message>, Error> oldestFrom(SqlConnection &sql, const ConversationId &conversation,
    const MessageId &anchor, bool withAnchor, int limit)
{
    Statement select(sql,
        SELECT_MESSAGES " WHERE c.id = $1 AND (m.id > $2 OR ($3 AND m.id = $2))"
                        " ORDER BY m.id LIMIT $4");
    return readMessages(sql, select.bind(conversation).bind(anchor).bind(withAnchor).bind(limit));
}

Expected<void, Error> fillAround(
    SqlConnection &sql, MessagePage &page, const PageRequest &request, int limit)
{
    const int half = std::max(limit / 2, 1);
    auto before = newestBefore(sql, page.conversation, request.anchor, half);
    if (!before)
        return Unexpected{before.error()};
    const auto from = oldestFrom(sql, page.conversation, request.anchor, true, half + 1);
    if (!from)
        return Unexpected{from.error()};
    page.hasMoreBefore = before->size() >= half;
    page.hasMoreAfter = from->size() >= half + 1;
    page.messages = *before + *from;
    return {};
}

Expected<void, Error> fill(SqlConnection &sql, MessagePage &page, const PageRequest &request)
{
    const int limit = std::clamp(request.limit, 1, MessageTable::MaximumPage);
    if (request.placement == Placement::Around)
        return fillAround(sql, page, request, limit);
    if (request.placement == Placement::After) {
        const auto messages = oldestFrom(sql, page.conversation, request.anchor, false, limit);
        if (!messages)
            return Unexpected{messages.error()};
        page.messages = *messages;
        page.hasMoreBefore = true;
        page.hasMoreAfter = messages->size() >= limit;
        return {};
    }
    const auto before
        = request.placement == Placement::Before ? std::optional(request.anchor) : std::nullopt;
    const auto messages = newestBefore(sql, page.conversation, before, limit);
    if (!messages)
        return Unexpected{messages.error()};
    page.messages = *messages;
    page.hasMoreBefore = messages->size() >= limit;
    return {};
}

// The first message later than the one that was read last; whoever has read nothing starts with the
// page.
Expected<std::optional<MessageId>, Error> firstUnread(
    SqlConnection &sql, const MessagePage &page, PersonKey reader)
{
    Statement select(sql,
        "SELECT p.last_read, (SELECT min(m.id) FROM messages m"
        " WHERE m.conversation = p.conversation AND m.id > p.last_read)"
        " FROM conversations c JOIN participants p USING (conversation)"
        " WHERE c.id = ? AND p.person = ?");
    const auto row = select.bind(page.conversation).bind(reader).first([](const Statement &read) {
        return std::pair(read.optionalId<MessageId>(0), read.optionalId<MessageId>(1));
    });
    if (!row)
        return Unexpected{row.error()};
    if (!*row)
        return std::optional<MessageId>();
    const auto &[lastRead, next] = **row;
    if (lastRead)
        return next;
    return page.messages.isEmpty() ? std::nullopt : std::optional(page.messages.first().id);
}

} // namespace

Expected<MessagePage, Error> MessageTable::page(const ConversationId &conversation,
    const PageRequest &request, std::optional<PersonKey> reader) const
{
    MessagePage page;
    page.conversation = conversation;
    if (auto done = fill(m_sql, page, request); !done)
        return Unexpected{done.error()};
    if (!reader || request.placement == Placement::Around)
        return page;
    const auto unread = firstUnread(m_sql, page, *reader);
    if (!unread)
        return Unexpected{unread.error()};
    page.firstUnread = *unread;
    return page;
}

Expected<void, Error> MessageTable::markRead(const ConversationId &conversation, PersonKey person,
    const MessageId &message, ReadVisibility visibility)
{
    Transaction transaction(m_sql);
    if (auto known = find(conversation, message); !known)
        return Unexpected{known.error()};
    Statement update(m_sql,
        "UPDATE participants SET unread = 0, last_read = $1,"
        " unread_shown = CASE $2 WHEN 1 THEN 0 ELSE unread_shown END,"
        " last_read_shown = CASE $2 WHEN 1 THEN $1 ELSE last_read_shown END"
        " WHERE person = ? AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    update.bind(message).bind(visibility == ReadVisibility::Shown);
    if (auto done = update.bind(person).bind(conversation).run(); !done)
        return done;
    if (update.changedRows() == 0)
        return Unexpected{Error{ErrorCode::NotFound, u"participant"_s, {}, {}}};
    return transaction.commit();
}

Expected<QList<std::pair<ConversationId, MessageId>>, Error> MessageTable::revealReads(
    PersonKey person)
{
    Transaction transaction(m_sql);
    Statement select(m_sql,
        "SELECT c.id, p.last_read FROM participants p JOIN conversations c USING (conversation)"
        " WHERE p.person = ? AND p.last_read IS NOT NULL"
        " AND p.last_read_shown IS NOT p.last_read");
    const auto changed = select.bind(person).all([](const Statement &row) {
        return std::pair(ConversationId{row.text(0)}, MessageId{row.text(1)});
    });
    if (!changed)
        return changed;
    Statement update(m_sql,
        "UPDATE participants SET unread_shown = unread, last_read_shown = last_read"
        " WHERE person = ?");
    if (auto done = update.bind(person).run(); !done)
        return Unexpected{done.error()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return changed;
}

Expected<QList<Message>, Error> MessageTable::search(
    PersonKey person, const QString &words, int limit) const
{
    const QString query = indexQuery(words);
    if (query.isEmpty())
        return QList<Message>();
    Statement select(m_sql,
        SELECT_MESSAGES " JOIN participants p ON p.conversation = m.conversation AND p.person = ?"
                        " WHERE m.message IN (SELECT rowid FROM message_words"
                        " WHERE message_words MATCH ?) ORDER BY m.id DESC LIMIT ?");
    select.bind(person).bind(query).bind(std::clamp(limit, 0, MaximumPage));
    return readMessages(m_sql, select);
}

} // namespace presently
