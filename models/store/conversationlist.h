// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/events.h"
#include "models/store/liststore.h"

#include <QHash>

namespace presently {

//! \brief The conversations of the person who is signed in, in the order in which they came.
//!
//! Sorting, grouping and search are views of it (`models/items`).
//! Threading: the window's thread.
class ConversationList : public ListStore
{
    Q_OBJECT

public:
    using ListStore::ListStore;

    [[nodiscard]] int count() const override { return int(m_conversations.size()); }
    [[nodiscard]] const Conversation &at(int row) const { return m_conversations.at(row); }
    [[nodiscard]] const Conversation *find(const ConversationId &id) const;
    [[nodiscard]] int rowOf(const ConversationId &id) const; //!< -1: not there
    //! Unread messages of all that are neither muted nor archived.
    [[nodiscard]] int totalUnread() const { return m_totalUnread; }
    [[nodiscard]] bool isLoaded() const { return m_loaded; } //!< a complete list has been seen

    //! Applies only the differences; removes what is absent when \a event is complete.
    void apply(const ConversationListEvent &event);
    void upsert(const Conversation &conversation);
    void remove(const ConversationId &id);
    void apply(const ConversationChangedEvent &event);
    //! A live message: the preview, the time and, when \a countsAsUnread, the counter.
    //! False when it is not newer than what is known.
    bool noteMessage(const Message &message, const QString &senderName, bool countsAsUnread);
    void noteEdited(const Message &message);
    void noteDeleted(const ConversationId &id, const MessageId &message);
    void setUnread(const ConversationId &id, int unread);
    void clear();

Q_SIGNALS:
    void conversationAdded(const presently::ConversationId &id);
    void conversationChanged(const presently::ConversationId &id);
    void conversationRemoved(const presently::ConversationId &id);
    void totalUnreadChanged(int unread);
    void loadedChanged(bool loaded);

private:
    void replaceAt(int row, const Conversation &conversation);
    void reindexFrom(int row);
    void recount();

    QList<Conversation> m_conversations;
    QHash<ConversationId, int> m_rows;
    int m_totalUnread = 0;
    bool m_loaded = false;
};

} // namespace presently
