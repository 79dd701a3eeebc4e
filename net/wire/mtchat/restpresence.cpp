// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"
#include "net/wire/json/jsonwriter.h"
#include "net/wire/mtchat/clientframes.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restpeople.h"

#include <limits>

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto UserKey = "user_id"_L1;
constexpr auto IsOnlineKey = "is_online"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto AutoAwayKey = "auto_away"_L1;
constexpr auto CustomMessageKey = "custom_message"_L1;
constexpr auto UntilKey = "until"_L1;
constexpr auto LastSeenKey = "last_seen"_L1;
constexpr auto DeviceCountKey = "device_count"_L1;
constexpr auto DeviceTypesKey = "device_types"_L1;
constexpr auto ReasonKey = "reason"_L1;
constexpr auto EpochKey = "epoch"_L1;
constexpr auto SerialKey = "serial"_L1;
constexpr auto AtKey = "at"_L1;
constexpr auto CompleteKey = "complete"_L1;
constexpr auto UsersKey = "users"_L1;
constexpr auto OnHideKey = "on_hide"_L1;
constexpr auto NameKey = "name"_L1;
constexpr auto TypeKey = "type"_L1;
constexpr auto StateKey = "state"_L1;
constexpr auto IsCurrentKey = "is_current"_L1;
constexpr auto LastHeartbeatKey = "last_heartbeat_at"_L1;
constexpr auto ExpiresKey = "expires_at"_L1;
constexpr auto PresenceKey = "presence"_L1;
constexpr auto IntentKey = "intent"_L1;
constexpr auto DevicesKey = "devices"_L1;
constexpr auto RuleKey = "rule"_L1;
constexpr auto NextChangeKey = "next_change_at"_L1;

constexpr qsizetype MaxUsers = 1000;
constexpr qsizetype MaxDevices = 1000;
constexpr std::array AllDeviceTypes{DeviceType::Unknown, DeviceType::Desktop, DeviceType::Terminal,
    DeviceType::Web, DeviceType::Mobile};

QJsonValue timeOrNull(const std::optional<WallTime> &time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonArray deviceTypesToJson(DeviceTypes types)
{
    QJsonArray words;
    for (const DeviceType type : AllDeviceTypes) {
        if (types.testFlag(type))
            words.append(QString(toWire(type)));
    }
    return words;
}

void writeIntent(JsonWriter &json, const Intent &intent)
{
    json.beginObject(IntentKey);
    if (!intent.customMessage.isEmpty())
        json.text(CustomMessageKey, QStringView(intent.customMessage));
    json.text(StatusKey, toWire(intent.status));
    if (intent.until)
        json.time(UntilKey, *intent.until);
    json.endObject();
}

//! The added fields; a published server sends none of them.
Presence fullPresence(FieldReader &read, bool isOnline)
{
    Presence presence;
    presence.status = isOnline ? Status::Online : Status::Offline;
    // A status that a newer server may have is at least known to be there or not.
    if (const auto status = statusFromWire(read.textOr(StatusKey)))
        presence.status = *status;
    presence.autoAway = read.optionalBoolean(AutoAwayKey).value_or(false);
    presence.customMessage = read.name(CustomMessageKey);
    presence.until = read.optionalTime(UntilKey);
    presence.lastSeen = read.optionalTime(LastSeenKey);
    const qint64 devices = read.optionalInteger(DeviceCountKey).value_or(0);
    presence.deviceCount = int(std::min<qint64>(devices, std::numeric_limits<int>::max()));
    for (const QString &word : read.texts(DeviceTypesKey))
        presence.deviceTypes.setFlag(deviceTypeFromWire(word));
    presence.reason = offlineReasonFromWire(read.textOr(ReasonKey));
    return presence;
}

Expected<DeviceEvidence, Error> evidenceFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    DeviceEvidence evidence;
    evidence.name = read.name(NameKey);
    evidence.type = deviceTypeFromWire(read.textOr(TypeKey));
    evidence.state = activityStateFromWire(read.textOr(StateKey)).value_or(ActivityState::Active);
    evidence.isCurrent = read.optionalBoolean(IsCurrentKey).value_or(false);
    evidence.lastHeartbeatAt = read.optionalTime(LastHeartbeatKey);
    evidence.expiresAt = read.optionalTime(ExpiresKey);
    return read.finish(evidence);
}

