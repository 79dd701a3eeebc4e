// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/eventbroadcaster.h"

#include "net/server/hub.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"
#include "net/wire/mtchat/closecodes.h"
#include "net/wire/mtchat/serverframes.h"

#include <algorithm>

namespace presently::net {

namespace {

using People = Broadcaster::Recipients;

People sorted(const std::vector<PersonKey> &people)
{
    People result(people.cbegin(), people.cend());
    std::sort(result.begin(), result.end());
    return result;
}

//! Those of \a people (sorted) who are not among \a others (sorted).
People without(const People &people, const People &others)
{
    People result;
    std::set_difference(
        people.cbegin(), people.cend(), others.cbegin(), others.cend(), std::back_inserter(result));
    return result;
}

} // namespace

void EventBroadcaster::messageAdded(const Message &message, const Recipients &to)
{
    m_hub.send(to, mtchat::MessageNewFrame{message});
    Q_EMIT messageStored(message, to);
}

void EventBroadcaster::messageEdited(const Message &message, const Recipients &to)
{
    m_hub.send(to, mtchat::MessageEditedFrame{message});
}

void EventBroadcaster::messageDeleted(
    const ConversationId &conversation, const MessageId &message, const Recipients &to)
{
    m_hub.send(to, mtchat::MessageDeletedFrame{conversation, message});
}

void EventBroadcaster::messageRead(const ConversationId &conversation, const UserId &reader,
    const MessageId &lastRead, const Recipients &to)
{
    m_hub.send(to, mtchat::MessageReadFrame{conversation, reader, lastRead});
}

void EventBroadcaster::participantJoined(
    const ConversationId &conversation, PersonKey person, const UserId &user, const Recipients &to)
{
    const People before = sorted(m_presence.graph().viewersOf(person));
    m_presence.graph().addMember(conversation, person);
    m_hub.send(to, mtchat::ParticipantJoinedFrame{conversation, user});
    tellEachOther(person, without(sorted(m_presence.graph().viewersOf(person)), before));
}

void EventBroadcaster::participantLeft(
    const ConversationId &conversation, PersonKey person, const UserId &user, const Recipients &to)
{
    const People before = sorted(m_presence.graph().viewersOf(person));
    m_presence.graph().removeMember(conversation, person);
    m_hub.send(to, mtchat::ParticipantLeftFrame{conversation, user});
    tellEachOther(person, without(before, sorted(m_presence.graph().viewersOf(person))));
}

void EventBroadcaster::conversationRemoved(
    const ConversationId &conversation, const Recipients &members)
{
    QHash<PersonKey, People> before;
    for (const PersonKey member : members)
        before.insert(member, sorted(m_presence.graph().viewersOf(member)));
    m_presence.graph().removeConversation(conversation);
    for (const PersonKey member : members) {
        // Each pair once: the other side of it has its turn too.
        People lost = without(before.value(member), sorted(m_presence.graph().viewersOf(member)));
        lost.removeIf([member](PersonKey other) { return other < member; });
        tellEachOther(member, lost);
    }
}

void EventBroadcaster::conversationUnarchived(
    const ConversationId &conversation, const Recipients &to)
{
    m_hub.send(to, mtchat::ConversationUnarchivedFrame{conversation});
}

void EventBroadcaster::conversationChanged(PersonKey person, const ConversationChange &change)
{
    m_hub.sendTo(person,
        mtchat::ConversationChangedFrame{
            change.conversation, change.pinned, change.muted, change.archived, change.unreadCount});
}

void EventBroadcaster::personAdded(PersonKey person)
{
    m_people.add(person);
}

void EventBroadcaster::personRemoved(PersonKey person)
{
    m_hub.closePerson(person, mtchat::CloseCode::SessionRevoked, "account removed");
    Q_EMIT personGone(person);
    m_presence.graph().removePerson(person);
    m_people.remove(person);
}

// Both sides see each other anew, or not any more; recordFor() knows which.
void EventBroadcaster::tellEachOther(PersonKey person, const Recipients &others)
{
    if (others.isEmpty())
        return;
    const UserId user = m_people.userOf(person);
    m_hub.send(
        others, mtchat::PresenceUpdateFrame{m_presence.recordFor(others.first(), person, user)});
    for (const PersonKey other : others) {
        m_hub.sendTo(person,
            mtchat::PresenceUpdateFrame{
                m_presence.recordFor(person, other, m_people.userOf(other))});
        Q_EMIT m_presence.visibilityChanged(person, other);
    }
}

PresenceRecord EventBroadcaster::presenceFor(PersonKey viewer, PersonKey subject) const
{
    return m_presence.recordFor(viewer, subject, m_people.userOf(subject));
}

qint64 EventBroadcaster::presenceEpoch() const
{
    return m_presence.ledger().epoch();
}

bool EventBroadcaster::isPresenceComplete() const
{
    return m_presence.ledger().isComplete();
}

bool EventBroadcaster::isInvisible(PersonKey person) const
{
    return m_presence.isInvisible(person);
}

} // namespace presently::net
