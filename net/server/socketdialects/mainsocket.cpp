// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/mainsocket.h"

namespace presently::net {

MainSocket::MainSocket(FriendsDialect &friends, DevicesDialect &devices, SocketIdentity identity)
    : m_dialect(devices)
    , m_friends(friends, std::move(identity))
{
}

MainSocket::~MainSocket() = default;

socketio::SocketHandler &MainSocket::handler()
{
    if (m_devices)
        return *m_devices;
    return m_friends;
}

void MainSocket::opened(socketio::Socket &socket)
{
    m_socket = &socket;
    m_friends.opened(socket);
}

void MainSocket::eventReceived(const socketio::SocketEvent &event)
{
    if (!m_isDecided) {
        m_isDecided = friends::isOwnEvent(event.name) || devices::isOwnEvent(event.name);
        if (devices::isOwnEvent(event.name))
            becomeDevices();
    }
    handler().eventReceived(event);
}

void MainSocket::becomeDevices()
{
    m_devices
        = std::make_unique<DevicesSocket>(m_dialect, m_friends.identity(), devices::Vocabulary::A);
    m_devices->opened(*m_socket);
    m_friends.handOver();
}

void MainSocket::transportAlive()
{
    handler().transportAlive();
}

void MainSocket::closed(presently::CloseKind kind)
{
    handler().closed(kind);
    m_socket = nullptr;
}

} // namespace presently::net
