// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/messages.h"

namespace presently::net::userstatus {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto RetryAfterDetail = "retry_after_ms";
constexpr qint64 LongestRetryMs = 24LL * 3'600'000;

pb::UserStatus toWire(WireStatus status, EnumRevision revision)
{
    return static_cast<pb::UserStatus>(toNumber(status, revision));
}

WireStatus fromWire(pb::UserStatus status, EnumRevision revision)
{
    return fromNumber(int(status), revision).value_or(WireStatus::Unknown);
}

template <typename Repeated>
QStringList toTexts(const Repeated &from)
{
    QStringList texts;
    texts.reserve(from.size());
    for (const std::string &text : from)
        texts.append(toText(text));
    return texts;
}

} // namespace

std::string toBytes(const QString &text)
{
    return text.toStdString();
}

QString toText(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

pb::SetUserStatusRequest setStatusRequest(
    const QString &userId, WireStatus status, EnumRevision revision)
{
    pb::SetUserStatusRequest request;
    request.set_user_id(toBytes(userId));
    request.set_status(toWire(status, revision));
    return request;
}

Expected<WireStatus, Failure> requestedStatus(
    const pb::SetUserStatusRequest &request, EnumRevision revision)
{
    const auto status = fromNumber(int(request.status()), revision);
    if (!status || *status == WireStatus::Unknown) {
        return Unexpected{
            Failure{Fault::InvalidStatus, u"status must be ONLINE, AWAY or OFFLINE"_s, {}}};
    }
    return *status;
}

pb::GetMultipleUserStatusRequest manyRequest(const QStringList &userIds)
{
    pb::GetMultipleUserStatusRequest request;
    for (const QString &id : userIds)
        request.add_user_ids(toBytes(id));
    return request;
}

QStringList requestedIds(const pb::GetMultipleUserStatusRequest &request)
{
    return toTexts(request.user_ids());
}

pb::SubscribeStatusUpdatesRequest watchRequest(const QString &userId, const QStringList &watched)
{
    pb::SubscribeStatusUpdatesRequest request;
    request.set_user_id(toBytes(userId));
    for (const QString &id : watched)
        request.add_watch_user_ids(toBytes(id));
    return request;
}

QStringList watchedIds(const pb::SubscribeStatusUpdatesRequest &request)
{
    return toTexts(request.watch_user_ids());
}

void write(const StatusRow &row, EnumRevision revision, pb::UserStatusData &to)
{
    to.set_user_id(toBytes(row.userId));
    to.set_status(toWire(row.status, revision));
    to.set_last_seen(toSeconds(row.lastSeen));
    to.set_timestamp(toSeconds(row.timestamp));
}

StatusRow read(const pb::UserStatusData &from, EnumRevision revision)
{
    return {toText(from.user_id()), fromWire(from.status(), revision),
        fromSeconds(from.last_seen()), fromSeconds(from.timestamp())};
}

void write(const StatusEvent &event, EnumRevision revision, pb::StatusUpdateEvent &to)
{
    to.set_user_id(toBytes(event.userId));
    to.set_status(toWire(event.status, revision));
    to.set_timestamp(toSeconds(event.timestamp));
}

StatusEvent read(const pb::StatusUpdateEvent &from, EnumRevision revision)
{
    return {
        toText(from.user_id()), fromWire(from.status(), revision), fromSeconds(from.timestamp())};
}

void write(const Failure &failure, pb::ErrorResponse &to)
{
    to.set_code(static_cast<pb::ErrorCode>(faultRow(failure.fault).errorCode));
    to.set_message(toBytes(failure.message));
    if (failure.retryAfter)
        (*to.mutable_details())[RetryAfterDetail] = std::to_string(failure.retryAfter->count());
}

std::optional<std::chrono::milliseconds> retryAfterIn(const pb::ErrorResponse &from)
{
    const auto detail = from.details().find(RetryAfterDetail);
    if (detail == from.details().end())
        return std::nullopt;
    bool isNumber = false;
    const qint64 ms = QString::fromStdString(detail->second).toLongLong(&isNumber);
    if (!isNumber || ms < 0 || ms > LongestRetryMs)
        return std::nullopt;
    return std::chrono::milliseconds{ms};
}

} // namespace presently::net::userstatus
