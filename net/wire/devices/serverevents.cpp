// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/serverevents.h"

#include "net/wire/devices/servereventkeys_p.h"
#include "net/wire/devices/words.h"

#include <algorithm>

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

qint64 toEpoch(WallTime time)
{
    return time.time_since_epoch().count();
}

//! 0: never seen, or nobody's business.
qint64 toEpoch(const std::optional<WallTime> &time)
{
    return time ? toEpoch(*time) : 0;
}

void insertText(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

void insertRequest(QJsonObject &object, const std::optional<QString> &requestId)
{
    if (requestId)
        object.insert(RequestKey, *requestId);
}

QJsonObject deviceToJson(const DeviceRow &device)
{
    QJsonObject object{{SocketKey, device.socketId}, {DeviceTypeKey, toWire(device.type)},
        {ConnectedAtKey, toEpoch(device.connectedAt)}};
    insertText(object, OsKey, device.os);
    insertText(object, BrowserKey, device.browser);
    if (device.lastHeartbeat)
        object.insert(LastHeartbeatKey, toEpoch(*device.lastHeartbeat));
    insertText(object, IpAddressKey, device.ipAddress);
    insertText(object, UserAgentKey, device.userAgent);
    return object;
}

//! What both vocabularies say of somebody.
QJsonObject baseToJson(const PersonPresence &person)
{
    return {{UserKey, person.user.value}, {StatusKey, toWire(person.presence.status)},
        {LastSeenKey, toEpoch(person.presence.lastSeen)}};
}

QJsonObject personToJsonA(const PersonPresence &person)
{
    QJsonObject object = baseToJson(person);
    object.insert(DeviceCountKey, person.presence.deviceCount);
    insertText(object, CustomMessageKey, person.presence.customMessage);
    if (person.presence.autoAway)
        object.insert(AutoAwayKey, true);
    if (!person.devices.isEmpty()) {
        QJsonArray devices;
        for (const DeviceRow &device : person.devices)
            devices.append(deviceToJson(device));
        object.insert(DevicesKey, devices);
    }
    return object;
}

QJsonObject personToJsonB(const PersonPresence &person)
{
    QJsonObject object = baseToJson(person);
    insertText(object, StatusMessageKey, person.presence.customMessage);
    return object;
}

QString nameOf(const PresenceStatusReply &)
{
    return StatusReplyName;
}
QString nameOf(const PresenceStatusList &)
{
    return StatusReplyName;
}
QString nameOf(const UserOnline &)
{
    return UserOnlineName;
}
QString nameOf(const UserOffline &)
{
    return UserOfflineName;
}
QString nameOf(const UserStatusChanged &)
{
    return UserStatusName;
}
QString nameOf(const HeartbeatAck &)
{
    return HeartbeatAckName;
}
QString nameOf(const BulkPresence &)
{
    return BulkPresenceName;
}
QString nameOf(const UserPresence &)
{
    return UserPresenceName;
}
QString nameOf(const ContactPresenceUpdate &)
{
    return ContactUpdateName;
}
QString nameOf(const ErrorReport &)
{
    return ErrorName;
}
QString nameOf(const UnknownEvent &event)
{
    return event.name;
}

QJsonObject payloadOf(const PresenceStatusReply &reply)
{
    QJsonObject object = personToJsonA(reply.person);
    insertRequest(object, reply.requestId);
    return object;
}
QJsonObject payloadOf(const PresenceStatusList &list)
{
    QJsonArray users;
    for (const PersonPresence &person : list.people)
        users.append(personToJsonA(person));
    QJsonObject object{{UsersKey, users}, {TimestampKey, toEpoch(list.timestamp)}};
    insertRequest(object, list.requestId);
    return object;
}
QJsonObject payloadOf(const UserOnline &event)
{
    QJsonObject object = personToJsonA(event.person);
    if (!object.contains(DevicesKey))
        object.insert(DevicesKey, QJsonArray());
    return object;
}
QJsonObject payloadOf(const UserOffline &event)
{
    return {{UserKey, event.user.value}, {StatusKey, toWire(Status::Offline)},
        {LastSeenKey, toEpoch(event.lastSeen)}, {ReasonKey, toWire(event.reason)}};
}
QJsonObject payloadOf(const UserStatusChanged &event)
{
    QJsonObject object{{UserKey, event.user.value}, {StatusKey, toWire(event.status)},
        {TimestampKey, toEpoch(event.timestamp)}};
    insertText(object, CustomMessageKey, event.customMessage);
    if (event.autoAway)
        object.insert(AutoAwayKey, true);
    return object;
}
QJsonObject payloadOf(const HeartbeatAck &ack)
{
    return {{TimestampKey, toEpoch(ack.timestamp)}, {StatusKey, QString(AliveWord)}};
}
QJsonObject payloadOf(const BulkPresence &bulk)
{
    QJsonArray presences;
    for (const PersonPresence &person : bulk.people)
        presences.append(personToJsonB(person));
    const auto online = std::ranges::count_if(bulk.people,
        [](const PersonPresence &person) { return person.presence.status == Status::Online; });
    QJsonObject object{{PresencesKey, presences}, {OnlineCountKey, qint64(online)},
        {TimestampKey, toEpoch(bulk.timestamp)}};
    insertRequest(object, bulk.requestId);
    return object;
}
QJsonObject payloadOf(const UserPresence &reply)
{
    QJsonObject object = personToJsonB(reply.person);
    insertRequest(object, reply.requestId);
    return object;
}
QJsonObject payloadOf(const ContactPresenceUpdate &update)
{
    QJsonObject object = personToJsonB(update.person);
    object.insert(TimestampKey, toEpoch(update.timestamp));
    return object;
}
QJsonObject payloadOf(const ErrorReport &report)
{
    return {{CodeKey, report.code}, {MessageKey, report.message}};
}
QJsonObject payloadOf(const UnknownEvent &)
{
    return {};
}

} // namespace

QString eventName(const ServerEvent &event)
{
    return std::visit([](const auto &value) { return nameOf(value); }, event);
}

QJsonObject toJson(const ServerEvent &event)
{
    return std::visit([](const auto &value) { return payloadOf(value); }, event);
}

} // namespace presently::net::devices
