// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/enginesession.h"

#include "net/server/socketio/enginerefusal.h"
#include "net/wire/socketio/enginehandshake.h"

#include <algorithm>
#include <utility>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr auto PingText = "2";
constexpr auto ClosedText = "1";
constexpr auto NoopText = "6";
constexpr auto ProbeText = "2probe";
constexpr auto ProbeAnswer = "3probe";
constexpr auto UpgradeText = "5";

const SharedFrame &pingFrame()
{
    static const SharedFrame frame = SharedFrame::text(PingText);
    return frame;
}

} // namespace

EngineSession::EngineSession(EngineHost &host, const QByteArray &sid, const PeerAddress &peer)
    : m_host(host)
    , m_sid(sid)
    , m_peer(peer)
    , m_deadline(host.deadlines(), *this)
    , m_heartbeatDue(now() + host.settings().pingInterval)
{
    arm();
}

QByteArray EngineSession::handshake(bool canUpgrade) const
{
    const SocketIoSettings &settings = m_host.settings();
    const EngineHandshake handshake{QString::fromLatin1(m_sid),
        canUpgrade ? QStringList{u"websocket"_s} : QStringList(), settings.pingInterval,
        settings.pingTimeout, settings.maxPayload};
    return encode(EnginePacket{EnginePacketType::Open, handshake.toJson()});
}

void EngineSession::open(const Responder &responder)
{
    responder.respond(pollingReply(handshake(true)));
}

void EngineSession::open(WebSocketConnection &connection)
{
    m_socket = &connection;
    m_socket->sendText(handshake(false));
}

void EngineSession::poll(const Responder &responder)
{
    if (m_poll.isAwaited()) {
        close(presently::CloseKind::Clean);
        return responder.respond(pollingRefusal(EngineRefusal::BadRequest));
    }
    m_poll = responder;
    if (!m_queue.empty())
        answerPoll();
    else if (m_probed)
        answerPoll(NoopText);
}

bool EngineSession::beginPost()
{
    if (m_posting)
        close(presently::CloseKind::Clean);
    return !std::exchange(m_posting, true);
}

void EngineSession::post(QByteArrayView body, const Responder &responder)
{
    m_posting = false;
    const auto packets = decodePayload(body, {m_host.settings().maxPayload});
    if (!packets) {
        close(presently::CloseKind::Clean);
        return responder.respond(pollingRefusal(EngineRefusal::BadRequest));
    }
    m_handler->transportAlive();
    for (const EnginePacket &packet : *packets) {
        if (!isOpen())
            break;
        take(packet);
    }
    responder.respond(pollingReply("ok"_ba));
}

void EngineSession::textReceived(WebSocketConnection &connection, QByteArrayView text)
{
    if (!isOpen())
        return;
    if (&connection == m_probe)
        return takeProbe(text);
    if (&connection != m_socket)
        return;
    const auto packet = decodeEnginePacket(text);
    if (!packet)
        return close(presently::CloseKind::Clean);
    m_handler->transportAlive();
    take(*packet);
}

void EngineSession::binaryReceived(WebSocketConnection &connection, QByteArrayView bytes)
{
    if (&connection == m_probe)
        return dropProbe();
    if (!isOpen() || &connection != m_socket)
        return;
    m_handler->transportAlive();
    if (mayTakeMore())
        m_handler->binaryReceived(bytes);
}

void EngineSession::aliveOn(WebSocketConnection &connection)
{
    if (isOpen() && &connection == m_socket)
        m_handler->transportAlive();
}

bool EngineSession::mayTakeMore()
{
    if (m_packets.take(m_host.settings().packets, now()))
        return true;
    close(presently::CloseKind::Clean, CloseStatus::TooSlow);
    return false;
}

void EngineSession::take(const EnginePacket &packet)
{
    if (!mayTakeMore())
        return;
    switch (packet.type) {
    case EnginePacketType::Message:
        return packet.isBinary ? m_handler->binaryReceived(packet.data)
                               : m_handler->messageReceived(packet.data);
    case EnginePacketType::Pong:
        return takePong();
    case EnginePacketType::Close:
        m_peerLeft = true;
        return close(presently::CloseKind::Clean);
    default:
        // The rest is for the server to say, a ping among it.
        return close(presently::CloseKind::Clean);
    }
}

void EngineSession::takePong()
{
    if (!std::exchange(m_awaitsPong, false))
        return;
    m_heartbeatDue = now() + m_host.settings().pingInterval;
    arm();
}

void EngineSession::beginProbe(WebSocketConnection &connection)
{
    if (!mayUpgrade()) {
        connection.close(CloseStatus::NoStatus);
        return;
    }
    m_probe = &connection;
    m_probeDue = now() + m_host.settings().upgradeTimeout;
    arm();
}

