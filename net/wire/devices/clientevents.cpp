// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/clientevents.h"

#include "models/text/cleantext.h"
#include "net/wire/devices/words.h"
#include "net/wire/json/eventpayload.h"
#include "net/wire/json/fieldreader.h"

#include <algorithm>
#include <array>

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto TimestampKey = "timestamp"_L1;
constexpr auto DeviceInfoKey = "deviceInfo"_L1;
constexpr auto TypeKey = "type"_L1;
constexpr auto OsKey = "os"_L1;
constexpr auto BrowserKey = "browser"_L1;
constexpr auto VersionKey = "version"_L1;
constexpr auto UsersKey = "userIds"_L1;
constexpr auto UserKey = "userId"_L1;
constexpr auto RequestKey = "requestId"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto StatusMessageKey = "statusMessage"_L1;
constexpr auto CustomMessageKey = "customMessage"_L1;
constexpr auto DeviceKey = "deviceId"_L1;

constexpr auto UserHeartbeatName = "user_heartbeat"_L1;
constexpr auto CheckName = "check_users_presence"_L1;
constexpr auto GetName = "get_user_presence"_L1;
constexpr auto UpdateName = "update_presence"_L1;
constexpr auto HeartbeatName = "heartbeat"_L1;
constexpr auto BulkName = "get_bulk_presence"_L1;
constexpr std::array KnownNames{
    UserHeartbeatName, CheckName, GetName, UpdateName, HeartbeatName, BulkName};
constexpr std::array OwnNames{UserHeartbeatName, CheckName, GetName, UpdateName};

constexpr qsizetype MaxUnknownName = 64;

void insertTime(QJsonObject &object, const std::optional<WallTime> &time)
{
    if (time)
        object.insert(TimestampKey, qint64(time->time_since_epoch().count()));
}

void insertText(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

QJsonObject question(const QList<UserId> &users, const std::optional<QString> &requestId)
{
    QJsonArray ids;
    for (const UserId &user : users)
        ids.append(user.value);
    QJsonObject object{{UsersKey, ids}};
    if (requestId)
        object.insert(RequestKey, *requestId);
    return object;
}

QString nameOf(const UserHeartbeat &)
{
    return UserHeartbeatName;
}
QString nameOf(const CheckUsersPresence &)
{
    return CheckName;
}
QString nameOf(const GetUserPresence &)
{
    return GetName;
}
QString nameOf(const UpdatePresence &)
{
    return UpdateName;
}
QString nameOf(const DeviceHeartbeat &)
{
    return HeartbeatName;
}
QString nameOf(const GetBulkPresence &)
{
    return BulkName;
}
QString nameOf(const UnknownRequest &request)
{
    return request.name;
}

QJsonObject payloadOf(const UserHeartbeat &heartbeat)
{
    QJsonObject object;
    insertTime(object, heartbeat.timestamp);
    if (heartbeat.device) {
        QJsonObject details{{TypeKey, toWire(heartbeat.device->type)}};
        insertText(details, OsKey, heartbeat.device->os);
        insertText(details, BrowserKey, heartbeat.device->browser);
        insertText(details, VersionKey, heartbeat.device->version);
        object.insert(DeviceInfoKey, details);
    }
    return object;
}
QJsonObject payloadOf(const CheckUsersPresence &request)
{
    return question(request.users, request.requestId);
}
QJsonObject payloadOf(const GetUserPresence &request)
{
    QJsonObject object{{UserKey, request.user.value}};
    if (request.requestId)
        object.insert(RequestKey, *request.requestId);
    return object;
}
QJsonObject payloadOf(const UpdatePresence &request)
{
    QJsonObject object{{StatusKey, toWire(request.status)}};
    insertText(object, StatusMessageKey, request.message);
    return object;
}
QJsonObject payloadOf(const DeviceHeartbeat &heartbeat)
{
    QJsonObject object;
    if (heartbeat.device)
        object.insert(DeviceKey, heartbeat.device->value);
    insertTime(object, heartbeat.timestamp);
    return object;
}
QJsonObject payloadOf(const GetBulkPresence &request)
{
    return question(request.users, request.requestId);
}
QJsonObject payloadOf(const UnknownRequest &)
{
    return {};
}

//! A phone tells its version as a number.
QString detail(FieldReader &read, const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    if (value.isDouble())
        return QString::number(value.toDouble()).left(MaxDetailLength);
    return cleanName(read.textOr(key), MaxDetailLength);
}

Expected<DeviceDetails, Error> detailsFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    DeviceDetails details;
    details.type = deviceTypeFromWire(read.textOr(TypeKey));
    details.os = detail(read, object, OsKey);
    details.browser = detail(read, object, BrowserKey);
    details.version = detail(read, object, VersionKey);
    return read.finish(details);
}

