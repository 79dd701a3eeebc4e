// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "models/core/message.h"
#include "models/core/presence.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace presently {

enum class JoinedAs { Creator, Participant, Joined };

//! \brief One person in one conversation.
struct Participant {
    UserId user;
    QString displayName;
    QString company;
    QString email;
    QString phone;
    JoinedAs joinedAs = JoinedAs::Participant;
    WallTime joinedAt;
    std::optional<MessageId> lastRead;

    bool operator==(const Participant &) const = default;
};

//! \brief The last message of a conversation, as far as a list shows it.
struct MessagePreview {
    MessageId id;
    UserId sender;
    QString senderName;
    MessageKind kind = MessageKind::User;
    QString content; //!< HTML
    WallTime sentAt;

    bool operator==(const MessagePreview &) const = default;
};

//! \brief A conversation as its list shows it, to the person who is signed in.
struct Conversation {
    ConversationId id;
    QString title; //!< empty: named after its people
    WallTime createdAt;
    QList<Participant> participants; //!< at least names; may be only some in a list
    int participantCount = 0;
    int unreadCount = 0;
    bool isMember = true;
    bool canJoin = false;
    bool isPinned = false;
    bool isMuted = false;
    bool isArchived = false;
    std::optional<WallTime> lastMessageAt;
    std::optional<MessagePreview> lastMessage;

    bool operator==(const Conversation &) const = default;
};

//! \brief A person one may see.
struct Person {
    UserId user;
    QString displayName;
    QString handle; //!< unique login, shown beside the name
    bool isContact = false;

    bool operator==(const Person &) const = default;
};

} // namespace presently

Q_DECLARE_METATYPE(presently::Conversation)
Q_DECLARE_METATYPE(presently::Participant)
Q_DECLARE_METATYPE(presently::Person)
