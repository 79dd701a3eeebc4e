// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

//! \file
//! The names of types and fields that both sides of the server's frames use.

namespace presently::net::mtchat {

inline constexpr QLatin1StringView TypeKey("type");
inline constexpr QLatin1StringView IntentKey("intent");
inline constexpr QLatin1StringView PayloadKey("payload");
inline constexpr QLatin1StringView SeqKey("seq");

inline constexpr QLatin1StringView EmployeeKey("employee_id");
inline constexpr QLatin1StringView SessionKey("session_id");
inline constexpr QLatin1StringView EpochKey("epoch");
inline constexpr QLatin1StringView ServerTimeKey("server_time");
inline constexpr QLatin1StringView HeartbeatKey("heartbeat");
inline constexpr QLatin1StringView IntervalKey("interval_ms");
inline constexpr QLatin1StringView LeaseKey("lease_ms");
inline constexpr QLatin1StringView SlackKey("slack_ms");
inline constexpr QLatin1StringView ResumeWindowKey("resume_window_ms");
inline constexpr QLatin1StringView FeaturesKey("features");

inline constexpr QLatin1StringView CompleteKey("complete");
inline constexpr QLatin1StringView UsersKey("users");
inline constexpr QLatin1StringView IdKey("id");
inline constexpr QLatin1StringView DialogKey("dialog_id");
inline constexpr QLatin1StringView UserKey("user_id");
inline constexpr QLatin1StringView SenderKey("sender_id");
inline constexpr QLatin1StringView ContentKey("content");
inline constexpr QLatin1StringView SentAtKey("sent_at");
inline constexpr QLatin1StringView EditedAtKey("last_edited_at");
inline constexpr QLatin1StringView MessageTypeKey("message_type");
inline constexpr QLatin1StringView MessageKey("message");
inline constexpr QLatin1StringView LastReadKey("last_read_message_id");
inline constexpr QLatin1StringView PinnedKey("pinned");
inline constexpr QLatin1StringView MutedKey("muted");
inline constexpr QLatin1StringView ArchivedKey("archived");
inline constexpr QLatin1StringView UnreadKey("unread_count");
inline constexpr QLatin1StringView UntilKey("until");
inline constexpr QLatin1StringView ReasonKey("reason");
inline constexpr QLatin1StringView CodeKey("code");
inline constexpr QLatin1StringView RetryAfterKey("retry_after_ms");

inline constexpr QLatin1StringView ConnectedType("connected");
inline constexpr QLatin1StringView PongType("pong");
inline constexpr QLatin1StringView PresenceUpdateType("presence.update");
inline constexpr QLatin1StringView PresenceSnapshotType("presence.snapshot");
inline constexpr QLatin1StringView MessageNewType("message.new");
inline constexpr QLatin1StringView MessageEditedType("message.edited");
inline constexpr QLatin1StringView MessageDeletedType("message.deleted");
inline constexpr QLatin1StringView MessageReadType("message.read");
inline constexpr QLatin1StringView ParticipantJoinedType("participant.joined");
inline constexpr QLatin1StringView ParticipantLeftType("participant.left");
inline constexpr QLatin1StringView ArchivedType("dialog.archived");
inline constexpr QLatin1StringView UnarchivedType("dialog.unarchived");
inline constexpr QLatin1StringView ConversationChangedType("conversation.changed");
inline constexpr QLatin1StringView TypingType("typing");
inline constexpr QLatin1StringView ResyncType("resync");
inline constexpr QLatin1StringView ErrorType("error");
inline constexpr QLatin1StringView GoodbyeType("goodbye");

} // namespace presently::net::mtchat
