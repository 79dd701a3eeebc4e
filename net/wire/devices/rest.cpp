// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/rest.h"

#include "models/core/timeformat.h"
#include "models/text/cleantext.h"
#include "net/wire/devices/words.h"
#include "net/wire/json/fieldreader.h"

#include <algorithm>

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto PhoneKey = "phoneNumber"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto DeviceInfoKey = "deviceInfo"_L1;
constexpr auto DeviceKey = "device"_L1;
constexpr auto DeviceIdKey = "deviceId"_L1;
constexpr auto DeviceTypeKey = "deviceType"_L1;
constexpr auto DeviceNameKey = "deviceName"_L1;
constexpr auto PlatformKey = "platform"_L1;
constexpr auto AppVersionKey = "appVersion"_L1;
constexpr auto UserKey = "user"_L1;
constexpr auto IdKey = "id"_L1;
constexpr auto IsActiveKey = "isActive"_L1;
constexpr auto CreatedAtKey = "createdAt"_L1;
constexpr auto TokensKey = "tokens"_L1;
constexpr auto AccessTokenKey = "accessToken"_L1;
constexpr auto RefreshTokenKey = "refreshToken"_L1;
constexpr auto ExpiresInKey = "expiresIn"_L1;
constexpr auto StatusCodeKey = "statusCode"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto ErrorKey = "error"_L1;

constexpr qsizetype MaxLoginLength = 255;
constexpr qsizetype MaxPasswordLength = 1024;
constexpr qsizetype MaxTokenLength = 16 * 1024;
constexpr qsizetype MaxNameLengthHere = 100;
constexpr qsizetype MaxPlatformLength = 50;
constexpr qsizetype MaxVersionLength = 20;
constexpr qsizetype MaxWords = 500;

QString boundedText(FieldReader &read, QLatin1StringView key, qsizetype most)
{
    const QString text = read.text(key);
    if (text.size() > most)
        read.refuse(key, u"longer than %1 characters"_s.arg(most), ErrorCode::TooLarge);
    return text;
}

QString token(FieldReader &read, QLatin1StringView key)
{
    const QString token = boundedText(read, key, MaxTokenLength);
    if (token.isEmpty())
        read.refuse(key, u"empty"_s);
    return token;
}

QJsonObject deviceToJson(const DeviceInfo &device)
{
    return {{DeviceIdKey, device.id.value}, {DeviceTypeKey, toWire(device.type)},
        {DeviceNameKey, device.name}, {PlatformKey, device.platform},
        {AppVersionKey, device.appVersion}};
}

Expected<DeviceInfo, Error> deviceFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    DeviceInfo device;
    if (!read.textOr(DeviceIdKey).isEmpty())
        device.id = read.id<DeviceId>(DeviceIdKey);
    device.type = deviceTypeFromWire(read.textOr(DeviceTypeKey));
    device.name = cleanName(read.textOr(DeviceNameKey), MaxNameLengthHere);
    device.platform = cleanName(read.textOr(PlatformKey), MaxPlatformLength);
    device.appVersion = cleanName(read.textOr(AppVersionKey), MaxVersionLength);
    return read.finish(device);
}

//! The account of a reply, without its tokens.
Expected<LoginReply, Error> accountFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    LoginReply reply;
    reply.user = read.objectId<UserId>(IdKey);
    reply.phoneNumber = cleanName(read.textOr(PhoneKey));
    reply.isActive = read.optionalBoolean(IsActiveKey).value_or(true);
    reply.createdAt = read.time(CreatedAtKey);
    return read.finish(reply);
}

Expected<LoginReply, Error> tokensFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    LoginReply reply;
    reply.accessToken = token(read, AccessTokenKey);
    reply.refreshToken = token(read, RefreshTokenKey);
    reply.expiresIn = std::chrono::seconds{read.integer(ExpiresInKey)};
    return read.finish(reply);
}

} // namespace

QJsonObject toJson(const LoginRequest &request)
{
    return {{PhoneKey, request.phoneNumber}, {PasswordKey, request.password},
        {DeviceInfoKey, deviceToJson(request.device)}};
}

Expected<LoginRequest, Error> loginRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    LoginRequest request;
    request.phoneNumber = boundedText(read, PhoneKey, MaxLoginLength);
    request.password = boundedText(read, PasswordKey, MaxPasswordLength);
    if (read.has(DeviceInfoKey))
        request.device = read.nested(DeviceInfoKey, deviceFromJson);
    return read.finish(request);
}

QJsonObject toJson(const LoginReply &reply)
{
    const QJsonObject user{{IdKey, reply.user.value}, {PhoneKey, reply.phoneNumber},
        {IsActiveKey, reply.isActive}, {CreatedAtKey, toRfc3339(reply.createdAt)}};
    const QJsonObject tokens{{AccessTokenKey, reply.accessToken},
        {RefreshTokenKey, reply.refreshToken}, {ExpiresInKey, qint64(reply.expiresIn.count())}};
    return {{UserKey, user}, {TokensKey, tokens}, {DeviceKey, deviceToJson(reply.device)}};
}

Expected<LoginReply, Error> loginReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    LoginReply reply = read.nested(UserKey, accountFromJson);
    const LoginReply tokens = read.nested(TokensKey, tokensFromJson);
    reply.accessToken = tokens.accessToken;
    reply.refreshToken = tokens.refreshToken;
    reply.expiresIn = tokens.expiresIn;
    if (read.has(DeviceKey))
        reply.device = read.nested(DeviceKey, deviceFromJson);
    return read.finish(reply);
}

QJsonObject toJson(const Failure &failure)
{
    return {{StatusCodeKey, failure.statusCode}, {MessageKey, failure.message},
        {ErrorKey, failure.error}};
}

Expected<Failure, Error> failureFromJson(const QJsonObject &object)
{
    constexpr qint64 LastStatus = 599;
    FieldReader read(object);
    Failure failure;
    const qint64 status = read.integer(StatusCodeKey);
    if (status > LastStatus)
        read.refuse(StatusCodeKey, u"not a status"_s);
    failure.statusCode = int(std::min(status, LastStatus));
    const QJsonValue message = object.value(MessageKey);
    const QString words
        = message.isArray() ? message.toArray().first().toString() : read.text(MessageKey);
    failure.message = cleanName(words, MaxWords);
    failure.error = cleanName(read.textOr(ErrorKey), MaxWords);
    return read.finish(failure);
}

} // namespace presently::net::devices