QJsonObject toJson(const DeviceEvidence &evidence)
{
    return {{NameKey, evidence.name}, {TypeKey, QString(toWire(evidence.type))},
        {StateKey, QString(toWire(evidence.state))}, {IsCurrentKey, evidence.isCurrent},
        {LastHeartbeatKey, timeOrNull(evidence.lastHeartbeatAt)},
        {ExpiresKey, timeOrNull(evidence.expiresAt)}};
}

} // namespace

QJsonObject presenceToJson(const PresenceRecord &record, EpochField epoch)
{
    const Presence &presence = record.presence;
    QJsonObject object{{UserKey, record.user.value}, {IsOnlineKey, presence.isOnline()},
        {StatusKey, QString(toWire(presence.status))}, {AutoAwayKey, presence.autoAway},
        {CustomMessageKey, presence.customMessage}, {UntilKey, timeOrNull(presence.until)},
        {LastSeenKey, timeOrNull(presence.lastSeen)}, {DeviceCountKey, presence.deviceCount},
        {DeviceTypesKey, deviceTypesToJson(presence.deviceTypes)},
        {ReasonKey,
            presence.reason == OfflineReason::None ? QJsonValue(QJsonValue::Null)
                                                   : QJsonValue(QString(toWire(presence.reason)))},
        {SerialKey, record.version.serial}};
    if (record.at)
        object.insert(AtKey, toRfc3339(*record.at));
    if (epoch == EpochField::Written)
        object.insert(EpochKey, record.version.epoch);
    return object;
}

// Keys in the order in which QJsonObject would have them.
void writePresence(
    JsonWriter &json, const PresenceRecord &record, const std::optional<PresenceEventFields> &event)
{
    const Presence &presence = record.presence;
    json.beginObject();
    if (record.at)
        json.time(AtKey, *record.at);
    json.boolean(AutoAwayKey, presence.autoAway);
    json.text(CustomMessageKey, QStringView(presence.customMessage));
    json.number(DeviceCountKey, presence.deviceCount);
    json.beginArray(DeviceTypesKey);
    for (const DeviceType type : AllDeviceTypes) {
        if (presence.deviceTypes.testFlag(type))
            json.text(toWire(type));
    }
    json.endArray();
    if (event)
        json.number(EpochKey, record.version.epoch);
    if (event && event->intent)
        writeIntent(json, *event->intent);
    json.boolean(IsOnlineKey, presence.isOnline());
    json.timeOrNull(LastSeenKey, presence.lastSeen);
    if (presence.reason == OfflineReason::None)
        json.null(ReasonKey);
    else
        json.text(ReasonKey, toWire(presence.reason));
    json.number(SerialKey, record.version.serial);
    json.text(StatusKey, toWire(presence.status));
    if (event)
        json.text(TypeKey, event->type);
    json.timeOrNull(UntilKey, presence.until);
    json.text(UserKey, QStringView(record.user.value));
    json.endObject();
}

Expected<PresenceRecord, Error> presenceFromJson(
    const QJsonObject &object, std::optional<qint64> epoch)
{
    FieldReader read(object);
    PresenceRecord record;
    record.user = read.id<UserId>(UserKey);
    const bool isOnline = read.boolean(IsOnlineKey);
    record.presence = fullPresence(read, isOnline);
    record.version.epoch = epoch ? *epoch : read.optionalInteger(EpochKey).value_or(0);
    record.version.serial = read.optionalInteger(SerialKey).value_or(0);
    record.at = read.optionalTime(AtKey);
    return read.finish(record);
}

QJsonObject toJson(const Intent &intent)
{
    QJsonObject object{{StatusKey, QString(toWire(intent.status))}};
    if (!intent.customMessage.isEmpty())
        object.insert(CustomMessageKey, intent.customMessage);
    if (intent.until)
        object.insert(UntilKey, toRfc3339(*intent.until));
    return object;
}

