// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/filestore.h"

#include "models/core/uuid.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>
#include <QUuid>

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto KeyRoot = "dialogs/"_L1;
constexpr qsizetype MaxExtension = 16;

QString extensionOf(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    const bool isPlain = !suffix.isEmpty() && suffix.size() <= MaxExtension
        && std::all_of(suffix.begin(), suffix.end(),
            [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'); });
    return isPlain ? u'.' + suffix : QString();
}

//! Types that a browser or a system would run.
bool isExecutable(const QString &type)
{
    static const QStringList refused{u"text/html"_s, u"text/javascript"_s, u"text/xml"_s,
        u"application/xhtml+xml"_s, u"application/xml"_s, u"application/javascript"_s,
        u"image/svg+xml"_s, u"text/x-shellscript"_s};
    return refused.contains(type);
}

bool isKnownApplication(const QString &subtype)
{
    static const QStringList taken{u"pdf"_s, u"json"_s, u"zip"_s, u"gzip"_s, u"x-gzip"_s,
        u"x-tar"_s, u"x-compressed-tar"_s, u"x-7z-compressed"_s, u"vnd.rar"_s, u"x-rar"_s,
        u"x-xz"_s, u"x-bzip"_s, u"x-bzip2"_s, u"zstd"_s, u"rtf"_s, u"msword"_s, u"epub+zip"_s,
        u"octet-stream"_s, u"x-zerosize"_s, u"x-zip-compressed"_s};
    return taken.contains(subtype) || subtype.startsWith("vnd.ms-"_L1)
        || subtype.startsWith("vnd.openxmlformats-officedocument."_L1)
        || subtype.startsWith("vnd.oasis.opendocument."_L1);
}

} // namespace

void FileStore::prepare() const
{
    QDir(incomingDirectory()).removeRecursively(); // bodies that a crash cut off
    QDir().mkpath(incomingDirectory());
}

QString FileStore::incomingDirectory() const
{
    return m_directory + u"/incoming"_s;
}

QString FileStore::makeKey(const ConversationId &conversation, const QString &fileName)
{
    // Random, not ordered by time: a key of one file must not help to guess another.
    return KeyRoot + conversation.value + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces)
        + extensionOf(fileName);
}

bool FileStore::isKeyOf(const ConversationId &conversation, const QString &key)
{
    static const QRegularExpression form(u"^[0-9a-f-]{36}(?:\\.[a-z0-9]{1,16})?\\z"_s);
    const QString folder = KeyRoot + conversation.value + u'/';
    if (!isUuid(conversation.value) || !key.startsWith(folder))
        return false;
    const QString file = key.mid(folder.size());
    return form.match(file).hasMatch() && isUuid(QStringView(file).left(36));
}

QString FileStore::pathOf(const QString &key) const
{
    return m_directory + u'/' + key;
}

Expected<void, Error> FileStore::keep(const QString &key, const QString &bodyFile)
{
    const QString path = pathOf(key);
    if (QFile::exists(path))
        return {};
    const bool isKept = QDir().mkpath(QFileInfo(path).path()) && QFile::rename(bodyFile, path);
    if (!isKept)
        return Unexpected{Error{ErrorCode::StorageFailed, key, u"could not be kept"_s, {}}};
    return {};
}

std::optional<qint64> FileStore::sizeOf(const QString &key) const
{
    const QFileInfo file(pathOf(key));
    if (!file.isFile())
        return std::nullopt;
    return file.size();
}

void FileStore::remove(const QString &key)
{
    QFile::remove(pathOf(key));
}

void FileStore::removeAll(const ConversationId &conversation)
{
    if (isUuid(conversation.value))
        QDir(m_directory + u'/' + KeyRoot + conversation.value).removeRecursively();
}

bool isAllowedContentType(const QString &contentType)
{
    static const QRegularExpression form(u"^[a-z0-9.+-]{1,64}/[a-z0-9.+_-]{1,100}\\z"_s);
    const QString type = contentType.section(u';', 0, 0).trimmed().toLower();
    if (type.isEmpty())
        return true;
    if (!form.match(type).hasMatch() || isExecutable(type))
        return false;
    if (type.startsWith("application/"_L1))
        return isKnownApplication(type.mid(12));
    return type.startsWith("image/"_L1) || type.startsWith("audio/"_L1)
        || type.startsWith("video/"_L1) || type.startsWith("text/"_L1);
}

} // namespace presently::net
