// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/websocketsession.h"

#include <algorithm>
#include <utility>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 PongRoomBytes = 4LL * 1024; //!< above it only the latest pong waits

} // namespace

WebSocketSession::WebSocketSession(SessionHost &host, quint64 id,
    std::unique_ptr<Connection> connection, std::unique_ptr<WebSocketHandler> handler)
    : Session(host, id, std::move(connection))
    , m_handler(std::move(handler))
    , m_decoder(EndpointRole::Server, options().frames)
    , m_budget(options().controlFrameBurst, options().controlFramesPerSecond, now())
    , m_lastHeard(now())
{
}

void WebSocketSession::drop()
{
    tellClosed(CloseStatus::GoingAway, CloseKind::ByUs);
}

void WebSocketSession::start(QByteArrayView rest)
{
    armDeadline();
    m_handler->opened(*this);
    if (!rest.isEmpty())
        dataReceived(rest);
}

void WebSocketSession::write(const SharedFrame &frame)
{
    ++context().counters.framesSent;
    look(FrameDirection::Sent, frame.opcode(), frame.payload());
    connection().write(frame.bytes());
}

void WebSocketSession::look(FrameDirection direction, Opcode opcode, QByteArrayView payload)
{
    if (context().tap)
        context().tap(id(), direction, opcode, payload);
}

void WebSocketSession::send(const SharedFrame &frame)
{
    if (m_state != State::Open)
        return;
    if (connection().pendingBytes() + frame.bytes().size() > options().maxPendingBytes)
        dropAsSlow();
    else
        write(frame);
}

qint64 WebSocketSession::pendingBytes() const
{
    return connection().pendingBytes();
}

void WebSocketSession::close(quint16 code, const QByteArray &reason)
{
    if (m_state != State::Open)
        return;
    write(SharedFrame::control(Opcode::Close, closePayload(code, reason)));
    m_state = State::Closing;
    m_closeCode = code;
    m_closeDue = now() + options().closeTimeout;
    armDeadline();
}

void WebSocketSession::stop(quint16 code, const QByteArray &reason)
{
    close(code, reason);
}

void WebSocketSession::dataReceived(QByteArrayView bytes)
{
    m_lastHeard = now();
    m_awaitsPong = false;
    bool finishedOne = false;
    while (m_state != State::Finishing) {
        const FrameDecoder::Step step = m_decoder.next(bytes);
        if (std::holds_alternative<FrameDecoder::NeedMore>(step))
            break;
        if (const auto *message = std::get_if<FrameDecoder::Message>(&step))
            takeMessage(*message);
        else if (const auto *close = std::get_if<FrameDecoder::Close>(&step))
            takeClose(*close);
        else
            fail(std::get<FrameDecoder::Failure>(step).code,
                std::get<FrameDecoder::Failure>(step).reason);
        finishedOne = true;
    }
    const bool wasInside = std::exchange(m_insideMessage, m_decoder.isInsideMessage());
    if (m_insideMessage && (finishedOne || !wasInside))
        m_messageBegan = m_lastHeard;
    armDeadline();
}

void WebSocketSession::takeMessage(const FrameDecoder::Message &message)
{
    ++context().counters.framesReceived;
    look(FrameDirection::Received, message.opcode, message.payload);
    if (message.opcode == Opcode::Ping || message.opcode == Opcode::Pong) {
        takeControl(message);
        return;
    }
    if (m_state != State::Open)
        return;
    if (message.opcode == Opcode::Text)
        m_handler->textReceived(message.payload);
    else
        m_handler->binaryReceived(message.payload);
}

void WebSocketSession::takeControl(const FrameDecoder::Message &message)
{
    if (!m_budget.spend(m_lastHeard)) {
        dropAsSlow();
        return;
    }
    if (m_state != State::Open)
        return;
    if (message.opcode == Opcode::Pong) {
        m_handler->ponged(message.payload);
        return;
    }
    pong(message.payload);
    m_handler->pinged(message.payload);
}

//! RFC 6455 5.5.3 lets us answer only the latest of several pings.
void WebSocketSession::pong(const QByteArray &payload)
{
    if (connection().pendingBytes() > PongRoomBytes)
        m_owedPong = payload;
    else
        write(SharedFrame::control(Opcode::Pong, payload));
}

