// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restconversations.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto IdKey = "id"_L1;
constexpr auto DialogKey = "dialog_id"_L1;
constexpr auto CreatedAtKey = "created_at"_L1;
constexpr auto UserKey = "user_id"_L1;
constexpr auto NameKey = "display_name"_L1;
constexpr auto CompanyKey = "company"_L1;
constexpr auto EmailKey = "email"_L1;
constexpr auto PhoneKey = "phone"_L1;
constexpr auto EnabledKey = "enabled"_L1;
constexpr auto LastReadKey = "last_read_message_id"_L1;
constexpr auto Level0Key = "scope_level0"_L1;
constexpr auto Level1Key = "scope_level1"_L1;
constexpr auto Level2Key = "scope_level2"_L1;

constexpr qsizetype MaxScopeHeader = 8 * 1024;

void insertIfFilled(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

} // namespace

QJsonObject notificationsRequestToJson(bool enabled)
{
    return {{EnabledKey, enabled}};
}

Expected<bool, Error> notificationsRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const bool enabled = read.boolean(EnabledKey);
    return read.finish(enabled);
}

QJsonObject readRequestToJson(const MessageId &lastRead)
{
    return {{LastReadKey, lastRead.value}};
}

Expected<MessageId, Error> readRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const MessageId lastRead{read.id<MessageId>(LastReadKey).value.toLower()};
    return read.finish(lastRead);
}

QJsonObject toJson(const AccessScope &scope, const ConversationId &conversation)
{
    QJsonObject object{{Level0Key, QJsonArray::fromStringList(scope.level0)},
        {Level1Key, QJsonArray::fromStringList(scope.level1)},
        {Level2Key, QJsonArray::fromStringList(scope.level2)}};
    insertIfFilled(object, IdKey, scope.id);
    insertIfFilled(object, DialogKey, conversation.value);
    if (scope.createdAt)
        object.insert(CreatedAtKey, toRfc3339(*scope.createdAt));
    return object;
}

Expected<AccessScope, Error> accessScopeFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    AccessScope scope;
    scope.id = read.textOr(IdKey);
    scope.level0 = read.texts(Level0Key);
    scope.level1 = read.texts(Level1Key);
    scope.level2 = read.texts(Level2Key);
    scope.createdAt = read.optionalTime(CreatedAtKey);
    return read.finish(scope);
}

QJsonObject toJson(const ParticipantInput &input)
{
    QJsonObject object{{NameKey, input.displayName}, {CompanyKey, input.company}};
    insertIfFilled(object, UserKey, input.user.value);
    insertIfFilled(object, EmailKey, input.email.value_or(QString()));
    insertIfFilled(object, PhoneKey, input.phone.value_or(QString()));
    return object;
}

Expected<ParticipantInput, Error> participantInputFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    ParticipantInput input;
    input.user = read.id<UserId>(UserKey);
    input.displayName = read.text(NameKey);
    input.company = read.textOr(CompanyKey);
    input.email = read.optionalText(EmailKey);
    input.phone = read.optionalText(PhoneKey);
    return read.finish(input);
}

Expected<ParticipantInput, Error> joinRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    ParticipantInput input;
    input.displayName = read.text(NameKey);
    input.company = read.text(CompanyKey);
    input.email = read.optionalText(EmailKey);
    input.phone = read.optionalText(PhoneKey);
    return read.finish(input);
}

QByteArray encodeScopeHeader(const AccessScope &scope)
{
    return QJsonDocument(toJson(AccessScope{{}, scope.level0, scope.level1, scope.level2, {}}))
        .toJson(QJsonDocument::Compact)
        .toBase64();
}

Expected<AccessScope, Error> decodeScopeHeader(const QByteArray &header)
{
    if (header.size() > MaxScopeHeader)
        return Unexpected{Error{ErrorCode::TooLarge, u"X-Scope-Config"_s, {}, {}}};
    const auto json = QByteArray::fromBase64Encoding(
        header.trimmed(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!json)
        return Unexpected{
            Error{ErrorCode::Malformed, u"X-Scope-Config"_s, u"not standard base64"_s, {}}};
    const auto object = parseObject(json.decoded);
    if (!object)
        return Unexpected{object.error()};
    return accessScopeFromJson(*object);
}

} // namespace presently::net::mtchat
