// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/expected.h"
#include "net/wire/mtchat/errors.h"

#include <QByteArray>
#include <QStringList>

#include <variant>

//! \file
//! What the server says on the WebSocket: net/README.md, "WebSocket". The published fields keep
//! their names and places; ours stand beside them, and both ends do without them.

namespace presently::net::mtchat {

//! \brief Intervals that the server asks for. A client hard-codes none.
struct HeartbeatTerms {
    Milliseconds interval{30'000};
    Milliseconds lease{60'000};
    Milliseconds slack{0};

    bool operator==(const HeartbeatTerms &) const = default;
};

//! \brief What a server of ours adds to `connected`.
struct SessionTerms {
    SessionId session;
    qint64 epoch = 0;
    qint64 seq = 0; //!< of the last frame before this one
    WallTime serverTime;
    HeartbeatTerms heartbeat;
    Milliseconds resumeWindow{0}; //!< 0: nothing is kept for a resume
    QStringList features;

    bool operator==(const SessionTerms &) const = default;
};

struct ConnectedFrame {
    UserId user;
    std::optional<SessionTerms> terms; //!< none from the published server
    bool operator==(const ConnectedFrame &) const = default;
};
struct PongFrame {
    bool operator==(const PongFrame &) const = default;
};
//! From the published server only whether somebody is online: epoch and serial are then 0.
struct PresenceUpdateFrame {
    PresenceRecord record;
    std::optional<Intent> intent = std::nullopt; //!< only of oneself
    bool operator==(const PresenceUpdateFrame &) const = default;
};
struct PresenceSnapshotFrame {
    qint64 epoch = 0;
    bool complete = false; //!< only the last part of a snapshot is
    QList<PresenceRecord> users;
    bool operator==(const PresenceSnapshotFrame &) const = default;
};
//! Not complete from the published server: `replyTo` and `attachments` are then unknown.
struct MessageNewFrame {
    Message message;
    bool complete = true;
    bool operator==(const MessageNewFrame &) const = default;
};
//! Not complete from the published server: only id, conversation, content and time are set then.
struct MessageEditedFrame {
    Message message;
    bool complete = true;
    bool operator==(const MessageEditedFrame &) const = default;
};
struct MessageDeletedFrame {
    ConversationId conversation;
    MessageId message;
    bool operator==(const MessageDeletedFrame &) const = default;
};
struct MessageReadFrame {
    ConversationId conversation;
    UserId user;
    MessageId lastRead;
    bool operator==(const MessageReadFrame &) const = default;
};
struct ParticipantJoinedFrame {
    ConversationId conversation;
    UserId user;
    bool operator==(const ParticipantJoinedFrame &) const = default;
};
struct ParticipantLeftFrame {
    ConversationId conversation;
    UserId user;
    bool operator==(const ParticipantLeftFrame &) const = default;
};
struct ConversationArchivedFrame {
    ConversationId conversation;
    bool operator==(const ConversationArchivedFrame &) const = default;
};
struct ConversationUnarchivedFrame {
    ConversationId conversation;
    bool operator==(const ConversationUnarchivedFrame &) const = default;
};
//! To one's own other devices; none: unchanged.
struct ConversationChangedFrame {
    ConversationId conversation;
    std::optional<bool> pinned;
    std::optional<bool> muted;
    std::optional<bool> archived;
    std::optional<int> unreadCount;
    bool operator==(const ConversationChangedFrame &) const = default;
};
struct TypingFrame {
    ConversationId conversation;
    UserId user;
    WallTime until;
    bool operator==(const TypingFrame &) const = default;
};
//! The gap is larger than what was kept: fetch everything again.
struct ResyncFrame {
    QString reason;
    bool operator==(const ResyncFrame &) const = default;
};
struct ErrorFrame {
    QString code; //!< as in errors.h; kept as text, because a newer server may know more
    QString message;
    bool operator==(const ErrorFrame &) const = default;
};
struct GoodbyeFrame {
    QString reason;
    std::optional<Milliseconds> retryAfter;
    bool operator==(const GoodbyeFrame &) const = default;
};
//! A type that we do not know: counted, never an error.
struct UnknownFrame {
    QString type;
    bool operator==(const UnknownFrame &) const = default;
};

using ServerFrame = std::variant<ConnectedFrame, PongFrame, PresenceUpdateFrame,
    PresenceSnapshotFrame, MessageNewFrame, MessageEditedFrame, MessageDeletedFrame,
    MessageReadFrame, ParticipantJoinedFrame, ParticipantLeftFrame, ConversationArchivedFrame,
    ConversationUnarchivedFrame, ConversationChangedFrame, TypingFrame, ResyncFrame, ErrorFrame,
    GoodbyeFrame, UnknownFrame>;

//! \brief A frame with its place in the session.
struct ServerMessage {
    ServerFrame frame;
    std::optional<qint64> seq; //!< none from the published server, and on frames outside the count
    bool operator==(const ServerMessage &) const = default;
};

//! At most this many people in one part of a snapshot.
inline constexpr int MaxSnapshotPart = 500;

//! ASCII JSON without `seq`: the bytes that every receiver of a broadcast shares. An UnknownFrame
//! cannot be said and gives nothing.
[[nodiscard]] QByteArray encode(const ServerFrame &frame);

//! \a encoded with its place in one session, as its last field. \a encoded is a result of encode().
[[nodiscard]] QByteArray withSeq(const QByteArray &encoded, qint64 seq);
//! What stands in place of the last byte of an encoded frame that has a place in a session.
[[nodiscard]] QByteArray seqEnding(qint64 seq);

//! Reads one text frame, in the flat or the nested form ({type, payload:{…}}).
//! Errors: Malformed, TooLarge, MissingField and InvalidField, the latter with their path.
[[nodiscard]] Expected<ServerMessage, Error> decodeServerFrame(const QByteArray &text);

} // namespace presently::net::mtchat