Expected<Intent, Error> intentFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    Intent intent;
    const auto status = intentStatusFromWire(read.text(StatusKey));
    if (!status)
        read.refuse(StatusKey, u"not auto, away, busy or invisible"_s);
    intent.status = status.value_or(IntentStatus::Auto);
    intent.customMessage = read.name(CustomMessageKey);
    if (read.textOr(CustomMessageKey).size() > MaxCustomMessageLength)
        read.refuse(CustomMessageKey, u"longer than %1 characters"_s.arg(MaxCustomMessageLength));
    intent.until = read.optionalTime(UntilKey);
    return read.finish(intent);
}

QJsonObject toJson(const PresenceReply &reply)
{
    QJsonArray users;
    for (const PresenceRecord &record : reply.snapshot.users)
        users.append(presenceToJson(record, EpochField::LeftOut));
    return {{EpochKey, reply.snapshot.epoch}, {CompleteKey, reply.snapshot.complete},
        {UsersKey, users}};
}

Expected<PresenceReply, Error> presenceReplyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PresenceReply reply;
    const qint64 epoch = read.integer(EpochKey);
    reply.snapshot.epoch = epoch;
    reply.snapshot.complete = read.boolean(CompleteKey);
    reply.snapshot.users = read.each(
        UsersKey, [epoch](const QJsonObject &row) { return presenceFromJson(row, epoch); },
        MaxUsers);
    return read.finish(reply);
}

QJsonObject toJson(const PresenceMeRequest &request)
{
    QJsonObject object = request.intent ? toJson(*request.intent) : QJsonObject();
    if (request.lastSeen)
        object.insert(LastSeenKey, QString(toWire(*request.lastSeen)));
    if (request.onHide)
        object.insert(OnHideKey, QString(toWire(*request.onHide)));
    return object;
}

Expected<PresenceMeRequest, Error> presenceMeRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PresenceMeRequest request;
    if (read.has(LastSeenKey)) {
        request.lastSeen = lastSeenDetailFromWire(read.text(LastSeenKey));
        if (!request.lastSeen)
            read.refuse(LastSeenKey, u"not exact, coarse or hidden"_s);
    }
    if (read.has(OnHideKey)) {
        request.onHide = onHideFromWire(read.text(OnHideKey));
        if (!request.onHide)
            read.refuse(OnHideKey, u"not away, offline or unchanged"_s);
    }
    if (read.error())
        return Unexpected{*read.error()};
    const bool hasIntent = read.has(StatusKey) || read.has(CustomMessageKey) || read.has(UntilKey);
    if (!hasIntent)
        return request;
    auto intent = intentFromJson(object);
    if (!intent)
        return Unexpected{intent.error()};
    request.intent = *std::move(intent);
    return request;
}

QJsonObject toJson(const PresenceWhy &why)
{
    QJsonArray devices;
    for (const DeviceEvidence &evidence : why.devices)
        devices.append(toJson(evidence));
    QJsonObject object{{PresenceKey, presenceToJson(why.seenByOthers, EpochField::Written)},
        {IntentKey, toJson(why.intent)}, {DevicesKey, devices}, {RuleKey, why.rule},
        {NextChangeKey, timeOrNull(why.nextChangeAt)}};
    if (why.preferences) {
        object.insert(LastSeenKey, QString(toWire(why.preferences->lastSeen)));
        object.insert(OnHideKey, QString(toWire(why.preferences->onHide)));
    }
    return object;
}

Expected<PresenceWhy, Error> presenceWhyFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PresenceWhy why;
    why.seenByOthers = read.nested(
        PresenceKey, [](const QJsonObject &presence) { return presenceFromJson(presence); });
    why.intent = read.nested(IntentKey, intentFromJson);
    const auto lastSeen = lastSeenDetailFromWire(read.textOr(LastSeenKey));
    const auto onHide = onHideFromWire(read.textOr(OnHideKey));
    if (lastSeen && onHide)
        why.preferences = PresencePreferences{*lastSeen, *onHide};
    why.devices = read.each(DevicesKey, evidenceFromJson, MaxDevices);
    why.rule = read.textOr(RuleKey);
    why.nextChangeAt = read.optionalTime(NextChangeKey);
    return read.finish(why);
}

} // namespace presently::net::mtchat
