// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/urlpolicy.h"

#include <QHostAddress>

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto Http = "http"_L1;
constexpr auto Https = "https"_L1;
constexpr auto SocketPath = "/api/v1/ws"_L1;

//! Literals only: a name can be made to point anywhere.
bool isLoopbackLiteral(const QString &host)
{
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

Unexpected<Error> invalid(const QString &field)
{
    return Unexpected{Error{ErrorCode::InvalidUrl, field, {}, {}}};
}

int portOf(const QUrl &url)
{
    const bool isSecure = url.scheme() == Https || url.scheme() == "wss"_L1;
    return url.port(isSecure ? 443 : 80);
}

} // namespace

Expected<QUrl, Error> serverUrl(const QString &typed)
{
    const QString text = typed.trimmed();
    QUrl url(text.contains("://"_L1) ? text : "https://"_L1 + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return invalid(u"host"_s);
    if (!text.contains("://"_L1) && isLoopbackLiteral(url.host()))
        url.setScheme(Http);
    if (!url.userInfo().isEmpty())
        return invalid(u"user"_s);
    if (!isAllowed(url))
        return invalid(u"scheme"_s);
    QUrl base;
    base.setScheme(url.scheme());
    base.setHost(url.host());
    base.setPort(url.port());
    return base;
}

bool isAllowed(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return false;
    return url.scheme() == Https || (url.scheme() == Http && isLoopbackLiteral(url.host()));
}

bool isSameOrigin(const QUrl &from, const QUrl &to)
{
    return from.scheme() == to.scheme() && from.host() == to.host() && portOf(from) == portOf(to);
}

QUrl resourceUrl(const QUrl &server, const QString &path)
{
    QUrl url = server;
    url.setUserInfo(QString());
    url.setFragment(QString());
    url.setPath(path.startsWith('/'_L1) ? path : '/'_L1 + path, QUrl::TolerantMode);
    return url;
}

QUrl socketUrl(const QUrl &server)
{
    QUrl url = resourceUrl(server, SocketPath);
    url.setScheme(server.scheme() == Https ? u"wss"_s : u"ws"_s);
    return url;
}

bool isHeaderValue(QByteArrayView value)
{
    return std::all_of(
        value.begin(), value.end(), [](char byte) { return byte >= 0x20 && byte <= 0x7e; });
}

} // namespace presently::net