std::optional<QString> requestId(FieldReader &read)
{
    const std::optional<QString> id = read.optionalText(RequestKey);
    if (id && id->size() > MaxRequestIdLength)
        read.refuse(RequestKey, u"longer than %1 characters"_s.arg(MaxRequestIdLength),
            ErrorCode::TooLarge);
    return id;
}

QList<UserId> users(FieldReader &read)
{
    QList<UserId> users;
    if (read.array(UsersKey).size() > MaxAskedUsers) {
        read.refuse(UsersKey, u"more than %1 ids"_s.arg(MaxAskedUsers), ErrorCode::TooLarge);
        return users;
    }
    for (const QString &user : read.texts(UsersKey)) {
        if (user.isEmpty() || user.toUtf8().size() > FieldReader::MaxIdBytes)
            read.refuse(UsersKey, u"not an id of 1 to 255 bytes"_s);
        users.append(UserId{user});
    }
    return users;
}

template <typename Question>
Expected<ClientEvent, Error> readQuestion(FieldReader &read)
{
    Question question;
    question.users = users(read);
    question.requestId = requestId(read);
    return read.finish<ClientEvent>(question);
}

Expected<ClientEvent, Error> readUpdate(FieldReader &read)
{
    UpdatePresence update;
    const auto status = intentStatusFromWire(read.text(StatusKey));
    if (!status)
        read.refuse(StatusKey, u"not online, away, busy or offline"_s);
    update.status = status.value_or(IntentStatus::Auto);
    const auto key = read.has(StatusMessageKey) ? StatusMessageKey : CustomMessageKey;
    const QString message = read.textOr(key);
    if (message.size() > MaxMessageLength)
        read.refuse(key, u"longer than %1 characters"_s.arg(MaxMessageLength), ErrorCode::TooLarge);
    update.message = cleanName(message, MaxMessageLength);
    return read.finish<ClientEvent>(update);
}

Expected<ClientEvent, Error> readUserHeartbeat(FieldReader &read)
{
    UserHeartbeat heartbeat;
    heartbeat.timestamp = read.optionalEpochTime(TimestampKey);
    if (read.has(DeviceInfoKey))
        heartbeat.device = read.nested(DeviceInfoKey, detailsFromJson);
    return read.finish<ClientEvent>(heartbeat);
}

Expected<ClientEvent, Error> readHeartbeat(FieldReader &read)
{
    DeviceHeartbeat heartbeat;
    heartbeat.device = read.optionalId<DeviceId>(DeviceKey);
    heartbeat.timestamp = read.optionalEpochTime(TimestampKey);
    return read.finish<ClientEvent>(heartbeat);
}

} // namespace

bool isOwnEvent(QStringView name)
{
    return std::ranges::any_of(OwnNames, [name](auto own) { return own == name; });
}

std::optional<Vocabulary> vocabularyOf(const ClientEvent &event)
{
    if (std::holds_alternative<UserHeartbeat>(event)
        || std::holds_alternative<CheckUsersPresence>(event))
        return Vocabulary::A;
    if (std::holds_alternative<DeviceHeartbeat>(event)
        || std::holds_alternative<GetBulkPresence>(event))
        return Vocabulary::B;
    return std::nullopt;
}

QString eventName(const ClientEvent &event)
{
    return std::visit([](const auto &request) { return nameOf(request); }, event);
}

QJsonObject toJson(const ClientEvent &event)
{
    return std::visit([](const auto &request) { return payloadOf(request); }, event);
}

Expected<ClientEvent, Error> clientEventFromJson(const QString &name, const QJsonArray &arguments)
{
    if (std::ranges::none_of(KnownNames, [&name](auto known) { return known == name; }))
        return ClientEvent(UnknownRequest{name.left(MaxUnknownName)});
    const auto payload = eventPayload(arguments);
    if (!payload)
        return Unexpected{payload.error()};
    FieldReader read(*payload);
    if (name == UserHeartbeatName)
        return readUserHeartbeat(read);
    if (name == HeartbeatName)
        return readHeartbeat(read);
    if (name == CheckName)
        return readQuestion<CheckUsersPresence>(read);
    if (name == BulkName)
        return readQuestion<GetBulkPresence>(read);
    if (name == UpdateName)
        return readUpdate(read);
    const GetUserPresence request{read.id<UserId>(UserKey), requestId(read)};
    return read.finish<ClientEvent>(request);
}

} // namespace presently::net::devices
