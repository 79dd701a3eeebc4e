// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/fileaddress.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QUrl>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto FilesPath = "/api/v1/files/"_L1;

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

//! In a time that does not depend on where the two differ.
bool isSame(const QByteArray &left, const QByteArray &right)
{
    if (left.size() != right.size())
        return false;
    quint8 difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |= quint8(left[i]) ^ quint8(right[i]);
    return difference == 0;
}

QString baseOf(const QString &publicUrl, const RequestHead &request)
{
    if (!publicUrl.isEmpty())
        return publicUrl;
    // The listener has checked that this is a name of ours.
    const QByteArray host = request.headers.value("Host");
    return (request.secure ? u"https://"_s : u"http://"_s) + QString::fromLatin1(host);
}

} // namespace

QByteArray FileAddress::signature(const FileGrant &grant) const
{
    const bool isPut = grant.action == FileGrant::Action::Put;
    // Percent-encoded, no part can hold the mark between the parts.
    const QByteArrayList parts{isPut ? "PUT" : "GET", encoded(grant.key),
        QByteArray::number(grant.expiresAt), QByteArray::number(grant.size),
        encoded(grant.fileName), encoded(grant.contentType)};
    return QMessageAuthenticationCode::hash(parts.join('&'), m_secret, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QString FileAddress::sign(
    const FileGrant &grant, const QString &publicUrl, const RequestHead &request) const
{
    QByteArray query = "expires=" + QByteArray::number(grant.expiresAt);
    if (grant.action == FileGrant::Action::Put) {
        query += "&size=" + QByteArray::number(grant.size);
    } else {
        query += "&name=" + encoded(grant.fileName);
        query += "&type=" + encoded(grant.contentType);
    }
    query += "&signature=" + signature(grant);
    return baseOf(publicUrl, request) + FilesPath + grant.key + u'?' + QString::fromLatin1(query);
}

std::optional<FileGrant> FileAddress::open(
    const RequestHead &head, const QString &key, WallTime now) const
{
    FileGrant grant;
    grant.action = head.method == "PUT" ? FileGrant::Action::Put : FileGrant::Action::Get;
    grant.key = key;
    grant.expiresAt = head.query.value(u"expires").toLongLong();
    grant.size = head.query.value(u"size").toLongLong();
    grant.fileName = head.query.value(u"name");
    grant.contentType = head.query.value(u"type");
    const bool isGenuine = isSame(head.query.value(u"signature").toLatin1(), signature(grant));
    const auto expiry = WallTime{std::chrono::seconds{grant.expiresAt}};
    if (!isGenuine || now >= expiry)
        return std::nullopt;
    return grant;
}

} // namespace presently::net
