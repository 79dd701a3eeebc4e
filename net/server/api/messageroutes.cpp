// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "models/text/richtext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/filestore.h"
#include "net/server/api/messageviews.h"
#include "net/server/api/routes.h"
#include "net/wire/mtchat/restmessages.h"

#include <array>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

constexpr int DefaultPage = 50;
constexpr qsizetype MaxKeyBytes = 255;

HttpResponse messageNotFound()
{
    return refuse(ApiErrorCode::MessageNotFound, u"Message not found"_s);
}

bool isParticipant(ApiQuestion &question, const ConversationId &id)
{
    return question.context()
        .database.conversations()
        .participant(id, question.caller().person)
        .has_value();
}

Broadcaster::Recipients membersOf(ApiQuestion &question, const ConversationId &id)
{
    return question.context().database.conversations().members(id).value_or(
        Broadcaster::Recipients());
}

//! Of several anchors the first of around, after, before counts, as the contract has it.
PageRequest pageRequest(ApiQuestion &question)
{
    using Placement = PageRequest::Placement;
    PageRequest request;
    request.limit = question.number(u"limit", DefaultPage, MessageTable::MaximumPage);
    const std::array<std::pair<QStringView, Placement>, 3> anchors{{{u"around", Placement::Around},
        {u"after", Placement::After}, {u"before", Placement::Before}}};
    for (const auto &[name, placement] : anchors) {
        const auto anchor = question.uuidQuery(name);
        if (anchor && request.placement == Placement::Latest) {
            request.placement = placement;
            request.anchor = MessageId{*anchor};
        }
    }
    return request;
}

HttpResponse page(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const PageRequest request = pageRequest(question);
    if (question.refusal())
        return *question.refusal();
    if (!isParticipant(question, id))
        return refuse(ApiErrorCode::Forbidden, u"Not a participant"_s);
    auto found = question.context().database.messages().page(id, request, question.caller().person);
    if (!found)
        return refuseFor(found.error());
    for (Message &message : found->messages) {
        auto addressed = withAddresses(question, message);
        if (!addressed)
            return refuseFor(addressed.error());
        message = *std::move(addressed);
    }
    return answerData(mtchat::toJson(*found));
}

HttpResponse one(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const MessageId message{question.uuid(1)};
    if (question.refusal())
        return *question.refusal();
    if (!isParticipant(question, id))
        return messageNotFound();
    const auto found = question.context().database.messages().find(id, message);
    if (!found)
        return found.error().code == ErrorCode::NotFound ? messageNotFound()
                                                         : refuseFor(found.error());
    const auto addressed = withAddresses(question, *found);
    return addressed ? answerData(mtchat::toJson(*addressed)) : refuseFor(addressed.error());
}

//! The key that makes sending twice the same as sending once; none: not asked for.
std::optional<IdempotencyKey> idempotencyKey(ApiQuestion &question)
{
    const HeaderList &headers = question.request().http.head.headers;
    if (!headers.contains(mtchat::IdempotencyHeader))
        return std::nullopt;
    const QByteArray key = headers.value(mtchat::IdempotencyHeader);
    if (key.isEmpty() || key.size() > MaxKeyBytes)
        question.setRefusal(
            refuse(ApiErrorCode::BadRequest, u"Idempotency-Key must have 1 to 255 bytes"_s));
    return IdempotencyKey{QString::fromUtf8(key)};
}

//! What is really there counts, not what the client says of it.
QList<NewAttachment> attachmentsFrom(
    ApiQuestion &question, const ConversationId &id, const QList<UploadedFile> &files)
{
    const FileStore store(question.context().filesDirectory);
    QList<NewAttachment> attachments;
    for (const UploadedFile &file : files) {
        if (!FileStore::isKeyOf(id, file.key)) {
            question.setRefusal(refuse(ApiErrorCode::BadRequest, u"Invalid attachment key"_s));
            return {};
        }
        const auto size = store.sizeOf(file.key);
        if (!size) {
            question.setRefusal(
                refuse(ApiErrorCode::AttachmentNotFound, u"The file was not uploaded"_s));
            return {};
        }
        if (!isAllowedContentType(file.contentType)) {
            question.setRefusal(
                refuse(ApiErrorCode::UnsupportedFileType, u"File type not allowed"_s));
            return {};
        }
        const QString type = file.contentType.section(u';', 0, 0).trimmed().toLower();
        attachments.append({file.key, cleanFileName(file.fileName),
            type.isEmpty() ? u"application/octet-stream"_s : type, *size});
    }
    return attachments;
}

