// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/transfers.h"

#include "net/client/restsession.h"
#include "net/wire/mtchat/rest.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QSaveFile>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr Milliseconds ProgressSpacing{100};

//! Goes after the reply that may still hold on to it.
template <typename File>
std::shared_ptr<File> openLater(const QString &path)
{
    return std::shared_ptr<File>(new File(path), [](File *file) { file->deleteLater(); });
}

template <typename T, typename Read>
Expected<T, Error> readData(const Expected<RestReply, Error> &reply, Read read)
{
    return reply.and_then(
        [&](const RestReply &good) { return mtchat::decodeDataObject(good.body).and_then(read); });
}

} // namespace

struct Transfers::Upload {
    IdempotencyKey key;
    std::shared_ptr<QFile> file;
    mtchat::PresignRequest description;
    SteadyTime reportedAt;
    std::unique_ptr<QObject> context = std::make_unique<QObject>(); //!< of its calls
    std::optional<ApiClient::CallId> transfer;
};

Transfers::Transfers(EngineHost &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_downloads(std::make_unique<QObject>())
{
}

Transfers::~Transfers() = default;

void Transfers::upload(const UploadFileCommand &command)
{
    const QFileInfo info(command.filePath);
    auto upload = std::make_shared<Upload>();
    upload->key = command.key;
    upload->file = openLater<QFile>(command.filePath);
    upload->description = {command.conversation, info.fileName(),
        QMimeDatabase().mimeTypeForFile(info).name(), info.size()};
    if (m_uploads.size() >= MostUploads)
        return fail(upload, Error{ErrorCode::TooLarge, u"attachments"_s, {}, {}});
    if (info.size() > LargestFile)
        return fail(upload, Error{ErrorCode::TooLarge, u"size"_s, {}, {}});
    if (!info.isFile() || !upload->file->open(QIODevice::ReadOnly))
        return fail(upload, Error{ErrorCode::NotFound, u"file"_s, {}, {}});
    m_uploads.insert(upload->key, upload);
    RestQuestion question;
    question.method = "POST";
    question.path = u"/upload/presign"_s;
    question.body = mtchat::toJson(upload->description);
    m_host.rest().ask(
        question, upload->context.get(), [this, upload](const Expected<RestReply, Error> &reply) {
            const auto place = readData<mtchat::PresignReply>(reply, &mtchat::presignReplyFromJson);
            if (place)
                put(upload, *place);
            else
                fail(upload, place.error());
        });
}

void Transfers::put(const UploadRef &upload, const mtchat::PresignReply &place)
{
    RestCall call;
    call.method = "PUT";
    call.url = m_server.resolved(QUrl(place.uploadUrl, QUrl::StrictMode));
    call.isAuthorised = false; // the address itself is the permission, and may be another host's
    call.contentType = upload->description.contentType.toLatin1();
    call.file = upload->file;
    const std::weak_ptr<Upload> weak = upload;
    call.progress = [this, weak](qint64 sent, qint64 total) {
        if (const UploadRef running = weak.lock(); running && total > 0)
            report(running, sent, total);
    };
    upload->transfer = m_host.rest().api().send(call, upload->context.get(),
        [this, upload, place](const Expected<RestReply, Error> &reply) {
            if (!reply)
                return fail(upload, reply.error());
            m_uploads.remove(upload->key);
            const mtchat::PresignRequest &sent = upload->description;
            m_host.tell(UploadFinishedEvent{
                upload->key, UploadedFile{place.key, sent.fileName, sent.contentType, sent.size}});
        });
}

void Transfers::report(const UploadRef &upload, qint64 sent, qint64 total)
{
    const SteadyTime now = m_host.clock().now();
    if (sent < total && now - upload->reportedAt < ProgressSpacing)
        return;
    upload->reportedAt = now;
    m_host.tell(UploadProgressEvent{upload->key, sent, total});
}

void Transfers::fail(const UploadRef &upload, const Error &error)
{
    drop(upload);
    m_host.tell(UploadFailedEvent{upload->key, error});
}

void Transfers::drop(const UploadRef &upload)
{
    m_uploads.remove(upload->key);
    upload->context.reset();
    if (upload->transfer)
        m_host.rest().api().cancel(*upload->transfer);
}

void Transfers::cancel(const IdempotencyKey &key)
{
    if (const UploadRef upload = m_uploads.value(key))
        fail(upload, Error{ErrorCode::Cancelled, {}, {}, {}});
}

void Transfers::download(const DownloadAttachmentCommand &command)
{
    RestQuestion question;
    question.path = "/attachments/%1/url"_L1.arg(RestSession::segment(command.attachment.value));
    m_host.rest().ask(
        question, m_downloads.get(), [this, command](const Expected<RestReply, Error> &reply) {
            const auto place
                = readData<mtchat::AttachmentUrlReply>(reply, &mtchat::attachmentUrlReplyFromJson);
            if (place)
                fetch(command, m_server.resolved(QUrl(place->url, QUrl::StrictMode)));
            else
                m_host.tellFailure(u"download"_s, place.error());
        });
}

void Transfers::fetch(const DownloadAttachmentCommand &command, const QUrl &url)
{
    RestCall call;
    call.url = url;
    call.isAuthorised = false;
    call.sink = openLater<QSaveFile>(command.filePath);
    if (!call.sink->open(QIODevice::WriteOnly)) {
        m_host.tellFailure(u"download"_s, Error{ErrorCode::StorageFailed, u"file"_s, {}, {}});
        return;
    }
    m_host.rest().api().send(call, m_downloads.get(),
        [this, command, sink = call.sink](const Expected<RestReply, Error> &reply) {
            if (!reply)
                m_host.tellFailure(u"download"_s, reply.error());
            else if (!sink->commit())
                m_host.tellFailure(u"download"_s, Error{ErrorCode::StorageFull, u"file"_s, {}, {}});
            else
                m_host.tell(DownloadFinishedEvent{command.attachment, command.filePath});
        });
}

void Transfers::clear()
{
    for (const UploadRef &upload : m_uploads.values())
        drop(upload);
    m_downloads = std::make_unique<QObject>();
}

} // namespace presently::net
