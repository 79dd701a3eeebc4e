// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/expected.h"

#include <QList>

namespace presently {

class SqlConnection;

//! \brief The list of conversations and who is in them, in a client's cache.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class CacheConversations
{
public:
    explicit CacheConversations(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    [[nodiscard]] Expected<void, Error> apply(const ConversationListEvent &event);
    [[nodiscard]] Expected<void, Error> upsert(const Conversation &conversation);
    [[nodiscard]] Expected<void, Error> remove(const ConversationId &id);
    [[nodiscard]] Expected<void, Error> change(const ConversationChangedEvent &event);
    [[nodiscard]] Expected<void, Error> setParticipants(
        const ConversationId &id, const QList<Participant> &participants);
    [[nodiscard]] Expected<void, Error> removeParticipant(
        const ConversationId &id, const UserId &user);
    //! A live message: the preview, the time and, unless it is \a self's own, the counter.
    [[nodiscard]] Expected<void, Error> noteMessage(const Message &message, const UserId &self);
    [[nodiscard]] Expected<void, Error> noteEdited(const Message &message);
    [[nodiscard]] Expected<void, Error> noteRead(const MessageReadEvent &event, const UserId &self);

    //! With the participants that are known.
    [[nodiscard]] Expected<QList<Conversation>, Error> all() const;
    //! The conversations whose whole list of participants is known.
    [[nodiscard]] Expected<QList<ConversationId>, Error> withAllParticipants() const;
    [[nodiscard]] Expected<QList<Participant>, Error> participants(const ConversationId &id) const;

private:
    [[nodiscard]] Expected<void, Error> replaceParticipants(
        const ConversationId &id, const QList<Participant> &participants);

    SqlConnection &m_sql;
};

} // namespace presently