void WebSocketSession::flushed()
{
    if (m_owedPong && m_state == State::Open)
        write(SharedFrame::control(Opcode::Pong, *std::exchange(m_owedPong, std::nullopt)));
}

void WebSocketSession::takeClose(const FrameDecoder::Close &close)
{
    ++context().counters.framesReceived;
    look(FrameDirection::Received, Opcode::Close, closePayload(close.code, close.reason));
    if (m_state == State::Closing) {
        finish(m_closeCode, CloseKind::ByUs);
        return;
    }
    write(SharedFrame::control(Opcode::Close, closePayload(close.code)));
    finish(close.code, CloseKind::Clean);
}

void WebSocketSession::fail(quint16 code, const QByteArray &reason)
{
    if (m_state == State::Open)
        write(SharedFrame::control(Opcode::Close, closePayload(code, reason)));
    finish(m_state == State::Open ? code : m_closeCode, CloseKind::ByUs);
}

//! What waits is forgotten but for a frame that has begun to go; the close frame takes its place.
void WebSocketSession::dropAsSlow()
{
    if (m_state == State::Finishing)
        return;
    ++context().counters.slowDropped;
    m_owedPong.reset();
    connection().discardPending();
    if (m_state == State::Open)
        write(SharedFrame::control(Opcode::Close, closePayload(CloseStatus::TooSlow, "too slow")));
    m_state = State::Finishing;
    m_closeDue = now() + options().closeTimeout;
    connection().closeAfterFlush();
    // This may run inside the handler, in a loop over all connections: it hears of it later.
    m_tellSlow = true;
    deadline().armAt(now());
}

void WebSocketSession::finish(quint16 code, CloseKind kind)
{
    m_state = State::Finishing;
    m_closeDue = now() + options().closeTimeout;
    connection().closeAfterFlush();
    tellClosed(code, kind);
}

void WebSocketSession::tellClosed(quint16 code, CloseKind kind)
{
    const auto handler = std::exchange(m_handler, nullptr);
    if (!handler)
        return;
    m_state = State::Finishing;
    if (kind == CloseKind::Lost)
        ++context().counters.lost;
    handler->closed(code, kind);
}

void WebSocketSession::lose()
{
    connection().abort();
    ended(ConnectionEnd::Lost);
}

void WebSocketSession::inputEnded()
{
    // There is nobody left to talk to: without a close frame the stream ended too early.
    if (m_state != State::Finishing)
        lose();
}

void WebSocketSession::ended(ConnectionEnd)
{
    deadline().disarm();
    if (m_tellSlow)
        tellClosed(CloseStatus::TooSlow, CloseKind::ByUs);
    else if (m_state == State::Closing)
        tellClosed(m_closeCode, CloseKind::ByUs);
    else
        tellClosed(CloseStatus::Lost, CloseKind::Lost);
    host().retire(*this);
}

void WebSocketSession::armDeadline()
{
    if (m_tellSlow)
        return;
    if (m_state != State::Open) {
        deadline().armAt(m_closeDue);
        return;
    }
    SteadyTime due = m_awaitsPong ? m_pingSent + options().pongTimeout
                                  : m_lastHeard + options().pingAfterSilence;
    if (m_insideMessage)
        due = std::min(due, m_messageBegan + options().frameTimeout);
    deadline().armAt(due);
}

void WebSocketSession::deadlineReached(Deadline &)
{
    const SteadyTime time = now();
    if (m_tellSlow) {
        m_tellSlow = false;
        tellClosed(CloseStatus::TooSlow, CloseKind::ByUs);
    } else if (m_state != State::Open) {
        if (time >= m_closeDue) {
            lose();
            return;
        }
    } else if (m_insideMessage && time >= m_messageBegan + options().frameTimeout) {
        fail(CloseStatus::TooSlow, "a message took too long"_ba);
    } else if (m_awaitsPong && time >= m_pingSent + options().pongTimeout) {
        lose();
        return;
    } else if (!m_awaitsPong && time >= m_lastHeard + options().pingAfterSilence) {
        m_awaitsPong = true;
        m_pingSent = time;
        write(SharedFrame::control(Opcode::Ping, {}));
    }
    armDeadline();
}

} // namespace presently::net