void EngineSession::takeProbe(QByteArrayView text)
{
    if (!m_probed && text == ProbeText) {
        m_probed = true;
        m_probe->sendText(ProbeAnswer);
        // The client waits for its GET before it goes on; a GET that comes now ends at once, too.
        if (m_poll.isAwaited())
            answerPoll(m_queue.empty() ? NoopText : QByteArrayView());
    } else if (m_probed && text == UpgradeText) {
        completeUpgrade();
    } else {
        dropProbe();
    }
}

void EngineSession::completeUpgrade()
{
    m_socket = std::exchange(m_probe, nullptr);
    m_probed = false;
    if (m_poll.isAwaited())
        answerPoll(m_queue.empty() ? NoopText : QByteArrayView());
    for (const SharedFrame &frame : std::exchange(m_queue, {}))
        m_socket->send(frame);
    m_queuedBytes = 0;
    arm();
}

void EngineSession::dropProbe()
{
    m_probed = false;
    if (WebSocketConnection *probe = std::exchange(m_probe, nullptr))
        probe->close(CloseStatus::NoStatus);
}

void EngineSession::socketClosed(WebSocketConnection &connection, presently::net::CloseKind kind)
{
    const auto self = shared_from_this();
    if (&connection == m_probe) {
        m_probe = nullptr;
        m_probed = false;
    } else if (&connection == m_socket) {
        m_socket = nullptr;
        drop(kind == presently::net::CloseKind::Lost ? presently::CloseKind::Lost
                                                     : presently::CloseKind::Clean);
    }
}

void EngineSession::send(const SharedFrame &frame)
{
    if (!isOpen())
        return;
    if (m_socket)
        m_socket->send(frame);
    else
        queue(frame);
}

void EngineSession::queue(const SharedFrame &frame)
{
    m_queuedBytes += frame.payload().size();
    if (m_queuedBytes > m_host.settings().maxQueuedBytes) {
        m_queue.clear();
        return close(presently::CloseKind::Lost);
    }
    m_queue.push_back(frame);
    // Answered when the loop turns: what is sent now goes in one body, and nothing calls back here.
    if (m_poll.isAwaited())
        m_deadline.armAt(now());
}

//! As much as there is room for; \a last after it, or alone.
void EngineSession::answerPoll(QByteArrayView last)
{
    PayloadWriter writer(m_host.settings().maxPayload);
    const auto isAdded = [&writer](const SharedFrame &frame) {
        return frame.opcode() == Opcode::Text ? writer.addText(frame.payload())
                                              : writer.addBinary(frame.payload());
    };
    auto end = m_queue.begin();
    for (; end != m_queue.end() && isAdded(*end); ++end)
        m_queuedBytes -= end->payload().size();
    m_queue.erase(m_queue.begin(), end);
    if (!last.isEmpty())
        (void)writer.addText(last);
    std::exchange(m_poll, {}).respond(pollingReply(writer.body()));
}

void EngineSession::close(presently::CloseKind kind, quint16 code)
{
    if (!isOpen())
        return;
    m_state = State::Closing;
    m_endKind = kind;
    if (WebSocketConnection *socket = m_socket)
        socket->close(code);
    dropProbe();
    m_deadline.armAt(now());
}

void EngineSession::drop(presently::CloseKind kind)
{
    close(kind);
    end();
}

void EngineSession::end()
{
    if (std::exchange(m_state, State::Ended) == State::Ended)
        return;
    const auto self = shared_from_this();
    m_deadline.disarm();
    if (m_poll.isAwaited())
        answerPoll(m_peerLeft ? NoopText : ClosedText);
    m_queue.clear();
    m_handler->ended(m_endKind);
    m_host.sessionEnded(*this);
}

void EngineSession::deadlineReached(Deadline &)
{
    const auto self = shared_from_this();
    if (m_state == State::Closing)
        return end();
    if (m_poll.isAwaited() && !m_queue.empty())
        answerPoll();
    if (m_probe && now() >= m_probeDue)
        dropProbe();
    if (now() >= m_heartbeatDue)
        beat();
    arm();
}

void EngineSession::beat()
{
    if (m_awaitsPong)
        return drop(presently::CloseKind::Lost);
    m_awaitsPong = true;
    m_heartbeatDue = now() + m_host.settings().pingTimeout;
    send(pingFrame());
}

void EngineSession::arm()
{
    if (!isOpen())
        return;
    const bool mustAnswer = !m_queue.empty() && m_poll.isAwaited();
    if (mustAnswer)
        m_deadline.armAt(now());
    else
        m_deadline.armAt(m_probe ? std::min(m_probeDue, m_heartbeatDue) : m_heartbeatDue);
}

} // namespace presently::net::socketio
