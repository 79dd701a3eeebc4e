// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/storage/conversationrecords.h"

namespace presently {

class SqlConnection;

//! \brief The conversations of a server and who is in them.
//!
//! Errors:    NotFound for an unknown conversation, or for somebody who is not in it; Conflict for
//!            an id that is taken; else as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class ConversationTable
{
public:
    explicit ConversationTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    //! \name Conversations
    //! @{
    [[nodiscard]] Expected<ConversationRecord, Error> add(
        const NewConversation &conversation, WallTime now);
    //! The conversation of just these two, made when there is none, with \a id if that is given.
    //! `second` says whether it was.
    [[nodiscard]] Expected<std::pair<ConversationRecord, bool>, Error> ensureDirect(
        PersonKey starter, PersonKey other, WallTime now,
        const std::optional<ConversationId> &id = {});
    [[nodiscard]] Expected<std::optional<ConversationRecord>, Error> findDirect(
        PersonKey person, PersonKey other) const;
    [[nodiscard]] Expected<ConversationRecord, Error> find(const ConversationId &id) const;
    //! The newest about this object whose scopes are exactly \a scopes, in any order; without
    //! \a scopes the newest of all.
    [[nodiscard]] Expected<std::optional<ConversationRecord>, Error> findByObject(
        const QString &objectType, const QString &objectId,
        const std::optional<QList<AccessScope>> &scopes) const;
    //! Removing what is not there is no error.
    [[nodiscard]] Expected<void, Error> remove(const ConversationId &id);
    //! @}

    //! \name Lists
    //! @{
    //! One's own; with a scope only those that it matches or that have no scopes.
    [[nodiscard]] Expected<QList<ConversationSummary>, Error> participating(
        PersonKey person, const ConversationFilter &filter) const;
    //! Those one may join; without a scope none.
    [[nodiscard]] Expected<QList<ConversationSummary>, Error> available(
        PersonKey person, const ConversationFilter &filter) const;
    //! One of them; NotFound also when this person may not see it.
    [[nodiscard]] Expected<ConversationSummary, Error> summary(
        PersonKey person, const ConversationId &id, const std::optional<AccessScope> &scope) const;
    [[nodiscard]] Expected<ConversationAccess, Error> access(
        PersonKey person, const ConversationId &id, const std::optional<AccessScope> &scope) const;
    //! @}

    //! \name Scopes
    //! @{
    [[nodiscard]] Expected<QList<AccessScopeRecord>, Error> scopes(const ConversationId &id) const;
    [[nodiscard]] Expected<QList<AccessScopeRecord>, Error> setScopes(
        const ConversationId &id, const QList<AccessScope> &scopes, WallTime now);
    //! @}

    //! \name Participants
    //! @{
    //! By time of joining.
    [[nodiscard]] Expected<QList<ParticipantRecord>, Error> participants(
        const ConversationId &id) const;
    [[nodiscard]] Expected<ParticipantRecord, Error> participant(
        const ConversationId &id, PersonKey person) const;
    enum class UnreadAtJoin { None, AllMessages };
    //! False: was there already, and nothing changed.
    [[nodiscard]] Expected<bool, Error> addParticipant(const ConversationId &id,
        const NewParticipant &participant, UnreadAtJoin unread, WallTime now);
    //! False: was not there.
    [[nodiscard]] Expected<bool, Error> removeParticipant(
        const ConversationId &id, PersonKey person);
    [[nodiscard]] Expected<void, Error> setArchived(
        const ConversationId &id, PersonKey person, bool archived);
    [[nodiscard]] Expected<void, Error> setPinned(
        const ConversationId &id, PersonKey person, bool pinned);
    [[nodiscard]] Expected<void, Error> setNotificationsEnabled(
        const ConversationId &id, PersonKey person, bool enabled);
    //! @}

    //! \name Who is where
    //! @{
    [[nodiscard]] Expected<QList<PersonKey>, Error> members(const ConversationId &id) const;
    [[nodiscard]] Expected<QList<ConversationId>, Error> conversationsOf(PersonKey person) const;
    [[nodiscard]] Expected<QList<Membership>, Error> allMemberships() const;
    //! @}

private:
    SqlConnection &m_sql;
};

} // namespace presently
