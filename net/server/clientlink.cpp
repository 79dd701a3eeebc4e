// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/clientlink.h"

#include "net/server/hub.h"
#include "net/wire/mtchat/closecodes.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

ClientLink::ClientLink(Hub &hub, LinkIdentity identity)
    : m_hub(hub)
    , m_identity(std::move(identity))
{
}

void ClientLink::opened(WebSocketConnection &connection)
{
    m_connection = &connection;
    m_connectionId = connection.id();
    m_hub.attach(*this);
}

void ClientLink::closed(quint16, presently::net::CloseKind kind)
{
    m_connection = nullptr;
    const bool lost = kind == presently::net::CloseKind::Lost;
    m_hub.detach(*this, lost ? presently::CloseKind::Lost : presently::CloseKind::Clean);
}

void ClientLink::textReceived(QByteArrayView text)
{
    if (m_closing)
        return;
    if (!m_frames.take(m_hub.limits().frames, m_hub.now())) {
        ++m_hub.counters().rateExceeded;
        return close(mtchat::CloseCode::TooSlow, "rate exceeded");
    }
    const auto frame = mtchat::decodeClientFrame(text.toByteArray());
    if (!frame) {
        const ApiErrorCode code = mtchat::apiErrorFor(frame.error());
        return refuse(code, frame.error().field + ' '_L1 + frame.error().detail);
    }
    // Every frame proves that the device is still on the line.
    m_hub.transportAlive(*this);
    std::visit([this](const auto &request) { take(request); }, *frame);
    m_sawFrame = true;
}

void ClientLink::pinged(QByteArrayView)
{
    m_hub.transportAlive(*this);
}

void ClientLink::ponged(QByteArrayView)
{
    m_hub.transportAlive(*this);
}

// Published clients beat without a word about themselves: that is an active device.
void ClientLink::take(const mtchat::PingRequest &ping)
{
    send(mtchat::PongFrame{});
    if (!m_heartbeats.take(m_hub.limits().heartbeat, m_hub.now())) {
        ++m_hub.counters().heartbeatsIgnored;
        return;
    }
    m_hub.beat(*this, ping.state.value_or(ActivityState::Active), ping.idle);
}

void ClientLink::take(const mtchat::PresenceSetRequest &request)
{
    if (const auto set = m_hub.setIntent(m_identity.person, request.intent); !set)
        refuse(mtchat::apiErrorFor(set.error()), set.error().field + ' '_L1 + set.error().detail);
}

void ClientLink::take(const mtchat::PresenceWatchRequest &request)
{
    if (!m_watches.take(m_hub.limits().presenceQuery, m_hub.now()))
        return refuse(ApiErrorCode::RateLimitExceeded, u"too many presence.watch"_s);
    m_hub.sendSnapshot(*this, request.users);
}

void ClientLink::take(const mtchat::TypingRequest &request)
{
    if (m_typing.take(m_hub.limits().typing, m_hub.now()))
        m_hub.typing(m_identity.person, request.conversation);
}

void ClientLink::take(const mtchat::ResumeRequest &request)
{
    if (m_sawFrame)
        return refuse(ApiErrorCode::BadRequest, u"resume is only taken as the first frame"_s);
    m_hub.resume(*this, request);
}

void ClientLink::take(const mtchat::GoodbyeRequest &)
{
    m_hub.leave(*this);
}

void ClientLink::refuse(ApiErrorCode code, const QString &message)
{
    send(mtchat::ErrorFrame{mtchat::apiErrorRow(code).wire, message.trimmed()});
}

void ClientLink::send(const mtchat::ServerFrame &frame)
{
    sendJson(mtchat::encode(frame));
}

void ClientLink::sendJson(const QByteArray &json)
{
    if (m_connection && !m_closing)
        m_connection->sendText(json);
}

void ClientLink::sendFrame(const SharedFrame &frame)
{
    if (m_connection && !m_closing)
        m_connection->send(frame);
}

void ClientLink::close(quint16 code, const QByteArray &reason)
{
    if (!m_connection || m_closing)
        return;
    m_closing = true;
    m_connection->close(code, reason);
}

} // namespace presently::net
