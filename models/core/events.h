// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/capabilities.h"
#include "models/core/conversation.h"
#include "models/core/link.h"
#include "models/core/message.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"

#include <QMetaType>

#include <variant>

//! \file
//! What a dialect's client tells the stores. Plain values: they cross threads.

namespace presently {

//! Who we are, and what this server can do. First after each sign-in.
struct SignedInEvent {
    Person self;
    Capabilities capabilities;
};
//! The person signed out, or the server ended the session; `cause` is none when it was asked for.
struct SignedOutEvent {
    std::optional<Error> cause;
};
struct LinkChangedEvent {
    LinkStatus link;
};
//! The server's clock, from which a client reckons ages: `serverTime` was true at `receivedAt`.
struct ServerClockEvent {
    WallTime serverTime;
    SteadyTime receivedAt;
};

//! A new epoch or a new link: hold presence events until its snapshot is in.
struct PresenceHydrationStartedEvent {
    qint64 epoch = 0;
};
struct PresenceChangedEvent {
    PresenceRecord record;
};
struct PresenceSnapshotEvent {
    PresenceSnapshot snapshot;
};
//! Our own intent as the server keeps it.
struct OwnIntentEvent {
    Intent intent;
};
//! Our own lasting choices as the server keeps them.
struct OwnPreferencesEvent {
    PresencePreferences preferences;
};

struct ConversationListEvent {
    QList<Conversation> conversations;
    bool complete = false;
};
struct ConversationUpsertedEvent {
    Conversation conversation;
};
struct ConversationRemovedEvent {
    ConversationId conversation;
};
//! Pin, mute, archive or read changed on another device of our own; none: unchanged.
struct ConversationChangedEvent {
    ConversationId conversation;
    std::optional<bool> pinned;
    std::optional<bool> muted;
    std::optional<bool> archived;
    std::optional<int> unreadCount;
};
struct RosterEvent {
    QList<Person> people;
};
struct ParticipantsEvent {
    ConversationId conversation;
    QList<Participant> participants;
};
struct ParticipantLeftEvent {
    ConversationId conversation;
    UserId user;
};

enum class PagePlacement { Latest, Before, After, Around };
struct MessagePageEvent {
    MessagePage page;
    PagePlacement placement = PagePlacement::Latest;
};
struct MessageAddedEvent {
    Message message;
};
struct MessageEditedEvent {
    Message message;
};
struct MessageDeletedEvent {
    ConversationId conversation;
    MessageId message;
};
struct MessageReadEvent {
    ConversationId conversation;
    UserId user;
    MessageId lastRead;
};
struct TypingEvent {
    ConversationId conversation;
    UserId user;
    std::optional<WallTime> until;
};

//! The server has our message: it leaves the outbox.
struct MessageSentEvent {
    IdempotencyKey key;
    Message message;
};
//! The server refused our message for good; it stays in the outbox to be retried or discarded.
struct MessageFailedEvent {
    IdempotencyKey key;
    Error error;
};
struct UploadProgressEvent {
    IdempotencyKey key;
    qint64 sent = 0;
    qint64 total = 0;
};
//! A file is on the server and may go with a message.
struct UploadFinishedEvent {
    IdempotencyKey key;
    UploadedFile file;
};
struct UploadFailedEvent {
    IdempotencyKey key;
    Error error;
};
struct DownloadFinishedEvent {
    AttachmentId attachment;
    QString filePath;
};
//! The answer to a search for people; `query` is what was asked.
struct PeopleFoundEvent {
    QString query;
    QList<Person> people;
};
//! The conversation that we asked for is there; with two people it may be an old one.
struct ConversationStartedEvent {
    ConversationId conversation;
};
//! A command that is not a message failed; `action` names the command for the words shown.
struct CommandFailedEvent {
    QString action;
    Error error;
};
//! An event type this client does not know: counted, never an error.
struct UnknownEvent {
    QString type;
};

using Event = std::variant<SignedInEvent, SignedOutEvent, LinkChangedEvent, ServerClockEvent,
    PresenceHydrationStartedEvent, PresenceChangedEvent, PresenceSnapshotEvent, OwnIntentEvent,
    OwnPreferencesEvent, ConversationListEvent, ConversationUpsertedEvent, ConversationRemovedEvent,
    ConversationChangedEvent, RosterEvent, ParticipantsEvent, ParticipantLeftEvent,
    MessagePageEvent, MessageAddedEvent, MessageEditedEvent, MessageDeletedEvent, MessageReadEvent,
    TypingEvent, MessageSentEvent, MessageFailedEvent, UploadProgressEvent, UploadFinishedEvent,
    UploadFailedEvent, DownloadFinishedEvent, PeopleFoundEvent, ConversationStartedEvent,
    CommandFailedEvent, UnknownEvent>;

} // namespace presently

Q_DECLARE_METATYPE(presently::Event)
