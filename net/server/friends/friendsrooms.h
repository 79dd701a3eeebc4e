// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "net/server/dialect.h"
#include "net/wire/friends/serverevents.h"

#include <QHash>
#include <QSet>

namespace presently::net {

class FriendsDialect;
class SocketLink;

//! \brief Which sockets have which conversation open, and what they hear of one another.
//!
//! It follows presence: whoever others see as offline is in no room for them, so that somebody
//! invisible comes and goes as quietly as somebody who is not there (ruling L04).
//! Errors:    NotFound for a conversation that one does not take part in; TooLarge for too many.
//! Ownership: borrows everything; a link leaves before it goes.
//! Threading: the server's thread.
class FriendsRooms
{
    Q_DISABLE_COPY_MOVE(FriendsRooms)

public:
    static constexpr qsizetype MaxRooms = 100; //!< of one socket

    FriendsRooms(FriendsDialect &dialect, const DialectContext &context);
    ~FriendsRooms();

    [[nodiscard]] Expected<void, Error> join(SocketLink &link, const ConversationId &conversation);
    //! False: was not there.
    bool leave(SocketLink &link, const ConversationId &conversation);
    void leaveAll(SocketLink &link);
    void presenceChanged(PersonKey person, bool isOnline);

private:
    //! One conversation, as far as sockets have it open.
    struct Room {
        QHash<PersonKey, QSet<SocketLink *>> sockets;
        QSet<PersonKey> shown; //!< of whom the others were told that they are here
    };
    using Rooms = QHash<ConversationId, Room>;

    void show(const ConversationId &conversation, Room &room, PersonKey person);
    void hide(const ConversationId &conversation, Room &room, PersonKey person);
    void tellOthers(
        const Room &room, const ConversationId &conversation, PersonKey who, friends::RoomChange);

    FriendsDialect &m_dialect;
    const DialectContext m_context;
    Rooms m_rooms;
    QHash<SocketLink *, QSet<ConversationId>> m_joined;
};

} // namespace presently::net
