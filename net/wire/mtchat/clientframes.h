// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "models/core/message.h"
#include "models/core/presence.h"

#include <QByteArray>

#include <variant>

//! \file
//! What a client says on the WebSocket: net/README.md, "WebSocket".

namespace presently::net::mtchat {

//! The presence heartbeat. The published client sends it bare.
struct PingRequest {
    std::optional<ActivityState> state;
    std::optional<Milliseconds> idle; //!< how long nobody touched this device
    bool operator==(const PingRequest &) const = default;
};
//! Sent by the published client and without effect: events reach exactly those who take part.
struct SubscribeRequest {
    ConversationId conversation;
    bool operator==(const SubscribeRequest &) const = default;
};
struct UnsubscribeRequest {
    ConversationId conversation;
    bool operator==(const UnsubscribeRequest &) const = default;
};
struct PresenceSetRequest {
    Intent intent;
    bool operator==(const PresenceSetRequest &) const = default;
};
struct PresenceWatchRequest {
    QList<UserId> users;
    bool operator==(const PresenceWatchRequest &) const = default;
};
struct TypingRequest {
    ConversationId conversation;
    bool operator==(const TypingRequest &) const = default;
};
//! Only as the first frame of a connection.
struct ResumeRequest {
    SessionId session;
    qint64 epoch = 0;
    qint64 seq = 0; //!< the last one seen
    bool operator==(const ResumeRequest &) const = default;
};
//! This device leaves now, without grace.
struct GoodbyeRequest {
    bool operator==(const GoodbyeRequest &) const = default;
};
//! A type that we do not know: ignored, and counted.
struct UnknownRequest {
    QString type;
    bool operator==(const UnknownRequest &) const = default;
};

using ClientFrame
    = std::variant<PingRequest, SubscribeRequest, UnsubscribeRequest, PresenceSetRequest,
        PresenceWatchRequest, TypingRequest, ResumeRequest, GoodbyeRequest, UnknownRequest>;

inline constexpr int MaxCustomMessageLength = 140; //!< characters of Intent::customMessage
inline constexpr int MaxWatchedUsers = 1000; //!< in one `presence.watch`

//! ASCII JSON. An UnknownRequest cannot be said and gives nothing.
[[nodiscard]] QByteArray encode(const ClientFrame &frame);

//! Reads one text frame.
//! Errors: Malformed, TooLarge, MissingField and InvalidField, the latter with their path.
[[nodiscard]] Expected<ClientFrame, Error> decodeClientFrame(const QByteArray &text);

} // namespace presently::net::mtchat
