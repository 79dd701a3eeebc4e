// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/ids.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace presently {

enum class MessageKind { User, System };

//! \brief How far an own message has come. Messages of others are always Sent.
enum class Delivery { Pending, Sent, Read, Failed };

struct Attachment {
    AttachmentId id;
    QString fileName;
    QString contentType;
    qint64 size = 0; //!< bytes
    QString url; //!< presigned and short-lived; empty: ask for one

    bool operator==(const Attachment &) const = default;
};

//! \brief A message as the server stores it.
struct Message {
    MessageId id;
    ConversationId conversation;
    UserId sender; //!< empty for a system message
    MessageKind kind = MessageKind::User;
    QString content; //!< HTML of the allowed subset; JSON for a system message
    WallTime sentAt;
    std::optional<WallTime> lastEditedAt;
    std::optional<MessageId> replyTo;
    QList<Attachment> attachments;

    bool operator==(const Message &) const = default;
};

//! \brief A file that has been put on the server and waits for its message.
struct UploadedFile {
    QString key; //!< the server's name for it
    QString fileName;
    QString contentType;
    qint64 size = 0;

    bool operator==(const UploadedFile &) const = default;
};

//! \brief A message of our own that the server has not acknowledged yet.
struct OutgoingMessage {
    IdempotencyKey key;
    ConversationId conversation;
    QString content; //!< HTML
    std::optional<MessageId> replyTo;
    QList<UploadedFile> attachments;
    WallTime composedAt; //!< this machine's clock; only orders the outbox
    std::optional<Error> failure; //!< set when the server refused it for good

    bool operator==(const OutgoingMessage &) const = default;
};

//! \brief One page of a conversation, oldest first.
struct MessagePage {
    ConversationId conversation;
    QList<Message> messages;
    bool hasMoreBefore = false;
    bool hasMoreAfter = false;
    std::optional<MessageId> firstUnread;
};

} // namespace presently

Q_DECLARE_METATYPE(presently::Message)
Q_DECLARE_METATYPE(presently::MessagePage)
Q_DECLARE_METATYPE(presently::OutgoingMessage)
