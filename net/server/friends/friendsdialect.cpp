// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendsdialect.h"

#include "models/storage/serverdatabase.h"
#include "net/server/eventbroadcaster.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"
#include "net/wire/socketio/packet.h"

#include <algorithm>

namespace presently::net {

using friends::FriendStatusChanged;

FriendsDialect::FriendsDialect(const DialectContext &context)
    : m_context(context)
    , m_book(context, Dialect::Friends)
    , m_rooms(*this, context)
    , m_messages(context)
{
    connect(&context.presence, &PresenceService::changed, this, &FriendsDialect::presenceChanged);
    connect(&context.presence, &PresenceService::visibilityChanged, this,
        &FriendsDialect::visibilityChanged);
    connect(&context.presence, &PresenceService::completed, this, &FriendsDialect::completed);
    connect(
        &context.events, &EventBroadcaster::messageStored, this, &FriendsDialect::messageStored);
}

FriendsDialect::~FriendsDialect() = default;

UserId FriendsDialect::userOf(PersonKey person) const
{
    return UserId{m_context.people.idsOf(person).objectId};
}

QString FriendsDialect::nameOf(PersonKey person) const
{
    const auto found = m_context.database.people().find(person);
    return found ? found->displayName : QString();
}

socketio::EncodedEvent FriendsDialect::encoded(const friends::ServerEvent &event)
{
    return {socketio::mainSpace(), friends::eventName(event), {friends::toJson(event)}};
}

socketio::EncodedEvent FriendsDialect::statusEvent(PersonKey subject, bool isOnline) const
{
    const WallTime now = m_context.deadlines.clock().wallNow();
    return encoded(FriendStatusChanged{userOf(subject), isOnline, now});
}

// This dialect knows two states, so most changes are none (ruling L16).
void FriendsDialect::presenceChanged(const PresenceChange &change)
{
    const bool isOnline = change.after.isOnline();
    if (change.audience != Audience::Everybody || change.before.isOnline() == isOnline)
        return;
    m_owed.told(change.person);
    m_rooms.presenceChanged(change.person, isOnline);
    if (m_book.isEmpty())
        return;
    const socketio::EncodedEvent event = statusEvent(change.person, isOnline);
    for (const PersonKey viewer : m_context.presence.graph().viewersOf(change.person))
        m_book.sendTo(viewer, event);
}

void FriendsDialect::visibilityChanged(PersonKey one, PersonKey other)
{
    tell(one, other);
    tell(other, one);
}

void FriendsDialect::tell(PersonKey viewer, PersonKey subject)
{
    if (!m_book.hasLinks(viewer))
        return;
    const PresenceRecord record = m_context.presence.recordFor(viewer, subject, {});
    m_book.sendTo(viewer, statusEvent(subject, record.presence.isOnline()));
}

void FriendsDialect::completed()
{
    m_owed.settle([this](PersonKey viewer, PersonKey subject) { tell(viewer, subject); });
}

QMap<UserId, bool> FriendsDialect::statusesFor(PersonKey viewer)
{
    QMap<UserId, bool> statuses;
    const PresenceService &presence = m_context.presence;
    for (const PersonKey subject : m_context.presence.graph().viewersOf(viewer)) {
        if (!presence.ledger().isComplete() && !presence.ledger().row(subject)) {
            m_owed.add(viewer, subject);
            continue;
        }
        const PresenceRecord record = presence.recordFor(viewer, subject, {});
        statuses.insert(userOf(subject), record.presence.isOnline());
    }
    return statuses;
}

void FriendsDialect::messageStored(const Message &message, const QList<PersonKey> &to)
{
    const bool isHeard = std::any_of(
        to.begin(), to.end(), [this](PersonKey person) { return m_book.hasLinks(person); });
    if (!isHeard)
        return;
    const auto told = m_messages.render(message);
    if (!told)
        return;
    const socketio::EncodedEvent event = encoded(*told);
    for (const PersonKey person : to)
        m_book.sendTo(person, event);
}

} // namespace presently::net
