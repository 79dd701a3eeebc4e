// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/socketio/enginehandshake.h"

#include "net/wire/json/boundedjson.h"

#include <QJsonArray>

#include <cmath>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr auto SidKey = "sid"_L1;
constexpr auto UpgradesKey = "upgrades"_L1;
constexpr auto PingIntervalKey = "pingInterval"_L1;
constexpr auto PingTimeoutKey = "pingTimeout"_L1;
constexpr auto MaxPayloadKey = "maxPayload"_L1;

constexpr qsizetype MaxSidLength = 128;
constexpr qsizetype MaxUpgrades = 16;
constexpr double LongestWait = 3'600'000; //!< milliseconds
constexpr double LargestPayload = 1e12; //!< bytes; more is no number anybody means

Unexpected<Error> invalid(QLatin1StringView key)
{
    return Unexpected{Error{ErrorCode::InvalidField, key, {}, {}}};
}

Expected<double, Error> wholeNumber(const QJsonObject &object, QLatin1StringView key, double to)
{
    const QJsonValue value = object.value(key);
    if (value.isUndefined())
        return Unexpected{Error{ErrorCode::MissingField, key, {}, {}}};
    const double number = value.toDouble(-1);
    if (number < 1 || number > to || number != std::floor(number))
        return invalid(key);
    return number;
}

Expected<QString, Error> readSid(const QJsonObject &object)
{
    const QJsonValue value = object.value(SidKey);
    if (value.isUndefined())
        return Unexpected{Error{ErrorCode::MissingField, SidKey, {}, {}}};
    const QString sid = value.toString();
    if (sid.isEmpty() || sid.size() > MaxSidLength)
        return invalid(SidKey);
    return sid;
}

Expected<QStringList, Error> readUpgrades(const QJsonObject &object)
{
    const QJsonValue value = object.value(UpgradesKey);
    if (value.isUndefined())
        return Unexpected{Error{ErrorCode::MissingField, UpgradesKey, {}, {}}};
    const QJsonArray names = value.toArray();
    if (!value.isArray() || names.size() > MaxUpgrades)
        return invalid(UpgradesKey);
    QStringList upgrades;
    for (const QJsonValue &name : names) {
        if (!name.isString())
            return invalid(UpgradesKey);
        upgrades.append(name.toString());
    }
    return upgrades;
}

} // namespace

Expected<EngineHandshake, Error> EngineHandshake::fromJson(QByteArrayView json)
{
    const auto object = parseObject(json);
    if (!object)
        return Unexpected{object.error()};
    const auto sid = readSid(*object);
    if (!sid)
        return Unexpected{sid.error()};
    const auto upgrades = readUpgrades(*object);
    if (!upgrades)
        return Unexpected{upgrades.error()};
    const auto interval = wholeNumber(*object, PingIntervalKey, LongestWait);
    if (!interval)
        return Unexpected{interval.error()};
    const auto timeout = wholeNumber(*object, PingTimeoutKey, LongestWait);
    if (!timeout)
        return Unexpected{timeout.error()};
    EngineHandshake handshake{*sid, *upgrades, Milliseconds(qint64(*interval)),
        Milliseconds(qint64(*timeout)), std::nullopt};
    if (object->contains(MaxPayloadKey)) {
        const auto payload = wholeNumber(*object, MaxPayloadKey, LargestPayload);
        if (!payload)
            return Unexpected{payload.error()};
        handshake.maxPayload = qint64(*payload);
    }
    return handshake;
}

QByteArray EngineHandshake::toJson() const
{
    QJsonObject object{{SidKey, sid}, {UpgradesKey, QJsonArray::fromStringList(upgrades)},
        {PingIntervalKey, qint64(pingInterval.count())},
        {PingTimeoutKey, qint64(pingTimeout.count())}};
    if (maxPayload)
        object.insert(MaxPayloadKey, *maxPayload);
    return toAsciiJson(object);
}

} // namespace presently::net::socketio
