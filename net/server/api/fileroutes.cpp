// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/uuid.h"
#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/fileaddress.h"
#include "net/server/api/filestore.h"
#include "net/server/api/messageviews.h"
#include "net/server/api/routes.h"
#include "net/wire/mtchat/restmessages.h"

#include <QUrl>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

qint64 secondsAfter(const Clock &clock, std::chrono::seconds lifetime)
{
    return std::chrono::duration_cast<std::chrono::seconds>(
        (clock.wallNow() + lifetime).time_since_epoch())
        .count();
}

bool isParticipant(ApiQuestion &question, const ConversationId &id)
{
    return question.context()
        .database.conversations()
        .participant(id, question.caller().person)
        .has_value();
}

HttpResponse presign(ApiQuestion &question)
{
    const auto request = question.body(mtchat::presignRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    const ConversationId id{request.conversation.value.toLower()};
    if (!isUuid(id.value))
        return refuseForm(422, u"dialog_id: not a UUID"_s);
    if (!isParticipant(question, id))
        return refuse(ApiErrorCode::ConversationNotFound, u"Dialog not found"_s);
    ApiContext &context = question.context();
    if (request.size > context.maxUploadBytes)
        return refuse(ApiErrorCode::FileTooLarge,
            u"File size exceeds %1 bytes"_s.arg(context.maxUploadBytes));
    if (!isAllowedContentType(request.contentType))
        return refuse(ApiErrorCode::UnsupportedFileType, u"File type not allowed"_s);
    FileGrant grant;
    grant.action = FileGrant::Action::Put;
    grant.key = FileStore::makeKey(id, cleanFileName(request.fileName));
    grant.expiresAt = secondsAfter(context.clock, UploadLifetime);
    grant.size = request.size;
    const QString address = FileAddress(context.urlSecret)
                                .sign(grant, context.publicUrl, question.request().http.head);
    return answerData(mtchat::toJson(mtchat::PresignReply{address, grant.key, UploadLifetime}));
}

HttpResponse attachmentAddress(ApiQuestion &question)
{
    const AttachmentId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    const auto record = question.context().database.messages().attachment(id);
    if (!record && record.error().code != ErrorCode::NotFound)
        return refuseFor(record.error());
    if (!record || !isParticipant(question, record->conversation))
        return refuse(ApiErrorCode::AttachmentNotFound, u"Attachment not found"_s);
    return answerData(mtchat::toJson(
        mtchat::AttachmentUrlReply{addressOf(question, *record), std::nullopt, DownloadLifetime}));
}

HttpResponse notSigned()
{
    return refuse(ApiErrorCode::Forbidden, u"The address is not valid, or not any more"_s);
}

//! Looks at the signature before a byte of the body is taken.
BodyPlan planUpload(const ApiContext &context, const RequestHead &head, const QString &key)
{
    const auto grant = FileAddress(context.urlSecret).open(head, key, context.clock.wallNow());
    if (!grant)
        return RefuseRequest{notSigned()};
    if (head.framing == BodyFraming::Length && head.contentLength > grant->size)
        return RefuseRequest{refuseForm(413, u"Larger than announced"_s)};
    return StreamBody{FileStore(context.filesDirectory).incomingDirectory(), grant->size};
}

HttpResponse putFile(ApiQuestion &question)
{
    const HttpRequest &http = question.request().http;
    const ApiContext &context = question.context();
    const QString key = question.argument(0);
    if (!FileAddress(context.urlSecret).open(http.head, key, context.clock.wallNow()))
        return notSigned();
    FileStore store(context.filesDirectory);
    if (http.bodyFile.isEmpty())
        return refuseForm(400, u"A file is missing"_s);
    if (const auto kept = store.keep(key, http.bodyFile); !kept)
        return refuseFor(kept.error());
    return answerNothing(200);
}

QByteArray disposition(const FileGrant &grant)
{
    const bool isShown = grant.contentType.startsWith("image/"_L1)
        || grant.contentType.startsWith("audio/"_L1) || grant.contentType.startsWith("video/"_L1)
        || grant.contentType == "application/pdf"_L1;
    return QByteArray(isShown ? "inline" : "attachment") + "; filename*=UTF-8''"
        + QUrl::toPercentEncoding(grant.fileName);
}

HttpResponse getFile(ApiQuestion &question)
{
    const RequestHead &head = question.request().http.head;
    const ApiContext &context = question.context();
    const auto grant
        = FileAddress(context.urlSecret).open(head, question.argument(0), context.clock.wallNow());
    if (!grant)
        return notSigned();
    const FileStore store(context.filesDirectory);
    const auto size = store.sizeOf(grant->key);
    if (!size)
        return refuse(ApiErrorCode::AttachmentNotFound, u"Attachment not found"_s);
    HttpResponse response;
    response.headers = {{"Content-Type", grant->contentType.toLatin1()},
        {"Content-Disposition", disposition(*grant)}, {"Cache-Control", "private, max-age=3600"},
        // Whatever it is, no browser takes it for a page of ours.
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'none'; sandbox"}};
    response.file = FileSlice{store.pathOf(grant->key), 0, *size};
    return response;
}

} // namespace

void addFileRoutes(Router &router, ApiContext &context)
{
    FileStore(context.filesDirectory).prepare();
    router.add("POST", "/api/v1/upload/presign", RouteAccess::Person, answering(presign, context));
    router.add("GET", "/api/v1/attachments/{}/url", RouteAccess::Person,
        answering(attachmentAddress, context));
    Route &put
        = router.add("PUT", "/api/v1/files/{...}", RouteAccess::Open, answering(putFile, context));
    put.plan = [&context](const RequestHead &head, const QStringList &arguments) {
        return planUpload(context, head, arguments.value(0));
    };
    router.add("GET", "/api/v1/files/{...}", RouteAccess::Open, answering(getFile, context));
}

} // namespace presently::net
