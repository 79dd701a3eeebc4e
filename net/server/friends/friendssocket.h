// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/friends/friendsdialect.h"
#include "net/wire/friends/clientevents.h"

namespace presently::net {

//! \brief One socket of `friends`: reads its events and does what they ask.
//!
//! Where a client asks for an acknowledgement it gets the object of the answering event.
//! Errors:    what cannot be taken is answered with an `error` event; the socket stays open.
//! Ownership: whoever serves the namespace; borrows the dialect.
//! Threading: the server's thread.
class FriendsSocket final : public socketio::SocketHandler, public SocketLink
{
public:
    FriendsSocket(FriendsDialect &dialect, SocketIdentity identity);
    ~FriendsSocket() override;

    void opened(socketio::Socket &socket) override;
    void eventReceived(const socketio::SocketEvent &event) override;
    void transportAlive() override;
    void closed(presently::CloseKind kind) override;
    //! The socket turned out to speak another dialect, which holds a lease for it already.
    void handOver();

private:
    using Answer = std::optional<friends::ServerEvent>;

    [[nodiscard]] Answer take(const friends::HeartbeatRequest &request);
    [[nodiscard]] Answer take(const friends::JoinConversationRequest &request);
    [[nodiscard]] Answer take(const friends::LeaveConversationRequest &request);
    [[nodiscard]] Answer take(const friends::SendMessageRequest &request);
    [[nodiscard]] Answer take(const friends::UnknownRequest &request);
    [[nodiscard]] friends::ServerEvent roomEvent(
        friends::RoomChange change, const ConversationId &conversation) const;

    FriendsDialect &m_dialect;
};

} // namespace presently::net
