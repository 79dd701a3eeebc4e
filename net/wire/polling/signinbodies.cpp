// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/polling/signinbodies.h"

#include "net/wire/json/fieldreader.h"
#include "net/wire/polling/times_p.h"

namespace presently::net::polling {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto EmailKey = "email"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto UserKey = "user"_L1;
constexpr auto IdKey = "id"_L1;
constexpr auto UsernameKey = "username"_L1;
constexpr auto FirstNameKey = "first_name"_L1;
constexpr auto LastNameKey = "last_name"_L1;
constexpr auto IsActiveKey = "is_active"_L1;
constexpr auto IsVeteranKey = "is_veteran"_L1;
constexpr auto IsSuperuserKey = "is_superuser"_L1;
constexpr auto ProfileKey = "profile"_L1;
constexpr auto StarsKey = "stars_count"_L1;
constexpr auto CategoryKey = "veteran_category"_L1;
constexpr auto JoinedKey = "date_joined"_L1;
constexpr auto AccessKey = "access"_L1;
constexpr auto RefreshKey = "refresh"_L1;

constexpr qsizetype MaxTokenLength = 16 * 1024;

QString token(FieldReader &read, QLatin1StringView key)
{
    const QString token = read.text(key);
    if (token.isEmpty() || token.size() > MaxTokenLength)
        read.refuse(key, u"not a token"_s);
    return token;
}

//! The fields that say nothing here are there because published clients read them.
QJsonObject accountToJson(const Account &account)
{
    return {{IdKey, account.id}, {EmailKey, account.email}, {UsernameKey, account.username},
        {FirstNameKey, account.firstName}, {LastNameKey, account.lastName},
        {IsActiveKey, account.isActive}, {IsVeteranKey, false}, {IsSuperuserKey, false},
        {ProfileKey, QJsonValue::Null}, {StarsKey, 0}, {CategoryKey, QJsonValue::Null},
        {JoinedKey,
            account.joined ? QJsonValue(toIsoTime(*account.joined))
                           : QJsonValue(QJsonValue::Null)}};
}

Expected<Account, Error> accountFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Account account;
    account.id = read.integer(IdKey, 1);
    account.email = read.textOr(EmailKey);
    account.username = read.textOr(UsernameKey);
    account.firstName = read.textOr(FirstNameKey);
    account.lastName = read.textOr(LastNameKey);
    account.isActive = read.optionalBoolean(IsActiveKey).value_or(true);
    account.joined = fromIsoTime(read.textOr(JoinedKey));
    return read.finish(account);
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
    request.email = read.text(EmailKey);
    if (request.email.isEmpty())
        read.refuse(EmailKey, u"is empty"_s);
    request.password = read.text(PasswordKey);
    if (request.password.isEmpty())
        read.refuse(PasswordKey, u"is empty"_s);
    return read.finish(request);
}

QJsonObject toJson(const SignInReply &reply)
{
    return {{UserKey, accountToJson(reply.account)}, {RefreshKey, reply.tokens.refresh},
        {AccessKey, reply.tokens.access}};
}

Expected<SignInReply, Error> signInReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    SignInReply reply;
    reply.account = read.nested(UserKey, accountFromJson);
    reply.tokens.access = token(read, AccessKey);
    reply.tokens.refresh = token(read, RefreshKey);
    return read.finish(reply);
}

QJsonObject refreshRequestToJson(const QString &refresh)
{
    return {{RefreshKey, refresh}};
}

Expected<QString, Error> refreshRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    const QString refresh = token(read, RefreshKey);
    return read.finish(refresh);
}

QJsonObject toJson(const Tokens &tokens)
{
    QJsonObject object{{AccessKey, tokens.access}};
    if (!tokens.refresh.isEmpty())
        object.insert(RefreshKey, tokens.refresh);
    return object;
}

Expected<Tokens, Error> tokensFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Tokens tokens;
    tokens.access = token(read, AccessKey);
    if (read.has(RefreshKey))
        tokens.refresh = token(read, RefreshKey);
    return read.finish(tokens);
}

} // namespace presently::net::polling
