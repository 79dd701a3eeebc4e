// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/rest.h"

#include "models/core/timeformat.h"
#include "net/wire/json/boundedjson.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::userstatus {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto SuccessKey = "success"_L1;
constexpr auto DataKey = "data"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto ErrorKey = "error"_L1;
constexpr auto CountKey = "count"_L1;
constexpr auto UserIdKey = "user_id"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto TimestampKey = "timestamp"_L1;
constexpr auto LastActivityKey = "last_activity"_L1;
constexpr auto NextHeartbeatKey = "next_heartbeat_seconds"_L1;

constexpr std::array<std::pair<RestStatus, QLatin1StringView>, 5> Words{
    {{RestStatus::Online, "online"_L1}, {RestStatus::Away, "away"_L1},
        {RestStatus::Offline, "offline"_L1}, {RestStatus::Invisible, "invisible"_L1},
        {RestStatus::DoNotDisturb, "dnd"_L1}}};

QJsonValue timeOrNull(std::optional<WallTime> time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonObject toJson(const RestRow &row)
{
    return {{UserIdKey, row.userId}, {StatusKey, QString(toWord(row.status))},
        {TimestampKey, timeOrNull(row.timestamp)}, {LastActivityKey, timeOrNull(row.lastActivity)}};
}

} // namespace

QLatin1StringView toWord(RestStatus status)
{
    return std::ranges::find(Words, status, [](const auto &pair) { return pair.first; })->second;
}

std::optional<RestStatus> fromWord(QStringView word)
{
    const auto row
        = std::ranges::find_if(Words, [word](const auto &pair) { return pair.second == word; });
    if (row == Words.end())
        return std::nullopt;
    return row->first;
}

RestStatus restStatusFor(Status status)
{
    switch (status) {
    case Status::Online:
        return RestStatus::Online;
    case Status::Away:
        return RestStatus::Away;
    case Status::Busy:
        return RestStatus::DoNotDisturb;
    case Status::Unknown:
    case Status::Offline:
        break;
    }
    return RestStatus::Offline;
}

RestStatus ownRestStatusFor(Status status, IntentStatus intent)
{
    const bool isThere = status != Status::Offline && status != Status::Unknown;
    return isThere && intent == IntentStatus::Invisible ? RestStatus::Invisible
                                                        : restStatusFor(status);
}

QByteArray encodeRow(const RestRow &row, const QString &message)
{
    QJsonObject answer{{SuccessKey, true}, {DataKey, toJson(row)}};
    if (!message.isEmpty())
        answer.insert(MessageKey, message);
    return toAsciiJson(answer);
}

QByteArray encodeRows(const QList<RestRow> &rows)
{
    QJsonObject people;
    for (const RestRow &row : rows)
        people.insert(row.userId, toJson(row));
    return toAsciiJson(
        QJsonObject{{SuccessKey, true}, {DataKey, people}, {CountKey, qint64(people.size())}});
}

QByteArray encodeHeartbeat(bool success, qint64 nextSeconds)
{
    return toAsciiJson(QJsonObject{{SuccessKey, success},
        {MessageKey, success ? u"Heartbeat received"_s : u"This device was set to offline"_s},
        {NextHeartbeatKey, nextSeconds}});
}

QByteArray encodeFailure(const QString &text)
{
    return toAsciiJson(QJsonObject{{SuccessKey, false}, {ErrorKey, text}});
}

Expected<RestStatus, Failure> decodeStatusRequest(const QByteArray &body)
{
    const auto object = parseObject(body);
    if (!object)
        return Unexpected{Failure{Fault::InvalidRequest, u"the body is no JSON object"_s, {}}};
    const auto status = fromWord(object->value(StatusKey).toString());
    if (!status) {
        return Unexpected{Failure{
            Fault::InvalidStatus, u"status must be online, away, offline, invisible or dnd"_s, {}}};
    }
    return *status;
}

} // namespace presently::net::userstatus
