// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/devices/devicessocket.h"
#include "net/server/friends/friendssocket.h"

#include <memory>

namespace presently::net {

//! \brief One socket of the namespace `/`, which belongs to the dialect that its first event shows.
//!
//! Before that it is one of `friends`. When it turns out to be one of `devices`, the lease of that
//! dialect is made before the other one ends, so that nobody sees the person go.
//! Ownership: the SocketIoServer's; borrows the dialects.
//! Threading: the server's thread.
class MainSocket final : public socketio::SocketHandler
{
public:
    MainSocket(FriendsDialect &friends, DevicesDialect &devices, SocketIdentity identity);
    ~MainSocket() override;

    void opened(socketio::Socket &socket) override;
    void eventReceived(const socketio::SocketEvent &event) override;
    void transportAlive() override;
    void closed(presently::CloseKind kind) override;

private:
    [[nodiscard]] socketio::SocketHandler &handler();
    void becomeDevices();

    DevicesDialect &m_dialect;
    socketio::Socket *m_socket = nullptr;
    FriendsSocket m_friends;
    std::unique_ptr<DevicesSocket> m_devices; //!< once it is one
    bool m_isDecided = false;
};

} // namespace presently::net
