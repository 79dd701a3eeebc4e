// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/broadcaster.h"

#include <QObject>

namespace presently::net {

class Hub;
class PeopleDirectory;
class PresenceService;

//! \brief What the REST API does, told to those who may know; and who may see whom, kept in step.
//!
//! It speaks mtchat by itself; the adapters of the other dialects hear by its signals.
//! Ownership: borrows everything.
//! Threading: the server's thread.
class EventBroadcaster final : public QObject, public Broadcaster
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventBroadcaster)

public:
    EventBroadcaster(Hub &hub, PresenceService &presence, PeopleDirectory &people)
        : m_hub(hub)
        , m_presence(presence)
        , m_people(people)
    {
    }

    void messageAdded(const Message &message, const Recipients &to) override;
    void messageEdited(const Message &message, const Recipients &to) override;
    void messageDeleted(const ConversationId &conversation, const MessageId &message,
        const Recipients &to) override;
    void messageRead(const ConversationId &conversation, const UserId &reader,
        const MessageId &lastRead, const Recipients &to) override;
    void participantJoined(const ConversationId &conversation, PersonKey person, const UserId &user,
        const Recipients &to) override;
    void participantLeft(const ConversationId &conversation, PersonKey person, const UserId &user,
        const Recipients &to) override;
    void conversationRemoved(
        const ConversationId &conversation, const Recipients &members) override;
    void conversationUnarchived(const ConversationId &conversation, const Recipients &to) override;
    void conversationChanged(PersonKey person, const ConversationChange &change) override;
    void personAdded(PersonKey person) override;
    void personRemoved(PersonKey person) override;

    [[nodiscard]] PresenceRecord presenceFor(PersonKey viewer, PersonKey subject) const override;
    [[nodiscard]] qint64 presenceEpoch() const override;
    [[nodiscard]] bool isPresenceComplete() const override;
    [[nodiscard]] bool isInvisible(PersonKey person) const override;

Q_SIGNALS:
    //! A message was written, through whatever dialect.
    void messageStored(
        const presently::Message &message, const presently::net::Broadcaster::Recipients &to);
    //! Nobody knows this person any more: close what they still have open.
    void personGone(presently::PersonKey person);

private:
    void tellEachOther(PersonKey person, const Recipients &others);

    Hub &m_hub;
    PresenceService &m_presence;
    PeopleDirectory &m_people;
};

} // namespace presently::net
