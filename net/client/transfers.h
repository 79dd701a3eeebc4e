// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/apiclient.h"
#include "net/client/enginehost.h"
#include "net/wire/mtchat/restmessages.h"

#include <QHash>
#include <QObject>
#include <QUrl>

#include <memory>

class QSaveFile;

namespace presently::net {

//! \brief Files on their way up and down, over addresses that the server signs for each.
//!
//! Errors:    UploadFailedEvent and CommandFailedEvent ("download"). A download that fails leaves no
//!            file behind.
//! Threading: the network thread; files are read and written in pieces.
class Transfers : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Transfers)

public:
    static constexpr int MostUploads = 10; //!< at a time
    static constexpr qint64 LargestFile = 100LL * 1024 * 1024; //!< bytes

    explicit Transfers(EngineHost &host, QObject *parent = nullptr);
    ~Transfers() override;

    void setServer(const QUrl &server) { m_server = server; }
    void upload(const UploadFileCommand &command);
    void cancel(const IdempotencyKey &key);
    void download(const DownloadAttachmentCommand &command);
    void clear();

private:
    struct Upload;
    using UploadRef = std::shared_ptr<Upload>;
    void put(const UploadRef &upload, const mtchat::PresignReply &place);
    void fail(const UploadRef &upload, const Error &error);
    void drop(const UploadRef &upload);
    void fetch(const DownloadAttachmentCommand &command, const QUrl &url);
    void report(const UploadRef &upload, qint64 sent, qint64 total);

    EngineHost &m_host;
    QUrl m_server;
    QHash<IdempotencyKey, UploadRef> m_uploads;
    std::unique_ptr<QObject> m_downloads; //!< context of all downloads
};

} // namespace presently::net
