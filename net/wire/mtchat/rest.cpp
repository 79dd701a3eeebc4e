// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/rest.h"

#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/fieldreader_p.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto DataKey = "data"_L1;
constexpr auto EpochKey = "epoch"_L1;
constexpr auto CompleteKey = "complete"_L1;

//! A page of messages, or everybody in a large conversation.
constexpr JsonLimits ReplyLimits{64 * 1024 * 1024, 32};

Unexpected<Error> wrongData(const char *detail)
{
    return Unexpected{
        Error{ErrorCode::InvalidField, QString(DataKey), QString::fromLatin1(detail), {}}};
}

} // namespace

QByteArray encodeData(const QJsonValue &data)
{
    return toAsciiJson(QJsonObject{{DataKey, data}});
}

Expected<QJsonValue, Error> decodeData(const QByteArray &body)
{
    const auto object = parseObject(body, ReplyLimits);
    if (!object)
        return Unexpected{object.error()};
    const QJsonValue data = object->value(DataKey);
    if (data.isUndefined())
        return Unexpected{Error{ErrorCode::MissingField, QString(DataKey), u"missing"_s, {}}};
    return data;
}

Expected<QJsonObject, Error> decodeDataObject(const QByteArray &body)
{
    const auto data = decodeData(body);
    if (!data)
        return Unexpected{data.error()};
    if (!data->isObject())
        return wrongData("not an object");
    return data->toObject();
}

Expected<QJsonArray, Error> decodeDataArray(const QByteArray &body)
{
    const auto data = decodeData(body);
    if (!data)
        return Unexpected{data.error()};
    if (!data->isArray())
        return wrongData("not an array");
    return data->toArray();
}

QByteArray encode(const ParticipantsReply &reply)
{
    QJsonArray rows;
    for (const ParticipantItem &item : reply.participants)
        rows.append(toJson(item));
    return toAsciiJson(
        QJsonObject{{DataKey, rows}, {EpochKey, reply.epoch}, {CompleteKey, reply.complete}});
}

Expected<ParticipantsReply, Error> decodeParticipantsReply(const QByteArray &body)
{
    const auto object = parseObject(body, ReplyLimits);
    if (!object)
        return Unexpected{object.error()};
    FieldReader read(*object);
    ParticipantsReply reply;
    const QJsonArray rows = read.array(DataKey);
    reply.epoch = read.optionalInteger(EpochKey).value_or(0);
    reply.complete = read.optionalBoolean(CompleteKey).value_or(true);
    if (read.error())
        return Unexpected{*read.error()};
    auto participants = readEach(rows, participantItemFromJson);
    if (!participants) {
        Error error = participants.error();
        error.field.prepend(QString(DataKey));
        return Unexpected{error};
    }
    reply.participants = *std::move(participants);
    for (ParticipantItem &item : reply.participants) {
        if (item.presence)
            item.presence->version.epoch = reply.epoch;
    }
    return reply;
}

} // namespace presently::net::mtchat
