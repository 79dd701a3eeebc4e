// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/store/liststore.h"

#include <QHash>

namespace presently {

//! \brief Who takes part in one conversation, in the order of joining, with how far each has read.
//!
//! Threading: the window's thread.
class ParticipantList : public ListStore
{
    Q_OBJECT

public:
    explicit ParticipantList(ConversationId conversation, QObject *parent = nullptr);

    [[nodiscard]] const ConversationId &conversation() const { return m_conversation; }
    [[nodiscard]] int count() const override { return int(m_participants.size()); }
    [[nodiscard]] const Participant &at(int row) const { return m_participants.at(row); }
    [[nodiscard]] const Participant *find(const UserId &user) const;
    [[nodiscard]] int rowOf(const UserId &user) const; //!< -1: not there
    [[nodiscard]] bool isLoaded() const { return m_loaded; } //!< the whole list has been seen

    //! Takes the server's list; read pointers never move backwards.
    void setParticipants(const QList<Participant> &participants);
    //! Some of the people, as a list of conversations tells; ignored once the whole list is known.
    void suggest(const QList<Participant> &participants);
    void remove(const UserId &user);
    void clear(); //!< as if never loaded
    //! Moves \a user's read pointer forward.
    void noteRead(const UserId &user, const MessageId &lastRead);
    //! Who among the others has read \a message.
    [[nodiscard]] QList<UserId> readersOf(const MessageId &message, const UserId &self) const;
    //! The furthest message that anybody but \a self has read.
    [[nodiscard]] std::optional<MessageId> readByOthersUpTo(const UserId &self) const;

Q_SIGNALS:
    void participantRemoved(const presently::UserId &user);
    void readPointerMoved(const presently::UserId &user);

private:
    void replaceAll(QList<Participant> participants);
    void reindexFrom(int row);

    ConversationId m_conversation;
    QList<Participant> m_participants;
    QHash<UserId, int> m_rows;
    bool m_loaded = false;
};

} // namespace presently
