// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// Reading: the half of serverevents.h that a client needs.

#include "models/text/cleantext.h"
#include "net/wire/devices/servereventkeys_p.h"
#include "net/wire/devices/serverevents.h"
#include "net/wire/devices/words.h"
#include "net/wire/json/eventpayload.h"
#include "net/wire/json/fieldreader.h"

#include <algorithm>
#include <array>
#include <limits>

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array KnownNames{StatusReplyName, UserOnlineName, UserOfflineName, UserStatusName,
    HeartbeatAckName, BulkPresenceName, UserPresenceName, ContactUpdateName, ErrorName};

constexpr qsizetype MaxUnknownName = 64;
constexpr qsizetype MaxPeople = 5'000; //!< in one answer
constexpr qsizetype MaxDevices = 100; //!< of one person
constexpr qsizetype MaxWords = 500;

std::optional<QString> requestId(FieldReader &read)
{
    const std::optional<QString> id = read.optionalText(RequestKey);
    return id ? std::optional(id->left(MaxRequestIdLength)) : std::nullopt;
}

Status status(FieldReader &read)
{
    const auto status = statusFromWire(read.text(StatusKey));
    if (!status)
        read.refuse(StatusKey, u"not online, away, busy or offline"_s);
    return status.value_or(Status::Offline);
}

std::optional<WallTime> lastSeen(FieldReader &read)
{
    const WallTime time = read.epochTime(LastSeenKey);
    return time == WallTime{} ? std::nullopt : std::optional(time);
}

QString message(FieldReader &read, QLatin1StringView key)
{
    return cleanName(read.textOr(key), MaxMessageLength);
}

Expected<DeviceRow, Error> deviceFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    DeviceRow device;
    device.socketId = read.id<UserId>(SocketKey).value;
    device.type = deviceTypeFromWire(read.text(DeviceTypeKey));
    device.connectedAt = read.epochTime(ConnectedAtKey);
    device.os = cleanName(read.textOr(OsKey), MaxDetailLength);
    device.browser = cleanName(read.textOr(BrowserKey), MaxDetailLength);
    device.lastHeartbeat = read.optionalEpochTime(LastHeartbeatKey);
    device.ipAddress = cleanName(read.textOr(IpAddressKey), MaxDetailLength);
    device.userAgent = cleanName(read.textOr(UserAgentKey), MaxWords);
    return read.finish(device);
}

PersonPresence base(FieldReader &read)
{
    PersonPresence person;
    person.user = read.id<UserId>(UserKey);
    person.presence.status = status(read);
    person.presence.lastSeen = lastSeen(read);
    return person;
}

PersonPresence personA(FieldReader &read)
{
    PersonPresence person = base(read);
    const qint64 count = read.optionalInteger(DeviceCountKey).value_or(0);
    person.presence.deviceCount = int(std::min<qint64>(count, std::numeric_limits<int>::max()));
    person.presence.customMessage = message(read, CustomMessageKey);
    person.presence.autoAway = read.optionalBoolean(AutoAwayKey).value_or(false);
    person.devices = read.each(DevicesKey, deviceFromJson, MaxDevices);
    return person;
}

PersonPresence personB(FieldReader &read)
{
    PersonPresence person = base(read);
    person.presence.customMessage = message(read, StatusMessageKey);
    return person;
}

Expected<PersonPresence, Error> personAFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const PersonPresence person = personA(read);
    return read.finish(person);
}

Expected<PersonPresence, Error> personBFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const PersonPresence person = personB(read);
    return read.finish(person);
}

Expected<ServerEvent, Error> readStatusReply(FieldReader &read)
{
    if (read.has(UserKey)) {
        PresenceStatusReply reply;
        reply.person = personA(read);
        reply.requestId = requestId(read);
        return read.finish<ServerEvent>(reply);
    }
    PresenceStatusList list;
    (void)read.array(UsersKey);
    list.people = read.each(UsersKey, personAFromJson, MaxPeople);
    list.timestamp = read.epochTime(TimestampKey);
    list.requestId = requestId(read);
    return read.finish<ServerEvent>(list);
}

Expected<ServerEvent, Error> readBulk(FieldReader &read)
{
    BulkPresence bulk;
    (void)read.array(PresencesKey);
    bulk.people = read.each(PresencesKey, personBFromJson, MaxPeople);
    bulk.timestamp = read.epochTime(TimestampKey);
    bulk.requestId = requestId(read);
    return read.finish<ServerEvent>(bulk);
}

Expected<ServerEvent, Error> readOffline(FieldReader &read)
{
    UserOffline event;
    event.user = read.id<UserId>(UserKey);
    event.lastSeen = lastSeen(read);
    event.reason = offlineReasonFromWire(read.textOr(ReasonKey));
    return read.finish<ServerEvent>(event);
}

Expected<ServerEvent, Error> readStatusChanged(FieldReader &read)
{
    UserStatusChanged event;
    event.user = read.id<UserId>(UserKey);
    event.status = status(read);
    event.customMessage = message(read, CustomMessageKey);
    event.autoAway = read.optionalBoolean(AutoAwayKey).value_or(false);
    event.timestamp = read.epochTime(TimestampKey);
    return read.finish<ServerEvent>(event);
}

Expected<ServerEvent, Error> readUpdate(FieldReader &read)
{
    ContactPresenceUpdate update;
    update.person = personB(read);
    update.timestamp = read.epochTime(TimestampKey);
    return read.finish<ServerEvent>(update);
}

Expected<ServerEvent, Error> readAck(FieldReader &read)
{
    if (read.text(StatusKey) != AliveWord)
        read.refuse(StatusKey, u"not alive"_s);
    return read.finish<ServerEvent>(HeartbeatAck{read.epochTime(TimestampKey)});
}

} // namespace

Expected<ServerEvent, Error> serverEventFromJson(const QString &name, const QJsonArray &arguments)
{
    if (std::ranges::none_of(KnownNames, [&name](auto known) { return known == name; }))
        return ServerEvent(UnknownEvent{name.left(MaxUnknownName)});
    const auto payload = eventPayload(arguments);
    if (!payload)
        return Unexpected{payload.error()};
    FieldReader read(*payload);
    if (name == StatusReplyName)
        return readStatusReply(read);
    if (name == UserOnlineName)
        return read.finish<ServerEvent>(UserOnline{personA(read)});
    if (name == UserOfflineName)
        return readOffline(read);
    if (name == UserStatusName)
        return readStatusChanged(read);
    if (name == HeartbeatAckName)
        return readAck(read);
    if (name == BulkPresenceName)
        return readBulk(read);
    if (name == UserPresenceName) {
        UserPresence reply{personB(read), requestId(read)};
        return read.finish<ServerEvent>(reply);
    }
    if (name == ContactUpdateName)
        return readUpdate(read);
    const ErrorReport report{
        cleanName(read.text(CodeKey), MaxDetailLength), cleanName(read.text(MessageKey), MaxWords)};
    return read.finish<ServerEvent>(report);
}

} // namespace presently::net::devices
