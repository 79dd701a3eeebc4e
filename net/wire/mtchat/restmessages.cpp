// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/restmessages.h"

#include "models/core/timeformat.h"
#include "models/text/cleantext.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto IdKey = "id"_L1;
constexpr auto DialogKey = "dialog_id"_L1;
constexpr auto SenderKey = "sender_id"_L1;
constexpr auto ContentKey = "content"_L1;
constexpr auto SentAtKey = "sent_at"_L1;
constexpr auto EditedAtKey = "last_edited_at"_L1;
constexpr auto ReplyToIdKey = "reply_to_id"_L1;
constexpr auto MessageTypeKey = "message_type"_L1;
constexpr auto AttachmentsKey = "attachments"_L1;
constexpr auto FileNameKey = "filename"_L1;
constexpr auto ContentTypeKey = "content_type"_L1;
constexpr auto SizeKey = "size"_L1;
constexpr auto UrlKey = "url"_L1;
constexpr auto ThumbnailKey = "thumbnail_url"_L1;
constexpr auto ReplyToKey = "reply_to"_L1;
constexpr auto StorageKey = "s3_key"_L1;
constexpr auto UploadUrlKey = "upload_url"_L1;
constexpr auto ExpiresKey = "expires_in"_L1;
constexpr auto MessagesKey = "messages"_L1;
constexpr auto FirstUnreadKey = "first_unread_message_id"_L1;
constexpr auto MoreBeforeKey = "has_more_before"_L1;
constexpr auto MoreAfterKey = "has_more_after"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto TitleKey = "dialog_title"_L1;
constexpr auto SenderNameKey = "sender_name"_L1;

constexpr qsizetype MaxPage = 10'000; //!< the published server does not bound its pages

template <typename IdType>
QJsonValue orNull(const std::optional<IdType> &id)
{
    return id ? QJsonValue(id->value) : QJsonValue(QJsonValue::Null);
}

QJsonObject toJson(const UploadedFile &file)
{
    return {{StorageKey, file.key}, {FileNameKey, file.fileName},
        {ContentTypeKey, file.contentType}, {SizeKey, file.size}};
}

Expected<UploadedFile, Error> uploadedFileFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    UploadedFile file;
    file.key = read.text(StorageKey);
    file.fileName = read.text(FileNameKey);
    file.contentType = read.text(ContentTypeKey);
    file.size = read.integer(SizeKey);
    return read.finish(file);
}

} // namespace

QJsonObject toJson(const Attachment &attachment)
{
    return {{IdKey, attachment.id.value}, {FileNameKey, attachment.fileName},
        {ContentTypeKey, attachment.contentType}, {SizeKey, attachment.size},
        {UrlKey, attachment.url}};
}

Expected<Attachment, Error> attachmentFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Attachment attachment;
    attachment.id = read.id<AttachmentId>(IdKey);
    attachment.fileName = cleanFileName(read.text(FileNameKey));
    attachment.contentType = read.text(ContentTypeKey);
    attachment.size = read.integer(SizeKey);
    attachment.url = read.textOr(UrlKey);
    return read.finish(attachment);
}

QJsonObject toJson(const Message &message, AttachmentList files)
{
    QJsonObject object{
        {IdKey, message.id.value},
        {DialogKey, message.conversation.value},
        {SenderKey,
            message.sender.isEmpty() ? QJsonValue(QJsonValue::Null)
                                     : QJsonValue(message.sender.value)},
        {ContentKey, message.content},
        {SentAtKey, toRfc3339(message.sentAt)},
        {EditedAtKey,
            message.lastEditedAt ? QJsonValue(toRfc3339(*message.lastEditedAt))
                                 : QJsonValue(QJsonValue::Null)},
        {ReplyToIdKey, orNull(message.replyTo)},
        {MessageTypeKey, QString(toWire(message.kind))},
    };
    if (files == AttachmentList::Written && !message.attachments.isEmpty()) {
        QJsonArray attachments;
        for (const Attachment &attachment : message.attachments)
            attachments.append(toJson(attachment));
        object.insert(AttachmentsKey, attachments);
    }
    return object;
}

