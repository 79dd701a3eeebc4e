// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/devicelog.h"

#include "net/server/devices/devicessocket.h"
#include "net/server/presenceservice.h"
#include "net/server/socketdialects/socketbook.h"
#include "net/server/tokenservice.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>

namespace presently::net {

namespace {

constexpr qsizetype TagBytes = 10;

bool counts(const DeviceExplanation &device)
{
    return device.state != LeaseState::Dormant;
}

} // namespace

DeviceLog::DeviceLog(const PresenceService &presence, const SocketBook &book)
    : m_presence(presence)
    , m_book(book)
    , m_salt(makeSecretToken())
{
}

void DeviceLog::note(const PresenceChange &change)
{
    noteAppearance(change);
    const PersonKey person = change.person;
    const QHash<LeaseId, WallTime> before = m_since.take(person);
    QHash<LeaseId, WallTime> since;
    for (const DeviceExplanation &device : m_presence.ledger().why(person).devices) {
        if (counts(device))
            since.insert(device.lease, before.value(device.lease, change.at));
    }
    if (!since.isEmpty())
        m_since.insert(person, since);
}

void DeviceLog::noteAppearance(const PresenceChange &change)
{
    if (!change.after.isOnline())
        m_appearances.remove(change.person);
    else if (!change.before.isOnline() || !m_appearances.contains(change.person))
        m_appearances.insert(change.person, {++m_lastAppearance, change.at});
}

QList<devices::DeviceRow> DeviceLog::rowsOf(PersonKey person, Detail detail) const
{
    QList<devices::DeviceRow> rows;
    QSet<DeviceId> listed;
    const QHash<LeaseId, WallTime> since = m_since.value(person);
    const Appearance appearance = m_appearances.value(person);
    for (const DeviceExplanation &device : m_presence.ledger().why(person).devices) {
        if (!counts(device) || listed.contains(device.device))
            continue;
        listed.insert(device.device);
        devices::DeviceRow row;
        row.socketId = tagOf(device.lease, appearance.number);
        row.type = device.type;
        row.connectedAt = since.value(device.lease, device.lastHeartbeat);
        if (detail == Detail::Public) {
            row.connectedAt = std::max(row.connectedAt, appearance.at);
        } else {
            row.lastHeartbeat = device.lastHeartbeat;
            addOwnDetails(row, device.lease);
        }
        rows.append(row);
    }
    return rows;
}

void DeviceLog::addOwnDetails(devices::DeviceRow &row, LeaseId lease) const
{
    const SocketLink *link = m_book.linkOf(lease);
    if (!link || !link->isOpen())
        return;
    const auto &details = static_cast<const DevicesSocket *>(link)->details();
    row.os = details.os;
    row.browser = details.browser;
    row.ipAddress = link->socket().peer().address.toString();
    row.userAgent = QString::fromUtf8(link->socket().handshake().headers.value("User-Agent"));
}

QString DeviceLog::tagOf(LeaseId lease, quint64 appearance) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_salt);
    hash.addData(QByteArray::number(lease.slot) + '.' + QByteArray::number(lease.generation) + '.'
        + QByteArray::number(appearance));
    return QString::fromLatin1(hash.result().first(TagBytes).toHex());
}

} // namespace presently::net
