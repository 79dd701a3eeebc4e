// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/conversationlist.h"

#include <QSet>

namespace presently {

const Conversation *ConversationList::find(const ConversationId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_conversations.at(row);
}

int ConversationList::rowOf(const ConversationId &id) const
{
    return m_rows.value(id, -1);
}

void ConversationList::apply(const ConversationListEvent &event)
{
    QSet<ConversationId> seen;
    for (const Conversation &conversation : event.conversations) {
        seen.insert(conversation.id);
        upsert(conversation);
    }
    if (!event.complete)
        return;
    for (int row = count() - 1; row >= 0; --row) {
        if (const ConversationId id = m_conversations.at(row).id; !seen.contains(id))
            remove(id);
    }
    if (!m_loaded) {
        m_loaded = true;
        Q_EMIT loadedChanged(true);
    }
}

void ConversationList::upsert(const Conversation &conversation)
{
    if (const int row = rowOf(conversation.id); row >= 0) {
        replaceAt(row, conversation);
        return;
    }
    const int row = count();
    Q_EMIT aboutToInsert(row, row);
    m_conversations.append(conversation);
    m_rows.insert(conversation.id, row);
    Q_EMIT inserted(row, row);
    recount();
    Q_EMIT conversationAdded(conversation.id);
}

void ConversationList::remove(const ConversationId &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Q_EMIT aboutToRemove(row, row);
    m_conversations.removeAt(row);
    m_rows.remove(id);
    reindexFrom(row);
    Q_EMIT removed(row, row);
    recount();
    Q_EMIT conversationRemoved(id);
}

void ConversationList::apply(const ConversationChangedEvent &event)
{
    const int row = rowOf(event.conversation);
    if (row < 0)
        return;
    Conversation conversation = m_conversations.at(row);
    conversation.isPinned = event.pinned.value_or(conversation.isPinned);
    conversation.isMuted = event.muted.value_or(conversation.isMuted);
    conversation.isArchived = event.archived.value_or(conversation.isArchived);
    conversation.unreadCount = event.unreadCount.value_or(conversation.unreadCount);
    replaceAt(row, conversation);
}

bool ConversationList::noteMessage(
    const Message &message, const QString &senderName, bool countsAsUnread)
{
    const int row = rowOf(message.conversation);
    if (row < 0)
        return true;
    Conversation conversation = m_conversations.at(row);
    // An older message may come late; the same one comes twice after a resume.
    if (conversation.lastMessage && !(conversation.lastMessage->id < message.id))
        return false;
    conversation.lastMessage = MessagePreview{
        message.id, message.sender, senderName, message.kind, message.content, message.sentAt};
    conversation.lastMessageAt = message.sentAt;
    if (countsAsUnread)
        ++conversation.unreadCount;
    replaceAt(row, conversation);
    return true;
}

void ConversationList::noteEdited(const Message &message)
{
    const int row = rowOf(message.conversation);
    if (row < 0 || !m_conversations.at(row).lastMessage
        || m_conversations.at(row).lastMessage->id != message.id)
        return;
    Conversation conversation = m_conversations.at(row);
    conversation.lastMessage->content = message.content;
    replaceAt(row, conversation);
}

void ConversationList::noteDeleted(const ConversationId &id, const MessageId &message)
{
    const int row = rowOf(id);
    if (row < 0 || !m_conversations.at(row).lastMessage
        || m_conversations.at(row).lastMessage->id != message)
        return;
    Conversation conversation = m_conversations.at(row);
    conversation.lastMessage.reset();
    replaceAt(row, conversation);
}

void ConversationList::setUnread(const ConversationId &id, int unread)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Conversation conversation = m_conversations.at(row);
    conversation.unreadCount = unread;
    replaceAt(row, conversation);
}

void ConversationList::clear()
{
    Q_EMIT aboutToReset();
    m_conversations.clear();
    m_rows.clear();
    Q_EMIT wasReset();
    recount();
    if (m_loaded) {
        m_loaded = false;
        Q_EMIT loadedChanged(false);
    }
}

void ConversationList::replaceAt(int row, const Conversation &conversation)
{
    if (m_conversations.at(row) == conversation)
        return;
    m_conversations[row] = conversation;
    Q_EMIT changed(row, row);
    recount();
    Q_EMIT conversationChanged(conversation.id);
}

void ConversationList::reindexFrom(int row)
{
    for (int i = row; i < count(); ++i)
        m_rows.insert(m_conversations.at(i).id, i);
}

void ConversationList::recount()
{
    int total = 0;
    for (const Conversation &conversation : std::as_const(m_conversations)) {
        if (conversation.isMember && !conversation.isMuted && !conversation.isArchived)
            total += conversation.unreadCount;
    }
    if (total == m_totalUnread)
        return;
    m_totalUnread = total;
    Q_EMIT totalUnreadChanged(total);
}

} // namespace presently
