// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/socketlink.h"

#include "net/server/presenceservice.h"
#include "net/server/socketdialects/socketbook.h"

#include <utility>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

SocketLink::SocketLink(SocketBook &book, SocketIdentity identity)
    : m_book(book)
    , m_identity(std::move(identity))
{
}

SocketLink::~SocketLink()
{
    close(presently::CloseKind::Lost);
}

void SocketLink::send(const socketio::EncodedEvent &event)
{
    if (m_socket)
        m_socket->send(event);
}

void SocketLink::kick()
{
    m_isLeaving = true;
    if (m_socket)
        m_socket->disconnect();
}

void SocketLink::drop()
{
    m_isLeaving = true;
    if (m_socket)
        m_socket->close();
}

void SocketLink::open(socketio::Socket &socket)
{
    m_socket = &socket;
    if (m_identity.device.isEmpty())
        m_identity.device = DeviceId{u"socket-%1"_s.arg(socket.id())};
    m_book.add(*this);
    m_book.openLease(*this);
}

void SocketLink::beat()
{
    if (!m_socket || m_isLeaving || !m_beats.take(m_book.limits().heartbeat, m_book.now()))
        return;
    // A lease that has ended, and whose device goes on, is made anew.
    if (!m_lease.isNull() && m_book.presence().ledger().beat(m_lease))
        m_book.presence().settle();
    else
        m_book.openLease(*this);
}

void SocketLink::proveAlive()
{
    if (!m_lease.isNull())
        m_book.presence().ledger().transportAlive(m_lease);
}

void SocketLink::close(presently::CloseKind kind)
{
    if (!std::exchange(m_socket, nullptr))
        return;
    m_book.remove(*this);
    if (m_lease.isNull())
        return;
    m_book.forgetLease(*this);
    m_book.presence().ledger().close(std::exchange(m_lease, {}), kind);
    m_book.presence().settle();
}

void SocketLink::leave()
{
    if (m_lease.isNull())
        return;
    m_book.forgetLease(*this);
    m_book.presence().ledger().end(std::exchange(m_lease, {}), OfflineReason::Manual);
    m_book.presence().settle();
}

// The new lease comes before the old one goes, so that nobody sees the device away.
void SocketLink::becomeDevice(DeviceType type)
{
    if (m_identity.deviceType == type || m_lease.isNull())
        return;
    m_identity.deviceType = type;
    m_book.forgetLease(*this);
    const LeaseId old = std::exchange(m_lease, {});
    m_book.openLease(*this);
    m_book.presence().ledger().end(old, OfflineReason::Manual);
    m_book.presence().settle();
}

} // namespace presently::net
