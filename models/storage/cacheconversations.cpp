// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cacheconversations.h"

#include "models/storage/cacherows.h"
#include "models/storage/statement.h"

#include <QSet>

namespace presently {
namespace {

Conversation readConversation(const Statement &row)
{
    Conversation conversation;
    conversation.id = ConversationId{row.text(0)};
    conversation.title = row.text(1);
    conversation.createdAt = row.time(2);
    conversation.participantCount = static_cast<int>(row.integer(3));
    conversation.unreadCount = static_cast<int>(row.integer(4));
    conversation.isMember = row.boolean(5);
    conversation.canJoin = row.boolean(6);
    conversation.isPinned = row.boolean(7);
    conversation.isMuted = row.boolean(8);
    conversation.isArchived = row.boolean(9);
    conversation.lastMessageAt = row.optionalTime(10);
    if (!row.isNull(11)) {
        conversation.lastMessage = MessagePreview{MessageId{row.text(11)}, UserId{row.text(12)},
            row.text(13), storedEnum(row.integer(14), MessageKind::System, MessageKind::User),
            row.text(15), row.time(16)};
    }
    return conversation;
}

Participant readParticipant(const Statement &row)
{
    Participant participant;
    participant.user = UserId{row.text(0)};
    participant.displayName = row.text(1);
    participant.company = row.text(2);
    participant.email = row.text(3);
    participant.phone = row.text(4);
    participant.joinedAs = storedEnum(row.integer(5), JoinedAs::Joined, JoinedAs::Participant);
    participant.joinedAt = row.time(6);
    participant.lastRead = row.optionalId<MessageId>(7);
    return participant;
}

void bindPreview(Statement &statement, const std::optional<MessagePreview> &preview)
{
    const auto bind
        = [&](auto &&value) { statement.bind(preview ? std::optional(value) : std::nullopt); };
    const MessagePreview shown = preview.value_or(MessagePreview());
    bind(shown.id);
    bind(shown.sender);
    bind(shown.senderName);
    bind(static_cast<int>(shown.kind));
    bind(shown.content);
    bind(shown.sentAt);
}

} // namespace

Expected<void, Error> CacheConversations::apply(const ConversationListEvent &event)
{
    QSet<ConversationId> present;
    for (const Conversation &conversation : event.conversations) {
        present.insert(conversation.id);
        if (auto done = upsert(conversation); !done)
            return done;
    }
    if (!event.complete)
        return {};
    Statement select(m_sql, "SELECT id FROM conversations");
    const auto known = select.all([](const Statement &row) { return ConversationId{row.text(0)}; });
    if (!known)
        return Unexpected{known.error()};
    for (const ConversationId &id : *known) {
        if (present.contains(id))
            continue;
        if (auto done = remove(id); !done)
            return done;
    }
    return {};
}

Expected<void, Error> CacheConversations::upsert(const Conversation &conversation)
{
    Statement statement(m_sql,
        "INSERT INTO conversations (id, title, created_at, participant_count, unread, member,"
        " can_join, pinned, muted, archived, last_message_at, last_id, last_sender,"
        " last_sender_name, last_kind, last_content, last_sent_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, created_at = excluded.created_at,"
        " participant_count = excluded.participant_count, unread = excluded.unread,"
        " member = excluded.member, can_join = excluded.can_join, pinned = excluded.pinned,"
        " muted = excluded.muted, archived = excluded.archived,"
        " last_message_at = excluded.last_message_at, last_id = excluded.last_id,"
        " last_sender = excluded.last_sender, last_sender_name = excluded.last_sender_name,"
        " last_kind = excluded.last_kind, last_content = excluded.last_content,"
        " last_sent_at = excluded.last_sent_at");
    statement.bind(conversation.id).bind(conversation.title).bind(conversation.createdAt);
    statement.bind(conversation.participantCount).bind(conversation.unreadCount);
    statement.bind(conversation.isMember).bind(conversation.canJoin).bind(conversation.isPinned);
    statement.bind(conversation.isMuted).bind(conversation.isArchived);
    statement.bind(conversation.lastMessageAt);
    bindPreview(statement, conversation.lastMessage);
    if (auto done = statement.run(); !done)
        return done;
    if (conversation.participants.isEmpty())
        return {};
    // A list tells names only; the whole list of people, once known, says more.
    Statement known(m_sql, "SELECT people_complete FROM conversations WHERE id = ?");
    const auto complete
        = known.bind(conversation.id).first([](const Statement &row) { return row.boolean(0); });
    if (!complete)
        return Unexpected{complete.error()};
    return complete->value_or(false)
        ? Expected<void, Error>()
        : replaceParticipants(conversation.id, conversation.participants);
}

Expected<void, Error> CacheConversations::remove(const ConversationId &id)
{
    for (const Sql sql : {Sql("DELETE FROM messages WHERE conversation = ?"),
             Sql("DELETE FROM participants WHERE conversation = ?"),
             Sql("DELETE FROM conversations WHERE id = ?")}) {
        if (auto done = Statement(m_sql, sql).bind(id).run(); !done)
            return done;
    }
    return {};
}

Expected<void, Error> CacheConversations::change(const ConversationChangedEvent &event)
{
    Statement update(m_sql,
        "UPDATE conversations SET pinned = coalesce(?, pinned), muted = coalesce(?, muted),"
        " archived = coalesce(?, archived), unread = coalesce(?, unread) WHERE id = ?");
    update.bind(event.pinned).bind(event.muted).bind(event.archived).bind(event.unreadCount);
    return update.bind(event.conversation).run();
}

Expected<void, Error> CacheConversations::setParticipants(
    const ConversationId &id, const QList<Participant> &participants)
{
    if (auto done = replaceParticipants(id, participants); !done)
        return done;
    Statement update(
        m_sql, "UPDATE conversations SET people_complete = 1, participant_count = ? WHERE id = ?");
    return update.bind(participants.size()).bind(id).run();
}

Expected<void, Error> CacheConversations::removeParticipant(
    const ConversationId &id, const UserId &user)
{
    Statement statement(m_sql, "DELETE FROM participants WHERE conversation = ? AND user = ?");
    if (auto done = statement.bind(id).bind(user).run(); !done)
        return done;
    Statement update(m_sql,
        "UPDATE conversations SET participant_count = max(participant_count - 1, 0) WHERE id = ?");
    return update.bind(id).run();
}

Expected<void, Error> CacheConversations::noteMessage(const Message &message, const UserId &self)
{
    const bool counts = message.kind == MessageKind::User && message.sender != self;
    Statement name(m_sql, "SELECT name FROM participants WHERE conversation = ? AND user = ?");
    const auto sender
        = name.bind(message.conversation).bind(message.sender).first([](const Statement &row) {
              return row.text(0);
          });
    if (!sender)
        return Unexpected{sender.error()};
    Statement update(m_sql,
        "UPDATE conversations SET last_message_at = ?, last_sender = ?, last_sender_name = ?,"
        " last_kind = ?, last_content = ?, last_sent_at = ?, unread = unread + ?,"
        " last_id = $8, archived = 0 WHERE id = ? AND coalesce(last_id, '') < $8");
    update.bind(message.sentAt).bind(message.sender).bind(sender->value_or(QString()));
    update.bind(static_cast<int>(message.kind)).bind(message.content).bind(message.sentAt);
    return update.bind(counts).bind(message.id).bind(message.conversation).run();
}

Expected<void, Error> CacheConversations::noteEdited(const Message &message)
{
    Statement update(
        m_sql, "UPDATE conversations SET last_content = ? WHERE id = ? AND last_id = ?");
    return update.bind(message.content).bind(message.conversation).bind(message.id).run();
}

Expected<void, Error> CacheConversations::noteRead(
    const MessageReadEvent &event, const UserId &self)
{
    Statement pointer(
        m_sql, "UPDATE participants SET last_read = ? WHERE conversation = ? AND user = ?");
    if (auto done = pointer.bind(event.lastRead).bind(event.conversation).bind(event.user).run();
        !done)
        return done;
    if (event.user != self)
        return {};
    Statement unread(m_sql, "UPDATE conversations SET unread = 0 WHERE id = ?");
    return unread.bind(event.conversation).run();
}

Expected<QList<Conversation>, Error> CacheConversations::all() const
{
    Statement select(m_sql,
        "SELECT id, title, created_at, participant_count, unread, member, can_join, pinned, muted,"
        " archived, last_message_at, last_id, last_sender, last_sender_name, last_kind,"
        " last_content, last_sent_at FROM conversations ORDER BY created_at DESC, id");
    auto conversations = select.all(readConversation);
    if (!conversations)
        return conversations;
    for (Conversation &conversation : *conversations) {
        const auto people = participants(conversation.id);
        if (!people)
            return Unexpected{people.error()};
        conversation.participants = *people;
    }
    return conversations;
}

Expected<QList<ConversationId>, Error> CacheConversations::withAllParticipants() const
{
    Statement select(m_sql, "SELECT id FROM conversations WHERE people_complete = 1");
    return select.all([](const Statement &row) { return ConversationId{row.text(0)}; });
}

Expected<QList<Participant>, Error> CacheConversations::participants(const ConversationId &id) const
{
    Statement select(m_sql,
        "SELECT user, name, company, email, phone, joined_as, joined_at, last_read"
        " FROM participants WHERE conversation = ? ORDER BY position, user");
    return select.bind(id).all(readParticipant);
}

Expected<void, Error> CacheConversations::replaceParticipants(
    const ConversationId &id, const QList<Participant> &participants)
{
    Statement clear(m_sql, "DELETE FROM participants WHERE conversation = ?");
    if (auto done = clear.bind(id).run(); !done)
        return done;
    for (int position = 0; position < participants.size(); ++position) {
        const Participant &participant = participants.at(position);
        Statement insert(m_sql,
            "INSERT OR REPLACE INTO participants (conversation, user, name, company, email, phone,"
            " joined_as, joined_at, last_read, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(id).bind(participant.user).bind(participant.displayName);
        insert.bind(participant.company).bind(participant.email).bind(participant.phone);
        insert.bind(static_cast<int>(participant.joinedAs)).bind(participant.joinedAt);
        if (auto done = insert.bind(participant.lastRead).bind(position).run(); !done)
            return done;
    }
    return {};
}

} // namespace presently
