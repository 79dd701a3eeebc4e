// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendsrooms.h"

#include "models/storage/serverdatabase.h"
#include "net/server/friends/friendsdialect.h"
#include "net/server/presenceservice.h"
#include "net/server/socketdialects/socketlink.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using friends::RoomChange;
using friends::RoomEvent;

FriendsRooms::FriendsRooms(FriendsDialect &dialect, const DialectContext &context)
    : m_dialect(dialect)
    , m_context(context)
{
}

FriendsRooms::~FriendsRooms() = default;

Expected<void, Error> FriendsRooms::join(SocketLink &link, const ConversationId &conversation)
{
    if (!m_context.database.conversations().participant(conversation, link.person()))
        return Unexpected{
            Error{ErrorCode::NotFound, u"conversation_id"_s, u"Not a participant"_s, {}}};
    QSet<ConversationId> &joined = m_joined[&link];
    if (joined.contains(conversation))
        return {};
    if (joined.size() >= MaxRooms)
        return Unexpected{
            Error{ErrorCode::TooLarge, u"conversation_id"_s, u"Too many conversations"_s, {}}};
    joined.insert(conversation);
    Room &room = m_rooms[conversation];
    room.sockets[link.person()].insert(&link);
    if (m_context.presence.ledger().view(link.person()).isOnline())
        show(conversation, room, link.person());
    return {};
}

bool FriendsRooms::leave(SocketLink &link, const ConversationId &conversation)
{
    const auto joined = m_joined.find(&link);
    if (joined == m_joined.end() || !joined->remove(conversation))
        return false;
    if (joined->isEmpty())
        m_joined.erase(joined);
    Room &room = m_rooms[conversation];
    QSet<SocketLink *> &sockets = room.sockets[link.person()];
    sockets.remove(&link);
    if (!sockets.isEmpty())
        return true;
    room.sockets.remove(link.person());
    hide(conversation, room, link.person());
    if (room.sockets.isEmpty())
        m_rooms.remove(conversation);
    return true;
}

void FriendsRooms::leaveAll(SocketLink &link)
{
    const QSet<ConversationId> joined = m_joined.value(&link);
    for (const ConversationId &conversation : joined)
        (void)leave(link, conversation);
}

void FriendsRooms::presenceChanged(PersonKey person, bool isOnline)
{
    QSet<ConversationId> joined;
    for (SocketLink *link : m_dialect.book().linksOf(person))
        joined.unite(m_joined.value(link));
    for (const ConversationId &conversation : std::as_const(joined)) {
        Room &room = m_rooms[conversation];
        if (isOnline)
            show(conversation, room, person);
        else
            hide(conversation, room, person);
    }
}

void FriendsRooms::show(const ConversationId &conversation, Room &room, PersonKey person)
{
    if (room.shown.contains(person))
        return;
    room.shown.insert(person);
    tellOthers(room, conversation, person, RoomChange::UserJoined);
}

void FriendsRooms::hide(const ConversationId &conversation, Room &room, PersonKey person)
{
    if (room.shown.remove(person))
        tellOthers(room, conversation, person, RoomChange::UserLeft);
}

void FriendsRooms::tellOthers(
    const Room &room, const ConversationId &conversation, PersonKey who, RoomChange change)
{
    const socketio::EncodedEvent event = FriendsDialect::encoded(
        RoomEvent{change, conversation, m_dialect.userOf(who), m_dialect.nameOf(who)});
    // Who has left the conversation meanwhile may still have it open.
    const auto members = m_context.database.conversations().members(conversation);
    if (!members || !members->contains(who))
        return;
    for (auto other = room.sockets.cbegin(); other != room.sockets.cend(); ++other) {
        if (other.key() == who || !members->contains(other.key()))
            continue;
        for (SocketLink *link : other.value())
            link->send(event);
    }
}

} // namespace presently::net
