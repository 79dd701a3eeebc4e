// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/secretfile.h"

#include "net/server/tokenservice.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxBytes = 64 * 1024;
constexpr qsizetype minSecret = 16;

} // namespace

Expected<QList<QByteArray>, Error> readSecrets(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{Error{ErrorCode::NotFound, path, file.errorString(), {}}};
    const QByteArray content = file.read(maxBytes + 1);
    if (content.size() > maxBytes)
        return Unexpected{Error{ErrorCode::TooLarge, path, u"is over 64 KiB"_s, {}}};
    QList<QByteArray> secrets;
    for (const QByteArray &line : content.split('\n')) {
        const QByteArray secret = line.trimmed();
        if (!secret.isEmpty())
            secrets.append(secret);
    }
    if (secrets.isEmpty())
        return Unexpected{Error{ErrorCode::InvalidField, path, u"holds no secret"_s, {}}};
    for (const QByteArray &secret : secrets) {
        if (secret.size() < minSecret)
            return Unexpected{
                Error{ErrorCode::InvalidField, path, u"a secret needs at least 16 bytes"_s, {}}};
    }
    return secrets;
}

Expected<QByteArray, Error> readOrMakeSecret(const QString &path)
{
    if (QFileInfo::exists(path)) {
        const auto secrets = readSecrets(path);
        if (!secrets)
            return Unexpected{secrets.error()};
        return secrets->first();
    }
    // QSaveFile makes its file readable by the owner alone, before a byte is in it.
    QSaveFile file(path);
    const QByteArray secret = makeSecretToken();
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(secret + '\n') < 0 || !file.commit())
        return Unexpected{Error{ErrorCode::StorageFailed, path, file.errorString(), {}}};
    return secret;
}

} // namespace presently::net
