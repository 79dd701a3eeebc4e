// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/credentialstoreentry.h"

#include "models/core/timeformat.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace presently::net {

namespace {

constexpr auto VersionKey = "version"_L1;
constexpr auto RefreshTokenKey = "refresh_token"_L1;
constexpr auto AccessTokenKey = "access_token"_L1;
constexpr auto AccessExpiresAtKey = "access_expires_at"_L1;

constexpr int CurrentVersion = 1;
constexpr qsizetype MaximumEntrySize = 16 * 1024;

Unexpected<Error> refused(ErrorCode code, QLatin1StringView field)
{
    return Unexpected{Error{code, field, u"keychain entry"_s, {}}};
}

} // namespace

Expected<Credentials, Error> credentialsFromEntry(const QByteArray &json)
{
    if (json.size() > MaximumEntrySize)
        return refused(ErrorCode::TooLarge, ""_L1);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return refused(ErrorCode::Malformed, ""_L1);
    const QJsonObject object = document.object();
    if (object[VersionKey].toInt() != CurrentVersion)
        return refused(ErrorCode::InvalidField, VersionKey);

    Credentials credentials;
    if (!object[RefreshTokenKey].isString())
        return refused(ErrorCode::MissingField, RefreshTokenKey);
    credentials.refreshToken = object[RefreshTokenKey].toString().toUtf8();
    credentials.accessToken = object[AccessTokenKey].toString().toUtf8();
    if (credentials.refreshToken.isEmpty() && credentials.accessToken.isEmpty())
        return refused(ErrorCode::InvalidField, RefreshTokenKey);

    if (const QJsonValue expiry = object[AccessExpiresAtKey]; expiry.isString()) {
        const auto time = fromRfc3339(expiry.toString());
        if (!time)
            return refused(ErrorCode::InvalidField, AccessExpiresAtKey);
        credentials.expiresAt = *time;
    }
    return credentials;
}

QByteArray entryFromCredentials(const Credentials &credentials)
{
    QJsonObject object{{VersionKey, CurrentVersion},
        {RefreshTokenKey, QString::fromUtf8(credentials.refreshToken)}};
    if (!credentials.accessToken.isEmpty())
        object[AccessTokenKey] = QString::fromUtf8(credentials.accessToken);
    if (credentials.expiresAt)
        object[AccessExpiresAtKey] = toRfc3339(*credentials.expiresAt);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString accountEntry(const QUrl &server, const QString &login)
{
    const QString scheme = server.scheme().toLower();
    const int standardPort = scheme == "https"_L1 ? 443 : 80;
    const int port = server.port(standardPort);
    QString origin = scheme + "://"_L1 + server.host(QUrl::FullyEncoded).toLower();
    if (port != standardPort)
        origin += u':' + QString::number(port);
    return origin + u' ' + login;
}

void wipe(QByteArray &secret)
{
    // data() would copy shared bytes first, and we would wipe the copy only.
    if (secret.isDetached()) {
        volatile char *bytes = secret.data();
        for (qsizetype i = 0; i < secret.size(); ++i)
            bytes[i] = 0;
    }
    secret.clear();
}

void wipe(Credentials &credentials)
{
    wipe(credentials.accessToken);
    wipe(credentials.refreshToken);
}

} // namespace presently::net
