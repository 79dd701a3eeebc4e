// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "models/core/message.h"

#include <QJsonObject>
#include <QUrl>

//! \file
//! Messages and files on the REST API: net/README.md, "REST". Reading names the path of what it
//! cannot take.

namespace presently::net::mtchat {

inline constexpr int MaxContentBytes = 50'000; //!< of a message, UTF-8
inline constexpr int MaxAttachments = 10; //!< of a message
inline constexpr auto IdempotencyHeader = "Idempotency-Key";

//! \brief Whether a reply lists the files of a message. The published edit reply leaves them out.
enum class AttachmentList { Written, LeftOut };

//! \brief The body that posts a message.
struct SendMessageRequest {
    QString content;
    std::optional<MessageId> replyTo;
    QList<UploadedFile> attachments;

    bool operator==(const SendMessageRequest &) const = default;
};

struct PresignRequest {
    ConversationId conversation;
    QString fileName;
    QString contentType; //!< may be empty
    qint64 size = 0;

    bool operator==(const PresignRequest &) const = default;
};

//! \brief Where to put a file, and under which key to send it then.
struct PresignReply {
    QString uploadUrl;
    QString key;
    std::chrono::seconds expiresIn{300};

    bool operator==(const PresignReply &) const = default;
};

struct AttachmentUrlReply {
    QString url;
    std::optional<QString> thumbnailUrl;
    std::chrono::seconds expiresIn{3600};

    bool operator==(const AttachmentUrlReply &) const = default;
};

//! \brief One hit of a search over the messages that one may read.
struct MessageHit {
    Message message;
    QString conversationTitle;
    QString senderName;

    bool operator==(const MessageHit &) const = default;
};

[[nodiscard]] QJsonObject toJson(
    const Message &message, AttachmentList files = AttachmentList::Written);
[[nodiscard]] Expected<Message, Error> messageFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const Attachment &attachment);
[[nodiscard]] Expected<Attachment, Error> attachmentFromJson(const QJsonObject &object);
//! A page without its conversation, which the path of the request names.
[[nodiscard]] QJsonObject toJson(const MessagePage &page);
[[nodiscard]] Expected<MessagePage, Error> messagePageFromJson(
    const ConversationId &conversation, const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const SendMessageRequest &request);
[[nodiscard]] Expected<SendMessageRequest, Error> sendMessageRequestFromJson(
    const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PresignRequest &request);
[[nodiscard]] Expected<PresignRequest, Error> presignRequestFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PresignReply &reply);
[[nodiscard]] Expected<PresignReply, Error> presignReplyFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const AttachmentUrlReply &reply);
[[nodiscard]] Expected<AttachmentUrlReply, Error> attachmentUrlReplyFromJson(
    const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const MessageHit &hit);
[[nodiscard]] Expected<MessageHit, Error> messageHitFromJson(const QJsonObject &object);

} // namespace presently::net::mtchat
