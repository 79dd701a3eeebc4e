// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/presence/lease.h"
#include "net/server/listener/websocketconnection.h"
#include "net/server/ratelimiter.h"
#include "net/wire/mtchat/frames.h"

#include <memory>

namespace presently::net {

class Hub;
class SessionStream;

//! Whether the frames of a connection are numbered. The published client neither reads numbers nor
//! resumes; it gets the very bytes that all others of its kind get.
enum class Numbering { None, PerSession };

//! \brief Who is behind a WebSocket, as the handshake showed.
struct LinkIdentity {
    PersonKey person{};
    UserId user;
    std::optional<SessionId> session; //!< the sign-in; none: a token of an outside issuer, or none
    DeviceId device;
    DeviceType deviceType = DeviceType::Unknown;
    ActivityState state = ActivityState::Active;
    Numbering numbering = Numbering::None;
    std::optional<WallTime> expiresAt; //!< of a token without a session
};

//! \brief One WebSocket of one device: reads its frames and does what they ask.
//!
//! Errors:    what cannot be taken is answered with an `error` frame; the connection stays open.
//! Ownership: the listener's; borrows the hub.
//! Threading: the listener's thread.
class ClientLink final : public WebSocketHandler
{
public:
    ClientLink(Hub &hub, LinkIdentity identity);

    void opened(WebSocketConnection &connection) override;
    void textReceived(QByteArrayView text) override;
    void pinged(QByteArrayView payload) override;
    void ponged(QByteArrayView payload) override;
    void closed(quint16 code, presently::net::CloseKind kind) override;

    //! A frame outside the count.
    void send(const mtchat::ServerFrame &frame);
    void sendJson(const QByteArray &json);
    void sendFrame(const SharedFrame &frame);
    void close(quint16 code, const QByteArray &reason);

    [[nodiscard]] const LinkIdentity &identity() const { return m_identity; }
    //! Also after the end.
    [[nodiscard]] quint64 connectionId() const { return m_connectionId; }
    //! Set by the hub.
    LeaseId lease;
    std::shared_ptr<SessionStream> stream;

private:
    void take(const mtchat::PingRequest &ping);
    void take(const mtchat::PresenceSetRequest &request);
    void take(const mtchat::PresenceWatchRequest &request);
    void take(const mtchat::TypingRequest &request);
    void take(const mtchat::ResumeRequest &request);
    void take(const mtchat::GoodbyeRequest &request);
    void take(const mtchat::SubscribeRequest &) { }
    void take(const mtchat::UnsubscribeRequest &) { }
    void take(const mtchat::UnknownRequest &) { }
    void refuse(mtchat::ApiErrorCode code, const QString &message);

    Hub &m_hub;
    LinkIdentity m_identity;
    WebSocketConnection *m_connection = nullptr;
    quint64 m_connectionId = 0;
    TokenBucket m_frames;
    TokenBucket m_heartbeats;
    TokenBucket m_typing;
    TokenBucket m_watches;
    bool m_sawFrame = false;
    bool m_closing = false;
};

} // namespace presently::net
