// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QHash>

#include <vector>

namespace presently {

//! \brief Who may see whom: people who share a conversation, and contacts. Mutual.
//!
//! Pairs are not stored: a conversation of ten thousand people would be fifty million of them. A
//! change of membership costs O(log c) in the c conversations of that person; canSee() the merge of
//! two short sorted lists; viewersOf() one visit to each member of the person's conversations.
//!
//! Ownership: owns its lists.
//! Threading: one thread; viewersOf() uses a scratch mark and so is not const.
class VisibilityGraph
{
public:
    void addMember(const ConversationId &conversation, PersonKey person);
    void removeMember(const ConversationId &conversation, PersonKey person);
    void removeConversation(const ConversationId &conversation);
    void addContact(PersonKey one, PersonKey other);
    void removeContact(PersonKey one, PersonKey other);
    void removePerson(PersonKey person);

    //! Everybody sees themselves.
    [[nodiscard]] bool canSee(PersonKey viewer, PersonKey subject) const;
    //! Each who may see \a subject, once, without \a subject; in no particular order. Being mutual,
    //! these are also the people whom \a subject may see.
    [[nodiscard]] std::vector<PersonKey> viewersOf(PersonKey subject);

private:
    using Index = quint32;
    struct Person {
        PersonKey key{};
        std::vector<Index> conversations; //!< sorted
        std::vector<Index> contacts; //!< sorted
        quint32 mark = 0;
    };

    Index indexOf(PersonKey person);
    Index indexOf(const ConversationId &conversation);

    QHash<qint64, Index> m_personIndex;
    QHash<ConversationId, Index> m_conversationIndex;
    std::vector<Person> m_people;
    std::vector<std::vector<Index>> m_members; //!< by conversation, sorted
    std::vector<Index> m_freeConversations;
    quint32 m_mark = 0;
};

} // namespace presently
