// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/messageviews.h"

#include "net/server/api/apiquestion.h"
#include "net/server/api/fileaddress.h"

namespace presently::net {

QString addressOf(ApiQuestion &question, const AttachmentRecord &record)
{
    ApiContext &context = question.context();
    const auto expiry = std::chrono::duration_cast<std::chrono::seconds>(
        (context.clock.wallNow() + DownloadLifetime).time_since_epoch());
    const FileGrant grant{FileGrant::Action::Get, record.storageKey, expiry.count(), 0,
        record.attachment.fileName, record.attachment.contentType};
    return FileAddress(context.urlSecret)
        .sign(grant, context.publicUrl, question.request().http.head);
}

Expected<Message, Error> withAddresses(ApiQuestion &question, Message message)
{
    for (Attachment &attachment : message.attachments) {
        const auto record = question.context().database.messages().attachment(attachment.id);
        if (!record)
            return Unexpected{record.error()};
        attachment.url = addressOf(question, *record);
    }
    return message;
}

} // namespace presently::net
