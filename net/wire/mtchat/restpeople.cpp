// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/restpeople.h"

#include "models/core/timeformat.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto IdKey = "id"_L1;
constexpr auto TypeKey = "type"_L1;
constexpr auto NameKey = "name"_L1;
constexpr auto OsKey = "os"_L1;
constexpr auto LoginKey = "login"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto DeviceKey = "device"_L1;
constexpr auto DisplayNameKey = "display_name"_L1;
constexpr auto IdsKey = "ids"_L1;
constexpr auto IsContactKey = "is_contact"_L1;
constexpr auto TokenKey = "token"_L1;
constexpr auto ExpiresKey = "expires_at"_L1;
constexpr auto RefreshKey = "refresh_token"_L1;
constexpr auto SessionKey = "session_id"_L1;
constexpr auto UserKey = "user"_L1;
constexpr auto CreatedAtKey = "created_at"_L1;
constexpr auto LastSeenAtKey = "last_seen_at"_L1;
constexpr auto IsCurrentKey = "is_current"_L1;

QMap<QString, QString> idsFromJson(const QJsonObject &object)
{
    QMap<QString, QString> ids;
    for (auto field = object.begin(); field != object.end(); ++field) {
        // `polling` counts its people with integers.
        const QString id
            = field->isDouble() ? QString::number(field->toInteger()) : field->toString();
        if (!id.isEmpty())
            ids.insert(field.key(), id);
    }
    return ids;
}

} // namespace

QJsonObject toJson(const DeviceDescription &device)
{
    return {{IdKey, device.id.value}, {TypeKey, QString(toWire(device.type))},
        {NameKey, device.name}, {OsKey, device.os}};
}

Expected<DeviceDescription, Error> deviceFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    DeviceDescription device;
    device.id = read.id<DeviceId>(IdKey);
    device.type = deviceTypeFromWire(read.textOr(TypeKey));
    device.name = read.name(NameKey);
    device.os = read.name(OsKey);
    return read.finish(device);
}

QJsonObject toJson(const SignInRequest &request)
{
    return {{LoginKey, request.login}, {PasswordKey, request.password},
        {DeviceKey, toJson(request.device)}};
}

Expected<SignInRequest, Error> signInRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SignInRequest request;
    request.login = read.text(LoginKey);
    request.password = read.text(PasswordKey);
    request.device = read.nested(DeviceKey, deviceFromJson);
    return read.finish(request);
}

QJsonObject toJson(const PersonDetails &details)
{
    QJsonObject ids;
    for (auto id = details.ids.begin(); id != details.ids.end(); ++id)
        ids.insert(id.key(), id.value());
    QJsonObject object{{IdKey, details.person.user.value},
        {DisplayNameKey, details.person.displayName}, {IsContactKey, details.person.isContact},
        {IdsKey, ids}};
    if (!details.person.handle.isEmpty())
        object.insert(LoginKey, details.person.handle);
    return object;
}

Expected<PersonDetails, Error> personFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PersonDetails details;
    details.person.user = read.id<UserId>(IdKey);
    details.person.displayName = read.name(DisplayNameKey);
    details.person.handle = read.name(LoginKey);
    details.person.isContact = read.optionalBoolean(IsContactKey).value_or(false);
    if (read.has(IdsKey))
        details.ids = idsFromJson(read.object(IdsKey));
    return read.finish(details);
}

QJsonObject toJson(const SessionGrant &grant)
{
    QJsonObject object{{TokenKey, grant.token}, {ExpiresKey, toRfc3339(grant.expiresAt)},
        {RefreshKey, grant.refreshToken}, {UserKey, toJson(grant.user)}};
    if (!grant.session.isEmpty())
        object.insert(SessionKey, grant.session.value);
    return object;
}

Expected<SessionGrant, Error> sessionGrantFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SessionGrant grant;
    grant.token = read.text(TokenKey);
    grant.expiresAt = read.time(ExpiresKey);
    grant.refreshToken = read.text(RefreshKey);
    grant.session = read.optionalId<SessionId>(SessionKey).value_or(SessionId{});
    grant.user = read.nested(UserKey, personFromJson);
    return read.finish(grant);
}

QJsonObject toJson(const SessionItem &item)
{
    QJsonObject object{{IdKey, item.id.value}, {DeviceKey, toJson(item.device)},
        {CreatedAtKey, toRfc3339(item.createdAt)}, {IsCurrentKey, item.isCurrent}};
    if (item.lastSeenAt)
        object.insert(LastSeenAtKey, toRfc3339(*item.lastSeenAt));
    return object;
}

Expected<SessionItem, Error> sessionItemFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SessionItem item;
    item.id = read.id<SessionId>(IdKey);
    item.device = read.nested(DeviceKey, deviceFromJson);
    item.createdAt = read.time(CreatedAtKey);
    item.lastSeenAt = read.optionalTime(LastSeenAtKey);
    item.isCurrent = read.optionalBoolean(IsCurrentKey).value_or(false);
    return read.finish(item);
}

} // namespace presently::net::mtchat
