// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/polling/presencebodies.h"

#include "net/wire/json/fieldreader.h"
#include "net/wire/polling/times_p.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace presently::net::polling {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto OnlineUsersKey = "online_users"_L1;
constexpr auto LastActivityKey = "last_activity"_L1;
constexpr auto TimestampKey = "timestamp"_L1;
constexpr auto OfflineKey = "offline"_L1;
constexpr auto SuccessKey = "success"_L1;
constexpr auto UserKey = "user_id"_L1;
constexpr auto MessageKey = "message"_L1;

constexpr WallTime Year2000{Milliseconds{946'684'800'000}};
constexpr double LargestNumber = 9007199254740992.0; // 2^53

Unexpected<Error> refused(ErrorCode code, const QString &field, const QString &detail)
{
    return Unexpected{Error{code, field, detail, std::nullopt}};
}

std::optional<PersonNumber> numberIn(const QJsonValue &value)
{
    const double number = value.toDouble();
    const bool isGood = value.isDouble() && number >= 1 && number <= LargestNumber
        && std::floor(number) == number;
    return isGood ? std::optional(PersonNumber(number)) : std::nullopt;
}

Expected<QList<PersonNumber>, Error> numbersIn(const QJsonArray &array)
{
    if (array.size() > OnlineUsers::MaxUsers)
        return refused(ErrorCode::TooLarge, OnlineUsersKey, u"too many people"_s);
    QList<PersonNumber> numbers;
    numbers.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        const auto number = numberIn(array[i]);
        if (!number)
            return refused(ErrorCode::InvalidField, u"%1[%2]"_s.arg(OnlineUsersKey).arg(i),
                u"not a positive whole number"_s);
        numbers.append(*number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

Expected<QMap<PersonNumber, WallTime>, Error> timesIn(const QJsonObject &object)
{
    QMap<PersonNumber, WallTime> times;
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        bool isNumber = false;
        const PersonNumber user = entry.key().toLongLong(&isNumber);
        const auto time = fromIsoTime(entry.value().toString());
        if (!isNumber || user < 1 || !time)
            return refused(ErrorCode::InvalidField, LastActivityKey + u'.' + entry.key(),
                u"not a time of a person"_s);
        times.insert(user, *time);
    }
    return times;
}

void insertUser(QJsonObject &object, const std::optional<PersonNumber> &user)
{
    if (user)
        object.insert(UserKey, *user);
}

//! The answers say `success`; anything but true is a refusal in disguise.
void expectSuccess(FieldReader &read)
{
    if (!read.boolean(SuccessKey))
        read.refuse(SuccessKey, u"not true"_s);
}

} // namespace

QJsonObject toJson(const OnlineUsers &online)
{
    QJsonArray users;
    for (const PersonNumber user : online.users)
        users.append(user);
    QJsonObject object{{OnlineUsersKey, users}};
    if (online.lastActivity.isEmpty())
        return object;
    QJsonObject times;
    for (auto entry = online.lastActivity.cbegin(); entry != online.lastActivity.cend(); ++entry)
        times.insert(QString::number(entry.key()), toIsoTime(entry.value()));
    object.insert(LastActivityKey, times);
    return object;
}

Expected<OnlineUsers, Error> onlineUsersFromJson(const QJsonDocument &document)
{
    OnlineUsers online;
    QJsonArray array = document.array();
    if (!document.isArray()) {
        FieldReader read(document.object());
        array = read.array(OnlineUsersKey);
        const QJsonObject times
            = read.has(LastActivityKey) ? read.object(LastActivityKey) : QJsonObject();
        if (read.error())
            return Unexpected{*read.error()};
        auto activity = timesIn(times);
        if (!activity)
            return Unexpected{activity.error()};
        online.lastActivity = *std::move(activity);
    }
    auto users = numbersIn(array);
    if (!users)
        return Unexpected{users.error()};
    online.users = *std::move(users);
    return online;
}

bool HeartbeatRequest::meansOffline() const
{
    return offline || (timestamp && *timestamp < Year2000);
}

QJsonObject toJson(const HeartbeatRequest &request)
{
    QJsonObject object;
    if (request.timestamp)
        object.insert(TimestampKey, toIsoTime(*request.timestamp));
    if (request.offline)
        object.insert(OfflineKey, true);
    return object;
}

Expected<HeartbeatRequest, Error> heartbeatRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    HeartbeatRequest request;
    request.timestamp = fromIsoTime(read.textOr(TimestampKey));
    request.offline = read.optionalBoolean(OfflineKey).value_or(false);
    return read.finish(request);
}

QJsonObject toJson(const HeartbeatReply &reply)
{
    QJsonObject object{{SuccessKey, true}, {LastActivityKey, toIsoTime(reply.lastActivity)}};
    insertUser(object, reply.user);
    return object;
}

Expected<HeartbeatReply, Error> heartbeatReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    HeartbeatReply reply;
    expectSuccess(read);
    const auto time = fromIsoTime(read.text(LastActivityKey));
    if (!time)
        read.refuse(LastActivityKey, u"not a time"_s);
    reply.lastActivity = time.value_or(WallTime{});
    reply.user = read.optionalInteger(UserKey, 1);
    return read.finish(reply);
}

QJsonObject toJson(const MarkOfflineReply &reply)
{
    QJsonObject object{{SuccessKey, true}, {MessageKey, reply.message}};
    insertUser(object, reply.user);
    return object;
}

Expected<MarkOfflineReply, Error> markOfflineReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    MarkOfflineReply reply;
    expectSuccess(read);
    reply.message = read.textOr(MessageKey);
    reply.user = read.optionalInteger(UserKey, 1);
    return read.finish(reply);
}

} // namespace presently::net::polling
