// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/accesspolicy.h"

namespace presently::net {

namespace {

//! "[::1]:80" and "::1" are "::1"; "chat.example:80" is "chat.example"; in lower case.
QByteArray withoutPort(QByteArrayView host)
{
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        return end < 0 ? QByteArray() : host.sliced(1, end - 1).toByteArray().toLower();
    }
    const qsizetype colon = host.lastIndexOf(':');
    return (colon < 0 ? host : host.first(colon)).toByteArray().toLower();
}

QHostAddress counted(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes);
}

} // namespace

bool isHostAllowed(QByteArrayView host, const QHostAddress &local, const QList<QByteArray> &allowed)
{
    if (host.isEmpty() || allowed.contains("*"))
        return true;
    const QByteArray name = withoutPort(host);
    if (name.isEmpty())
        return false;
    if (name == "localhost" || allowed.contains(name))
        return true;
    const QHostAddress address(QString::fromLatin1(name));
    if (address.isNull())
        return false;
    return address.isLoopback() || address.isEqual(local, QHostAddress::TolerantConversion);
}

bool isOriginAllowed(QByteArrayView origin, const QList<QByteArray> &allowed)
{
    return origin.isEmpty() || allowed.contains("*") || allowed.contains(origin.toByteArray());
}

bool isOwnOrigin(QByteArrayView origin, QByteArrayView host)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (origin.startsWith(scheme))
            return !host.isEmpty()
                && origin.sliced(scheme.size()).compare(host, Qt::CaseInsensitive) == 0;
    }
    return false;
}

bool AddressCensus::enter(const QHostAddress &address, int limit)
{
    if (address.isLoopback())
        return true;
    int &count = m_counts[counted(address)];
    if (limit > 0 && count >= limit)
        return false;
    ++count;
    return true;
}

void AddressCensus::leave(const QHostAddress &address)
{
    const auto found = m_counts.find(counted(address));
    if (found != m_counts.end() && --found.value() <= 0)
        m_counts.erase(found);
}

} // namespace presently::net
