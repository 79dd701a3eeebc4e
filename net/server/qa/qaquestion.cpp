// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaquestion.h"

#include "net/server/qa/qaworld.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/json/fieldreader.h"
#include "net/wire/mtchat/enums.h"

#include <QRegularExpression>

#include <cmath>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto UserKey = "user"_L1;
constexpr auto FrameKey = "frame"_L1;
constexpr auto CountKey = "count"_L1;
constexpr auto DirectionKey = "direction"_L1;
constexpr auto DialectKey = "dialect"_L1;
constexpr auto SinceKey = "since"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto WithinKey = "within"_L1;
constexpr auto SecondsKey = "seconds"_L1;
constexpr auto MsKey = "ms"_L1;
constexpr qint64 MaxCount = 10'000;

Unexpected<Error> refused(QLatin1StringView key, const QString &why)
{
    return Unexpected{Error{ErrorCode::InvalidField, QString(key), why, std::nullopt}};
}

Expected<Milliseconds, Error> spanOf(QLatin1StringView key, double number, double unit)
{
    const double ms = number * unit;
    if (!(ms >= 0) || ms > double(LongestQaSpan.count()))
        return refused(key, u"not between 0 and 31 days"_s);
    return Milliseconds{qint64(std::llround(ms))};
}

//! Milliseconds of one of "ms", "s", "m", "h".
double unitOf(QStringView name)
{
    if (name == u"ms")
        return 1;
    if (name == u"s")
        return 1'000;
    return name == u"m" ? 60'000 : 3'600'000;
}

void readDirection(FieldReader &read, FrameWish &wish)
{
    const QString direction = read.textOr(DirectionKey);
    if (direction == u"in")
        wish.direction = FrameDirection::Received;
    else if (direction == u"out")
        wish.direction = FrameDirection::Sent;
    else if (!direction.isEmpty())
        read.refuse(DirectionKey, u"not \"in\" or \"out\""_s);
}

//! "start": all that is still known; "now", and nothing: from now on; else the id of an answer.
quint64 sinceOf(FieldReader &read, const QJsonValue &value, const FrameLog &log)
{
    if (value.isDouble())
        return quint64(read.integer(SinceKey));
    const QString word = read.textOr(SinceKey, u"now"_s);
    if (word == u"start")
        return 0;
    if (word != u"now")
        read.refuse(SinceKey, u"not \"now\", \"start\" or the id of an answer"_s);
    return log.lastId();
}

Expected<FrameWish, Error> frameWish(
    const QJsonObject &object, const FrameLog &log, const std::optional<UserId> &user)
{
    FieldReader read(object);
    FrameWish wish;
    wish.user = user;
    wish.type = read.text(FrameKey);
    const qint64 count = read.optionalInteger(CountKey, 1).value_or(1);
    if (count > MaxCount)
        read.refuse(CountKey, u"more than %1"_s.arg(MaxCount));
    wish.count = int(count);
    wish.dialect = read.textOr(DialectKey);
    readDirection(read, wish);
    wish.since = sinceOf(read, object.value(SinceKey), log);
    return read.finish(wish);
}

Expected<StatusWish, Error> statusWish(
    const QJsonObject &object, const std::optional<PersonRecord> &person)
{
    if (!person)
        return Unexpected{
            Error{ErrorCode::MissingField, QString(UserKey), u"is needed"_s, std::nullopt}};
    StatusWish wish{person->key, person->ids.mtchat, Status::Online};
    const QString word = object.value(StatusKey).toString();
    for (const Status status : {Status::Online, Status::Away, Status::Busy, Status::Offline}) {
        wish.status = status;
        if (word == statusWord(status))
            return wish;
    }
    return refused(StatusKey, u"not online, away, busy or offline"_s);
}

} // namespace

Expected<QJsonObject, Error> qaBodyOf(const ApiRequest &request)
{
    if (request.http.body.isEmpty())
        return QJsonObject();
    return parseObject(request.http.body, {request.http.body.size(), 64});
}

Expected<Milliseconds, Error> qaSpanFromJson(QLatin1StringView key, const QJsonValue &value)
{
    if (value.isDouble())
        return spanOf(key, value.toDouble(), 1'000);
    static const QRegularExpression form(u"^(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h)$"_s);
    const auto match = form.match(value.toString());
    if (!match.hasMatch())
        return refused(key, u"not a time as \"65s\" or \"500ms\""_s);
    return spanOf(key, match.captured(1).toDouble(), unitOf(match.capturedView(2)));
}

Expected<Milliseconds, Error> advanceFromJson(const QJsonObject &object)
{
    const bool hasSeconds = object.contains(SecondsKey);
    if (hasSeconds == object.contains(MsKey))
        return refused(SecondsKey, u"either this or \"ms\" is needed"_s);
    const auto key = hasSeconds ? SecondsKey : MsKey;
    const QJsonValue value = object.value(key);
    if (!value.isDouble())
        return refused(key, u"not a number"_s);
    return spanOf(key, value.toDouble(), hasSeconds ? 1'000 : 1);
}

Expected<QaExpectation, Error> expectationFromJson(const QJsonObject &object, QaWorld &world)
{
    if (object.contains(FrameKey) == object.contains(StatusKey))
        return refused(FrameKey, u"either this or \"status\" is needed"_s);
    QaExpectation expectation;
    if (object.contains(WithinKey)) {
        const auto within = qaSpanFromJson(WithinKey, object.value(WithinKey));
        if (!within)
            return Unexpected{within.error()};
        expectation.within = *within;
    }
    std::optional<PersonRecord> person;
    if (object.contains(UserKey)) {
        auto found = world.find(object.value(UserKey).toString());
        if (!found)
            return Unexpected{found.error()};
        person = *std::move(found);
    }
    if (object.contains(StatusKey)) {
        const auto wish = statusWish(object, person);
        if (!wish)
            return Unexpected{wish.error()};
        expectation.wish = *wish;
        return expectation;
    }
    const auto wish = frameWish(
        object, world.frames(), person ? std::optional(person->ids.mtchat) : std::nullopt);
    if (!wish)
        return Unexpected{wish.error()};
    expectation.wish = *wish;
    return expectation;
}

} // namespace presently::net
