// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/message.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"

#include <QMetaType>

#include <variant>

//! \file
//! What a person asks for. The interface hands a Command to the Session store; `app` carries it to
//! the dialect's client. Plain values: they cross threads.

namespace presently {

struct SetIntentCommand {
    Intent intent;
};
struct SetPreferencesCommand {
    PresencePreferences preferences;
};
struct OpenConversationCommand {
    ConversationId conversation;
}; //!< participants, latest page, typing
struct CloseConversationCommand {
    ConversationId conversation;
};
struct LoadMessagesCommand {
    ConversationId conversation;
    std::optional<MessageId> before; //!< at most one of the three; none: the latest page
    std::optional<MessageId> after;
    std::optional<MessageId> around;
};
struct SendMessageCommand {
    OutgoingMessage message;
};
struct RetryMessageCommand {
    IdempotencyKey key;
};
struct DiscardMessageCommand {
    IdempotencyKey key;
};
struct EditMessageCommand {
    ConversationId conversation;
    MessageId message;
    QString content;
};
struct DeleteMessageCommand {
    ConversationId conversation;
    MessageId message;
};
struct MarkReadCommand {
    ConversationId conversation;
    MessageId lastRead;
};
struct UploadFileCommand {
    IdempotencyKey key;
    ConversationId conversation;
    QString filePath;
};
struct CancelUploadCommand {
    IdempotencyKey key;
};
struct DownloadAttachmentCommand {
    AttachmentId attachment;
    QString filePath;
};
//! Whom one may write to, by name or login; answered by PeopleFoundEvent.
struct SearchPeopleCommand {
    QString query;
};
struct StartConversationCommand {
    QList<UserId> people;
    QString title;
};
struct JoinConversationCommand {
    ConversationId conversation;
};
struct LeaveConversationCommand {
    ConversationId conversation;
};
struct PinConversationCommand {
    ConversationId conversation;
    bool pinned = true;
};
struct MuteConversationCommand {
    ConversationId conversation;
    bool muted = true;
};
struct ArchiveConversationCommand {
    ConversationId conversation;
    bool archived = true;
};
struct TypingCommand {
    ConversationId conversation;
};
struct TryNowCommand {
}; //!< do not wait for the back-off
struct SignOutCommand {
};

using Command = std::variant<SetIntentCommand, SetPreferencesCommand, OpenConversationCommand,
    CloseConversationCommand, LoadMessagesCommand, SendMessageCommand, RetryMessageCommand,
    DiscardMessageCommand, EditMessageCommand, DeleteMessageCommand, MarkReadCommand,
    UploadFileCommand, CancelUploadCommand, DownloadAttachmentCommand, SearchPeopleCommand,
    StartConversationCommand, JoinConversationCommand, LeaveConversationCommand,
    PinConversationCommand, MuteConversationCommand, ArchiveConversationCommand, TypingCommand,
    TryNowCommand, SignOutCommand>;

} // namespace presently

Q_DECLARE_METATYPE(presently::Command)
