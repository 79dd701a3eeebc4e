// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/friends/rest.h"

#include "models/core/timeformat.h"
#include "models/text/cleantext.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/json/fieldreader.h"

namespace presently::net::friends {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto EmailKey = "email"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto IdKey = "id"_L1;
constexpr auto UserNameKey = "username"_L1;
constexpr auto AvatarKey = "avatar"_L1;
constexpr auto CreatedAtKey = "createdAt"_L1;
constexpr auto StatusesKey = "statuses"_L1;
constexpr auto SuccessKey = "success"_L1;
constexpr auto DataKey = "data"_L1;
constexpr auto CodeKey = "code"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto DetailsKey = "details"_L1;
constexpr auto RetryAfterKey = "retryAfter"_L1;

constexpr qsizetype MaxLoginLength = 255;
constexpr qsizetype MaxPasswordLength = 1024;
constexpr qsizetype MaxWords = 500;
constexpr JsonLimits ReplyLimits{8LL * 1024 * 1024, 16};

QString boundedText(FieldReader &read, QLatin1StringView key, qsizetype most)
{
    const QString text = read.text(key);
    if (text.size() > most)
        read.refuse(key, u"longer than %1 characters"_s.arg(most), ErrorCode::TooLarge);
    return text;
}

} // namespace

QJsonObject toJson(const SignInRequest &request)
{
    return {{EmailKey, request.email}, {PasswordKey, request.password}};
}

Expected<SignInRequest, Error> signInRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SignInRequest request;
    request.email = boundedText(read, EmailKey, MaxLoginLength);
    request.password = boundedText(read, PasswordKey, MaxPasswordLength);
    return read.finish(request);
}

QJsonObject toJson(const Account &account)
{
    QJsonObject object{{IdKey, account.id.value}, {UserNameKey, account.userName},
        {EmailKey, account.email}, {CreatedAtKey, toRfc3339(account.createdAt)}};
    if (account.avatar)
        object.insert(AvatarKey, *account.avatar);
    return object;
}

Expected<Account, Error> accountFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Account account;
    account.id = read.objectId<UserId>(IdKey);
    account.userName = cleanName(read.text(UserNameKey));
    account.email = cleanName(read.text(EmailKey));
    account.avatar = read.optionalText(AvatarKey);
    account.createdAt = read.time(CreatedAtKey);
    return read.finish(account);
}

QJsonObject toJson(const OnlineStatuses &statuses)
{
    QJsonObject map;
    for (auto entry = statuses.statuses.cbegin(); entry != statuses.statuses.cend(); ++entry)
        map.insert(entry.key().value, entry.value());
    return {{StatusesKey, map}};
}

Expected<OnlineStatuses, Error> onlineStatusesFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const QJsonObject map = read.object(StatusesKey);
    OnlineStatuses statuses;
    for (auto entry = map.constBegin(); entry != map.constEnd(); ++entry) {
        if (!isObjectId(entry.key()) || !entry.value().isBool())
            read.refuse(StatusesKey, u"not a map of ids to true or false"_s);
        statuses.statuses.insert(UserId{entry.key()}, entry.value().toBool());
    }
    return read.finish(statuses);
}

QJsonObject toJson(const Failure &failure)
{
    if (failure.shape == Failure::Shape::Coded)
        return {
            {CodeKey, failure.code}, {MessageKey, failure.message}, {DetailsKey, failure.details}};
    QJsonObject object{{SuccessKey, false}, {MessageKey, failure.message}};
    if (!failure.details.isEmpty())
        object.insert(DetailsKey, failure.details);
    if (failure.retryAfter)
        object.insert(RetryAfterKey, qint64(failure.retryAfter->count()));
    return object;
}

Expected<Failure, Error> failureFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Failure failure;
    failure.message = cleanName(read.text(MessageKey), MaxWords);
    failure.details = cleanName(read.textOr(DetailsKey), MaxWords);
    if (read.has(SuccessKey)) {
        failure.shape = Failure::Shape::Flagged;
        if (read.boolean(SuccessKey))
            read.refuse(SuccessKey, u"not a failure"_s);
        if (const auto wait = read.optionalInteger(RetryAfterKey))
            failure.retryAfter = std::chrono::seconds{*wait};
        return read.finish(failure);
    }
    constexpr qint64 LastStatus = 599;
    const qint64 code = read.integer(CodeKey);
    if (code > LastStatus)
        read.refuse(CodeKey, u"not a status"_s);
    failure.code = int(std::min(code, LastStatus));
    return read.finish(failure);
}

QByteArray encodeData(const QJsonObject &data)
{
    return toAsciiJson(QJsonObject{{SuccessKey, true}, {DataKey, data}});
}

QByteArray encodeDone(const QString &message)
{
    return toAsciiJson(QJsonObject{{SuccessKey, true}, {MessageKey, message}});
}

Expected<QJsonObject, Error> decodeData(const QByteArray &body)
{
    const auto reply = parseObject(body, ReplyLimits);
    if (!reply)
        return Unexpected{reply.error()};
    FieldReader read(*reply);
    if (!read.boolean(SuccessKey))
        read.refuse(SuccessKey, u"not a success"_s);
    return read.finish(read.object(DataKey));
}

} // namespace presently::net::friends