Expected<Message, Error> messageFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Message message;
    message.id = read.id<MessageId>(IdKey);
    message.conversation = read.id<ConversationId>(DialogKey);
    message.sender = read.optionalId<UserId>(SenderKey).value_or(UserId{});
    message.content = read.text(ContentKey);
    message.sentAt = read.time(SentAtKey);
    message.lastEditedAt = read.optionalTime(EditedAtKey);
    message.replyTo = read.optionalId<MessageId>(ReplyToIdKey);
    message.kind = messageKindFromWire(read.textOr(MessageTypeKey));
    message.attachments = read.each(AttachmentsKey, attachmentFromJson, 100);
    return read.finish(message);
}

QJsonObject toJson(const MessagePage &page)
{
    QJsonArray messages;
    for (const Message &message : page.messages)
        messages.append(toJson(message));
    QJsonObject object{{MessagesKey, messages}, {MoreBeforeKey, page.hasMoreBefore},
        {MoreAfterKey, page.hasMoreAfter}};
    if (page.firstUnread)
        object.insert(FirstUnreadKey, page.firstUnread->value);
    return object;
}

Expected<MessagePage, Error> messagePageFromJson(
    const ConversationId &conversation, const QJsonObject &object)
{
    FieldReader read(object);
    MessagePage page;
    page.conversation = conversation;
    if (!read.has(MessagesKey))
        read.refuse(MessagesKey, u"missing"_s);
    page.messages = read.each(MessagesKey, messageFromJson, MaxPage);
    page.hasMoreBefore = read.boolean(MoreBeforeKey);
    page.hasMoreAfter = read.boolean(MoreAfterKey);
    page.firstUnread = read.optionalId<MessageId>(FirstUnreadKey);
    return read.finish(page);
}

QJsonObject toJson(const SendMessageRequest &request)
{
    QJsonObject object{{ContentKey, request.content}};
    if (request.replyTo)
        object.insert(ReplyToKey, request.replyTo->value);
    QJsonArray attachments;
    for (const UploadedFile &file : request.attachments)
        attachments.append(toJson(file));
    if (!attachments.isEmpty())
        object.insert(AttachmentsKey, attachments);
    return object;
}

Expected<SendMessageRequest, Error> sendMessageRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SendMessageRequest request;
    request.content = read.text(ContentKey);
    request.replyTo = read.optionalId<MessageId>(ReplyToKey);
    request.attachments = read.each(AttachmentsKey, uploadedFileFromJson, 1000);
    return read.finish(request);
}

QJsonObject toJson(const PresignRequest &request)
{
    return {{DialogKey, request.conversation.value}, {FileNameKey, request.fileName},
        {ContentTypeKey, request.contentType}, {SizeKey, request.size}};
}

Expected<PresignRequest, Error> presignRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PresignRequest request;
    request.conversation = read.id<ConversationId>(DialogKey);
    request.fileName = read.text(FileNameKey);
    request.contentType = read.text(ContentTypeKey);
    request.size = read.integer(SizeKey);
    return read.finish(request);
}

QJsonObject toJson(const PresignReply &reply)
{
    return {{UploadUrlKey, reply.uploadUrl}, {StorageKey, reply.key},
        {ExpiresKey, qint64(reply.expiresIn.count())}};
}

Expected<PresignReply, Error> presignReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PresignReply reply;
    reply.uploadUrl = read.text(UploadUrlKey);
    reply.key = read.text(StorageKey);
    reply.expiresIn = std::chrono::seconds{read.integer(ExpiresKey)};
    return read.finish(reply);
}

QJsonObject toJson(const AttachmentUrlReply &reply)
{
    return {{UrlKey, reply.url},
        {ThumbnailKey,
            reply.thumbnailUrl ? QJsonValue(*reply.thumbnailUrl) : QJsonValue(QJsonValue::Null)},
        {ExpiresKey, qint64(reply.expiresIn.count())}};
}

Expected<AttachmentUrlReply, Error> attachmentUrlReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    AttachmentUrlReply reply;
    reply.url = read.text(UrlKey);
    reply.thumbnailUrl = read.optionalText(ThumbnailKey);
    reply.expiresIn = std::chrono::seconds{read.integer(ExpiresKey)};
    return read.finish(reply);
}

QJsonObject toJson(const MessageHit &hit)
{
    return {{MessageKey, toJson(hit.message)}, {TitleKey, hit.conversationTitle},
        {SenderNameKey, hit.senderName}};
}

Expected<MessageHit, Error> messageHitFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    MessageHit hit;
    hit.message = read.nested(MessageKey, messageFromJson);
    hit.conversationTitle = read.name(TitleKey);
    hit.senderName = read.name(SenderNameKey);
    return read.finish(hit);
}

} // namespace presently::net::mtchat
