// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/message.h"
#include "models/core/presence.h"

#include <QList>

namespace presently::net {

//! \brief What changed for one person in one conversation; none: unchanged.
struct ConversationChange {
    ConversationId conversation;
    std::optional<bool> pinned;
    std::optional<bool> muted;
    std::optional<bool> archived;
    std::optional<int> unreadCount;

    bool operator==(const ConversationChange &) const = default;
};

//! \brief How the REST API tells the hub what has happened, and asks it who is there.
//!
//! The database has been written when a function here is called. The recipients are all who may
//! know; the broadcaster adds and removes nobody.
//! Threading: the server's thread.
class Broadcaster
{
public:
    virtual ~Broadcaster() = default;

    using Recipients = QList<PersonKey>;

    //! \name Messages
    //! @{
    virtual void messageAdded(const Message &message, const Recipients &to) = 0;
    virtual void messageEdited(const Message &message, const Recipients &to) = 0;
    virtual void messageDeleted(
        const ConversationId &conversation, const MessageId &message, const Recipients &to)
        = 0;
    virtual void messageRead(const ConversationId &conversation, const UserId &reader,
        const MessageId &lastRead, const Recipients &to)
        = 0;
    //! @}

    //! \name Conversations and their people. Who may see whose presence changes with them.
    //! @{
    virtual void participantJoined(const ConversationId &conversation, PersonKey person,
        const UserId &user, const Recipients &to)
        = 0;
    //! The one who left is among the recipients.
    virtual void participantLeft(const ConversationId &conversation, PersonKey person,
        const UserId &user, const Recipients &to)
        = 0;
    //! Nothing goes out on the published wire; only the graph of who may see whom changes.
    virtual void conversationRemoved(const ConversationId &conversation, const Recipients &members)
        = 0;
    virtual void conversationUnarchived(const ConversationId &conversation, const Recipients &to)
        = 0;
    //! To the devices of \a person.
    virtual void conversationChanged(PersonKey person, const ConversationChange &change) = 0;
    //! Somebody new, who can be found, watched and written to from now on.
    virtual void personAdded(PersonKey person) = 0;
    virtual void personRemoved(PersonKey person) = 0;
    //! @}

    //! \name Presence
    //! @{
    //! What \a viewer sees of \a subject; `user` is set also when that is nothing.
    [[nodiscard]] virtual PresenceRecord presenceFor(PersonKey viewer, PersonKey subject) const = 0;
    [[nodiscard]] virtual qint64 presenceEpoch() const = 0;
    //! False while "offline" is held back after a start.
    [[nodiscard]] virtual bool isPresenceComplete() const = 0;
    //! Invisible people send no read events, and their read pointers stand still for others.
    [[nodiscard]] virtual bool isInvisible(PersonKey person) const = 0;
    //! @}
};

} // namespace presently::net
