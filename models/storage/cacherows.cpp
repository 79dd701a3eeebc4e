// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cacherows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

constexpr auto IdKey = "id"_L1;
constexpr auto FileNameKey = "file_name"_L1;
constexpr auto ContentTypeKey = "content_type"_L1;
constexpr auto SizeKey = "size"_L1;

QJsonObject fileToJson(
    const QString &id, const QString &fileName, const QString &contentType, qint64 size)
{
    QJsonObject object;
    object.insert(IdKey, id);
    object.insert(FileNameKey, fileName);
    object.insert(ContentTypeKey, contentType);
    object.insert(SizeKey, size);
    return object;
}

QString toText(const QJsonArray &array)
{
    // Most messages have no files.
    if (array.isEmpty())
        return u""_s;
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

template <typename Read>
auto fromText(const QString &text, Read &&read)
{
    QList<std::invoke_result_t<Read, const QJsonObject &>> list;
    if (text.isEmpty())
        return list;
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &value : array) {
        if (!value.toObject().value(IdKey).toString().isEmpty())
            list.append(read(value.toObject()));
    }
    return list;
}

} // namespace

QString attachmentsToText(const QList<Attachment> &attachments)
{
    QJsonArray array;
    for (const Attachment &file : attachments)
        array.append(fileToJson(file.id.value, file.fileName, file.contentType, file.size));
    return toText(array);
}

QList<Attachment> attachmentsFromText(const QString &text)
{
    return fromText(text, [](const QJsonObject &object) {
        return Attachment{AttachmentId{object.value(IdKey).toString()},
            object.value(FileNameKey).toString(), object.value(ContentTypeKey).toString(),
            object.value(SizeKey).toInteger(), {}};
    });
}

QString uploadsToText(const QList<UploadedFile> &files)
{
    QJsonArray array;
    for (const UploadedFile &file : files)
        array.append(fileToJson(file.key, file.fileName, file.contentType, file.size));
    return toText(array);
}

QList<UploadedFile> uploadsFromText(const QString &text)
{
    return fromText(text, [](const QJsonObject &object) {
        return UploadedFile{object.value(IdKey).toString(), object.value(FileNameKey).toString(),
            object.value(ContentTypeKey).toString(), object.value(SizeKey).toInteger()};
    });
}

} // namespace presently
