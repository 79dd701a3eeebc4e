// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/presencechange.h"
#include "net/server/dialect.h"
#include "net/server/friends/friendsmessages.h"
#include "net/server/friends/friendsrooms.h"
#include "net/server/socketdialects/owedanswers.h"
#include "net/server/socketdialects/socketbook.h"
#include "net/wire/friends/serverevents.h"

#include <QObject>

namespace presently::net {

//! \brief The dialect `friends` on its sockets: who is told what. See net/wire/friends/README.md.
//!
//! An event is encoded once for all who hear of it.
//! Ownership: borrows the parts of \a context.
//! Threading: the server's thread.
class FriendsDialect : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FriendsDialect)

public:
    explicit FriendsDialect(const DialectContext &context);
    ~FriendsDialect() override;

    [[nodiscard]] SocketBook &book() { return m_book; }
    [[nodiscard]] const SocketBook &book() const { return m_book; }
    [[nodiscard]] FriendsRooms &rooms() { return m_rooms; }
    [[nodiscard]] FriendsMessages &messages() { return m_messages; }

    //! Everybody whom \a viewer may see. People of whom nothing is known yet after a start are left
    //! out; the viewer hears of them as soon as they are known.
    [[nodiscard]] QMap<UserId, bool> statusesFor(PersonKey viewer);
    //! How this dialect calls \a person.
    [[nodiscard]] UserId userOf(PersonKey person) const;
    [[nodiscard]] QString nameOf(PersonKey person) const;
    [[nodiscard]] static socketio::EncodedEvent encoded(const friends::ServerEvent &event);

private:
    void presenceChanged(const PresenceChange &change);
    void visibilityChanged(PersonKey one, PersonKey other);
    void completed();
    void messageStored(const Message &message, const QList<PersonKey> &to);
    void tell(PersonKey viewer, PersonKey subject);
    [[nodiscard]] socketio::EncodedEvent statusEvent(PersonKey subject, bool isOnline) const;

    const DialectContext m_context;
    SocketBook m_book;
    FriendsRooms m_rooms;
    FriendsMessages m_messages;
    OwedAnswers m_owed;
};

} // namespace presently::net
