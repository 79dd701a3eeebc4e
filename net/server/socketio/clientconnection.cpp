// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/clientconnection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

//! What the transport and caches say to one another; nobody asks for it again.
bool isOfTransport(const QByteArray &name)
{
    static constexpr std::array Prefixes{"accept"_L1, "cache-"_L1, "connection"_L1, "content-"_L1,
        "dnt"_L1, "keep-alive"_L1, "pragma"_L1, "priority"_L1, "sec-"_L1, "te"_L1, "upgrade"_L1};
    const QString lower = QString::fromLatin1(name).toLower();
    return std::any_of(Prefixes.begin(), Prefixes.end(),
        [&lower](QLatin1StringView prefix) { return lower.startsWith(prefix); });
}

bool isEngineItem(const QString &name)
{
    static constexpr std::array Names{"EIO"_L1, "transport"_L1, "sid"_L1, "t"_L1, "b64"_L1};
    return std::find(Names.begin(), Names.end(), name) != Names.end();
}

//! It stays as long as the connection, so it keeps nothing that is of no use.
RequestHead slim(const RequestHead &head)
{
    RequestHead kept;
    kept.peer = head.peer;
    kept.secure = head.secure;
    for (const auto &[name, value] : head.query.items()) {
        if (!isEngineItem(name))
            kept.query.add(name, value);
    }
    for (const auto &[name, value] : head.headers.fields()) {
        if (!isOfTransport(name))
            kept.headers.add(name, value);
    }
    return kept;
}

} // namespace

ClientConnection::ClientConnection(
    EngineHost &host, EngineSession &session, const RequestHead &head)
    : m_host(host)
    , m_session(session)
    , m_handshake(slim(head))
    , m_deadline(host.deadlines(), *this)
    , m_connectDue(host.deadlines().clock().now() + host.settings().connectTimeout)
{
    m_host.countUnconnected(1);
    m_deadline.armAt(m_connectDue);
}

ClientConnection::~ClientConnection() = default;

void ClientConnection::messageReceived(QByteArrayView text)
{
    // Text while attachments are owed: the peer has lost the thread.
    if (m_unfinished)
        return close();
    PacketLimits limits;
    limits.maxBytes = m_host.settings().maxPayload;
    limits.maxAttachments = m_host.settings().maxAttachments;
    const auto packet = decodePacket(text, limits);
    if (!packet)
        return close();
    std::visit([this](const auto &taken) { take(taken); }, *packet);
}

void ClientConnection::binaryReceived(QByteArrayView bytes)
{
    if (!m_unfinished)
        return close();
    m_unfinished->attachments.append(bytes.toByteArray());
    if (--m_unfinished->missing > 0)
        return;
    const auto finished = std::exchange(m_unfinished, nullptr);
    if (const auto *event = std::get_if<EventPacket>(&finished->packet))
        deliver(*event, finished->attachments);
}

void ClientConnection::transportAlive()
{
    for (const auto &socket : m_sockets)
        socket->transportAlive();
}

void ClientConnection::ended(presently::CloseKind kind)
{
    m_deadline.disarm();
    for (const auto &socket : m_sockets)
        socket->leave(kind);
    m_sockets.clear();
    m_unfinished.reset();
    if (!m_connected)
        m_host.countUnconnected(-1);
}

void ClientConnection::take(const ConnectPacket &packet)
{
    if (const ServedSocket *known = find(packet.space); known && known->isLeaving())
        tidy();
    if (find(packet.space))
        return close();
    const Space *space = m_host.space(packet.space);
    if (!space)
        return send(ConnectErrorPacket{packet.space, u"Invalid namespace"_s, std::nullopt});
    const auto &socket = m_sockets.emplace_back(
        std::make_unique<ServedSocket>(*this, *space, m_host.nextSocketId()));
    socket->ask(packet.data);
}

void ClientConnection::take(const DisconnectPacket &packet)
{
    if (ServedSocket *socket = find(packet.space)) {
        socket->leave(presently::CloseKind::Clean);
        tidyLater();
    } else if (!wasIn(packet.space)) {
        close();
    }
}

void ClientConnection::take(const EventPacket &packet)
{
    if (packet.attachments > 0)
        await(packet, packet.attachments);
    else
        deliver(packet, {});
}

// We ask for no answers, so one that comes is nothing to anybody.
void ClientConnection::take(const AckPacket &packet)
{
    if (!wasIn(packet.space))
        close();
    else if (packet.attachments > 0)
        await(packet, packet.attachments);
}

void ClientConnection::take(const ConnectErrorPacket &)
{
    close();
}

void ClientConnection::await(const Packet &packet, int attachments)
{
    m_unfinished = std::make_unique<Unfinished>(Unfinished{packet, attachments, {}});
}

void ClientConnection::deliver(const EventPacket &packet, const QList<QByteArray> &attachments)
{
    ServedSocket *socket = find(packet.space);
    if (socket && socket->isOpen())
        return socket->deliver({packet.name, packet.arguments, attachments, packet.ackId});
    // It may not know yet that it was sent out; before it was let in it has nothing to say.
    if ((socket && !socket->isLeaving()) || !wasIn(packet.space))
        close();
}

ServedSocket *ClientConnection::find(const QString &space) const
{
    const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
        [&space](const auto &socket) { return !socket->isGone() && socket->space() == space; });
    return found == m_sockets.end() ? nullptr : found->get();
}

bool ClientConnection::wasIn(const QString &space) const
{
    const Space *known = m_host.space(space);
    return known && (m_visited >> (known->index % 64) & 1) != 0;
}

void ClientConnection::send(const Packet &packet)
{
    m_session.send(SharedFrame::text(encodeMessage(packet)));
}

void ClientConnection::send(const SharedFrame &frame)
{
    m_session.send(frame);
}

void ClientConnection::close()
{
    m_session.close(presently::CloseKind::Clean);
}

void ClientConnection::entered(const Space &space)
{
    m_visited |= quint64(1) << (space.index % 64);
    setConnected(true);
}

void ClientConnection::setConnected(bool connected)
{
    if (std::exchange(m_connected, connected) == connected)
        return;
    m_host.countUnconnected(connected ? -1 : 1);
    if (connected && !m_mustTidy)
        return m_deadline.disarm();
    const SteadyTime now = m_host.deadlines().clock().now();
    m_connectDue = now + m_host.settings().connectTimeout;
    m_deadline.armAt(m_mustTidy ? now : m_connectDue);
}

void ClientConnection::tidyLater()
{
    m_mustTidy = true;
    m_deadline.arm(Milliseconds::zero());
}

void ClientConnection::tidy()
{
    for (const auto &socket : m_sockets) {
        if (socket->isLeaving())
            socket->leave(presently::CloseKind::Clean);
    }
    const auto gone = std::remove_if(
        m_sockets.begin(), m_sockets.end(), [](const auto &socket) { return socket->isGone(); });
    m_sockets.erase(gone, m_sockets.end());
}

void ClientConnection::deadlineReached(Deadline &)
{
    const auto session = m_session.shared_from_this();
    if (std::exchange(m_mustTidy, false)) {
        tidy();
        const bool isAnywhere = std::any_of(m_sockets.begin(), m_sockets.end(),
            [](const auto &socket) { return socket->isOpen(); });
        setConnected(isAnywhere);
        if (!m_connected)
            m_deadline.armAt(m_connectDue);
        return;
    }
    close();
}

} // namespace presently::net::socketio
