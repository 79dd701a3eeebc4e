// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/storage/cacheconversations.h"
#include "models/storage/cachefacts.h"
#include "models/storage/cachepeople.h"
#include "models/storage/messageruns.h"
#include "models/storage/outboxtable.h"
#include "models/storage/waitingtable.h"

namespace presently {

//! \brief What stands in a client's cache, whatever kind of database it is in.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection and the clock.
//! Threading: the connection's thread.
class CacheContent
{
public:
    CacheContent(SqlConnection &connection, const Clock &clock, int messagesPerConversation);

    [[nodiscard]] OutboxTable &outbox() { return m_outbox; }
    [[nodiscard]] MessageRuns &messages() { return m_messages; }
    [[nodiscard]] WaitingTable &waiting() { return m_waiting; }

    [[nodiscard]] Expected<void, Error> apply(const Event &event);
    [[nodiscard]] Expected<QList<Event>, Error> load(int messagesPerConversation) const;
    [[nodiscard]] Expected<std::optional<WallTime>, Error> presenceAsOf() const;
    [[nodiscard]] Expected<void, Error> setPresenceAsOf(WallTime time);
    //! Notes that what is known was true until now, when the link still stands.
    [[nodiscard]] Expected<void, Error> noteClosing();

    [[nodiscard]] Expected<QString, Error> value(const QString &name) const;
    [[nodiscard]] Expected<void, Error> setValue(const QString &name, const QString &value);
    //! All of them, as far as they can be read.
    [[nodiscard]] QList<std::pair<QString, QString>> rescueValues() const;

private:
    [[nodiscard]] Expected<void, Error> on(const SignedInEvent &event);
    [[nodiscard]] Expected<void, Error> on(const SignedOutEvent &event);
    [[nodiscard]] Expected<void, Error> on(const LinkChangedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const PresenceChangedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const PresenceSnapshotEvent &event);
    [[nodiscard]] Expected<void, Error> on(const OwnIntentEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ConversationListEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ConversationUpsertedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ConversationRemovedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ConversationChangedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const RosterEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ParticipantsEvent &event);
    [[nodiscard]] Expected<void, Error> on(const ParticipantLeftEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessagePageEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageAddedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageEditedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageDeletedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageReadEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageSentEvent &event);
    [[nodiscard]] Expected<void, Error> on(const MessageFailedEvent &event);
    [[nodiscard]] Expected<void, Error> on(const CommandFailedEvent &event);
    //! Whatever else there is passes.
    template <typename Other>
    [[nodiscard]] Expected<void, Error> on(const Other &)
    {
        return {};
    }

    [[nodiscard]] Expected<void, Error> clearAll();
    [[nodiscard]] Expected<UserId, Error> self() const;
    [[nodiscard]] Expected<std::optional<SignedInEvent>, Error> signedIn() const;
    [[nodiscard]] Expected<Intent, Error> ownIntent() const;
    [[nodiscard]] Expected<void, Error> loadConversations(
        QList<Event> &events, int messagesPerConversation) const;
    [[nodiscard]] Expected<void, Error> loadPeople(QList<Event> &events) const;

    SqlConnection &m_sql;
    const Clock &m_clock;
    OutboxTable m_outbox;
    WaitingTable m_waiting;
    CacheFacts m_facts;
    CachePeople m_people;
    CacheConversations m_conversations;
    MessageRuns m_messages;
    bool m_isOnline = false;
};

} // namespace presently
