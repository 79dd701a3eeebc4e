// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/conversation.h"
#include "models/core/ids.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace presently {

//! \brief Who may see and join a conversation besides its people: three lists that must all match.
//!
//! On the conversation's side an empty level lets everybody through; on the viewer's side an empty
//! level matches only such a one.
struct AccessScope {
    QStringList level0;
    QStringList level1;
    QStringList level2;

    bool operator==(const AccessScope &) const = default;
};

//! Whether \a viewer may pass \a row.
[[nodiscard]] bool scopeMatches(const AccessScope &row, const AccessScope &viewer);
//! Whether \a viewer may pass one of \a rows; without rows nobody can.
[[nodiscard]] bool anyScopeMatches(const QList<AccessScope> &rows, const AccessScope &viewer);

//! \brief One stored access scope.
struct AccessScopeRecord {
    QString id; //!< UUID
    AccessScope scope;
    WallTime createdAt;
};

//! \brief A conversation as it is stored, the same for everybody.
struct ConversationRecord {
    ConversationId id;
    QString objectId; //!< empty for conversations that people start themselves
    QString objectType;
    std::optional<QString> title;
    std::optional<QString> objectUrl;
    std::optional<UserId> createdBy;
    WallTime createdAt;
    std::optional<QByteArray> meta; //!< JSON, compact

    bool operator==(const ConversationRecord &) const = default;
};

//! \brief Somebody to be put into a conversation.
struct NewParticipant {
    PersonKey person{};
    QString displayName; //!< empty: the person's own
    std::optional<QString> company;
    std::optional<QString> email;
    std::optional<QString> phone;
    JoinedAs joinedAs = JoinedAs::Participant;
};

//! \brief A conversation to be made.
struct NewConversation {
    std::optional<ConversationId> id; //!< none: chosen
    QString objectId;
    QString objectType;
    std::optional<QString> title;
    std::optional<QString> objectUrl;
    std::optional<UserId> createdBy;
    std::optional<QByteArray> meta;
    QList<NewParticipant> participants;
    QList<AccessScope> scopes;
};

//! \brief One person in one conversation, with what the server keeps about them there.
struct ParticipantRecord {
    PersonKey person{};
    UserId user;
    QString displayName;
    std::optional<QString> company;
    std::optional<QString> email;
    std::optional<QString> phone;
    JoinedAs joinedAs = JoinedAs::Participant;
    WallTime joinedAt;
    bool notificationsEnabled = true;
    bool isArchived = false;
    bool isPinned = false;
    std::optional<MessageId> lastRead;
    int unreadCount = 0;
    std::optional<MessageId> lastReadShown; //!< what others see: frozen while invisible
    int unreadCountShown = 0;

    bool operator==(const ParticipantRecord &) const = default;
};

//! \brief Somebody's name in a conversation, for lists.
struct ParticipantName {
    PersonKey person{};
    UserId user;
    QString displayName;
    std::optional<QString> company;
};

//! \brief A conversation as one person's list shows it.
struct ConversationSummary {
    ConversationRecord conversation;
    bool isParticipant = false;
    bool canJoin = false; //!< by scope, and not yet in it
    int participantCount = 0;
    QList<ParticipantName> participants; //!< by time of joining
    std::optional<WallTime> lastMessageAt;
    // The rest only for participants
    int unreadCount = 0;
    bool isArchived = false;
    bool isPinned = false;
    bool notificationsEnabled = true;
    std::optional<MessagePreview> lastMessage;
};

//! \brief Which conversations a list shows. Newest made first.
struct ConversationFilter {
    QString search; //!< part of the title or of a company, any case; `%` and `_` are wildcards
    std::optional<bool> archived; //!< only of one's own
    std::optional<AccessScope> scope;
    std::optional<QString> objectType; //!< with objectId: of one object
    std::optional<QString> objectId;
    int limit = 50; //!< at least 0; the caller caps it
    int offset = 0;
};

//! \brief One person's place in one conversation, for the graph of who may see whom.
struct Membership {
    ConversationId conversation;
    PersonKey person{};
};

enum class ConversationAccess { None, Scope, Participant };

} // namespace presently