void refuseContent(ApiQuestion &question, const QString &content)
{
    if (content.toUtf8().size() > mtchat::MaxContentBytes) {
        question.setRefusal(refuse(ApiErrorCode::InvalidInput,
            u"Content must not exceed %1 bytes"_s.arg(mtchat::MaxContentBytes)));
    }
}

NewMessage messageFrom(
    ApiQuestion &question, const ConversationId &id, const mtchat::SendMessageRequest &request)
{
    refuseContent(question, request.content);
    if (request.attachments.size() > mtchat::MaxAttachments) {
        question.setRefusal(refuse(
            ApiErrorCode::BadRequest, u"At most %1 attachments"_s.arg(mtchat::MaxAttachments)));
    }
    NewMessage message;
    if (question.refusal())
        return message;
    const RichText text = RichText::fromHtml(request.content);
    message.conversation = id;
    message.sender = question.caller().person;
    message.content = text.toHtml();
    message.plainText = text.toPlainText();
    if (request.replyTo)
        message.replyTo = MessageId{request.replyTo->value.toLower()};
    message.attachments = attachmentsFrom(question, id, request.attachments);
    message.key = idempotencyKey(question);
    message.sentAt = question.context().clock.wallNow();
    return message;
}

HttpResponse send(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const auto request = question.body(mtchat::sendMessageRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    if (!isParticipant(question, id))
        return refuse(ApiErrorCode::NotParticipant, u"Not a participant of this dialog"_s);
    const NewMessage message = messageFrom(question, id, request);
    if (question.refusal())
        return *question.refusal();
    const auto stored = question.context().database.messages().add(message);
    if (!stored)
        return refuseFor(stored.error());
    const auto addressed = withAddresses(question, stored->message);
    if (!addressed)
        return refuseFor(addressed.error());
    if (stored->isNew) {
        Broadcaster &broadcaster = question.context().broadcaster;
        broadcaster.messageAdded(*addressed, membersOf(question, id));
        if (!stored->unarchivedFor.isEmpty())
            broadcaster.conversationUnarchived(id, stored->unarchivedFor);
    }
    return answerData(mtchat::toJson(*addressed));
}

//! 404 for what one may not even know of, 403 for a message of somebody else.
HttpResponse refuseChange(const Error &error)
{
    if (error.code == ErrorCode::NotFound)
        return messageNotFound();
    if (error.code == ErrorCode::Forbidden)
        return refuse(ApiErrorCode::NotMessageAuthor, u"Not the author of this message"_s);
    return refuseFor(error);
}

HttpResponse edit(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const MessageId message{question.uuid(1)};
    const auto request = question.body(mtchat::sendMessageRequestFromJson);
    refuseContent(question, request.content);
    if (question.refusal())
        return *question.refusal();
    if (!isParticipant(question, id))
        return messageNotFound();
    ApiContext &context = question.context();
    const RichText text = RichText::fromHtml(request.content);
    const auto edited = context.database.messages().edit(id, message, question.caller().person,
        text.toHtml(), text.toPlainText(), context.clock.wallNow());
    if (!edited)
        return refuseChange(edited.error());
    const auto addressed = withAddresses(question, *edited);
    if (!addressed)
        return refuseFor(addressed.error());
    context.broadcaster.messageEdited(*addressed, membersOf(question, id));
    return answerData(mtchat::toJson(*addressed));
}

HttpResponse remove(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const MessageId message{question.uuid(1)};
    if (question.refusal())
        return *question.refusal();
    if (!isParticipant(question, id))
        return messageNotFound();
    ApiContext &context = question.context();
    const auto files = context.database.messages().remove(id, message, question.caller().person);
    if (!files)
        return refuseChange(files.error());
    FileStore store(context.filesDirectory);
    for (const QString &key : *files)
        store.remove(key);
    context.broadcaster.messageDeleted(id, message, membersOf(question, id));
    return answerNothing(204);
}

} // namespace

void addMessageRoutes(Router &router, ApiContext &context)
{
    constexpr auto person = RouteAccess::Person;
    router.add("GET", "/api/v1/dialogs/{}/messages", person, answering(page, context));
    router.add("POST", "/api/v1/dialogs/{}/messages", person, answering(send, context));
    router.add("GET", "/api/v1/dialogs/{}/messages/{}", person, answering(one, context));
    router.add("PUT", "/api/v1/dialogs/{}/messages/{}", person, answering(edit, context));
    router.add("DELETE", "/api/v1/dialogs/{}/messages/{}", person, answering(remove, context));
}

} // namespace presently::net
