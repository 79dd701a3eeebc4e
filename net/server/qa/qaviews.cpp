// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaviews.h"

#include "models/core/timeformat.h"
#include "net/server/clientlink.h"
#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "net/server/qa/qaworld.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/rest.h"

#include <array>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array DialectNames{
    "mtchat"_L1, "friends"_L1, "userstatus"_L1, "polling"_L1, "devices"_L1};
constexpr std::array LeaseStateNames{"live"_L1, "parked"_L1, "held"_L1, "dormant"_L1};
//! By the number of the rule in models/presence/README.md, "Derivation".
constexpr std::array RuleNames{""_L1, "not_visible"_L1, "no_device"_L1, "invisible"_L1, "busy"_L1,
    "away"_L1, "all_idle"_L1, "online"_L1};

QJsonValue timeOrNull(const std::optional<WallTime> &time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonObject idsView(const PersonIds &ids)
{
    return {{u"mtchat"_s, ids.mtchat.value}, {u"friends"_s, ids.objectId},
        {u"userstatus"_s, ids.userStatus}, {u"polling"_s, ids.polling},
        {u"devices"_s, ids.objectId}};
}

QHash<LeaseId, quint64> connectionsByLease(const Hub &hub)
{
    QHash<LeaseId, quint64> connections;
    for (const ClientLink *link : hub.links())
        connections.insert(link->lease, link->connectionId());
    return connections;
}

QJsonObject deviceView(const DeviceExplanation &device, const QHash<LeaseId, quint64> &connections)
{
    QJsonObject view{{u"dialect"_s, QString(DialectNames[std::size_t(device.dialect)])},
        {u"device"_s, device.device.value},
        {u"device_type"_s, QString(mtchat::toWire(device.type))},
        {u"binding"_s, device.binding == Binding::Attached ? u"attached"_s : u"detached"_s},
        {u"state"_s, QString(LeaseStateNames[std::size_t(device.state)])},
        {u"activity"_s, QString(mtchat::toWire(device.activity))}, {u"idle"_s, device.idle},
        {u"last_heartbeat"_s, toRfc3339(device.lastHeartbeat)},
        {u"ends_at"_s, timeOrNull(device.endsAt)}};
    if (device.idleFor)
        view.insert(u"idle_ms"_s, qint64(device.idleFor->count()));
    if (const auto connection = connections.constFind(device.lease);
        connection != connections.cend())
        view.insert(u"connection"_s, qint64(*connection));
    return view;
}

QJsonObject presenceJson(QaWorld &world, const PersonRecord &person, const Presence &presence)
{
    const PresenceRecord record{
        person.ids.mtchat, presence, world.server().presence().ledger().version(person.key), {}};
    return mtchat::presenceToJson(record, mtchat::EpochField::Written);
}

QJsonObject linkView(const ClientLink &link)
{
    const LinkIdentity &identity = link.identity();
    QJsonObject view{{u"connection"_s, qint64(link.connectionId())},
        {u"user_id"_s, identity.user.value}, {u"dialect"_s, u"mtchat"_s},
        {u"device"_s, identity.device.value},
        {u"device_type"_s, QString(mtchat::toWire(identity.deviceType))}};
    if (identity.session)
        view.insert(u"session"_s, identity.session->value);
    return view;
}

} // namespace

QJsonObject clockView(QaWorld &world)
{
    return {{u"now"_s, toRfc3339(world.clock().wallNow())},
        {u"offset_ms"_s, qint64(world.clock().offset().count())},
        {u"frozen"_s, world.clock().isFrozen()}};
}

QJsonObject presenceView(QaWorld &world, const PersonRecord &person)
{
    const PresenceExplanation why = world.server().explain(person.key);
    const auto connections = connectionsByLease(world.server().hub());
    QJsonArray devices;
    for (const DeviceExplanation &device : why.devices)
        devices.append(deviceView(device, connections));
    return {{u"user_id"_s, person.ids.mtchat.value}, {u"login"_s, person.login.value_or(QString())},
        {u"name"_s, person.displayName}, {u"ids"_s, idsView(person.ids)},
        {u"rule"_s, QString(RuleNames[std::size_t(why.rule)])}, {u"rule_number"_s, int(why.rule)},
        {u"seen_by_others"_s, presenceJson(world, person, why.shown)},
        {u"seen_by_self"_s, presenceJson(world, person, why.own.presence)},
        {u"intent"_s, mtchat::toJson(why.own.intent)}, {u"devices"_s, devices},
        {u"next_change_at"_s, timeOrNull(why.nextChangeAt)}};
}

QJsonArray connectionsView(QaWorld &world)
{
    QJsonArray view;
    for (const ClientLink *link : world.server().hub().links())
        view.append(linkView(*link));
    const auto people = world.database().people().all();
    if (!people)
        return view;
    for (const PersonRecord &person : *people) {
        for (const DeviceExplanation &device : world.server().explain(person.key).devices) {
            if (device.binding == Binding::Detached || device.dialect == Dialect::Mtchat)
                continue;
            QJsonObject lease = deviceView(device, {});
            lease.insert(u"user_id"_s, person.ids.mtchat.value);
            view.append(lease);
        }
    }
    return view;
}

QJsonArray usersView(const QaWorld &world)
{
    QJsonArray users;
    for (const QaAccount &account : world.accounts()) {
        users.append(QJsonObject{{u"login"_s, account.person.login.value_or(QString())},
            {u"password"_s, account.password}, {u"token"_s, account.token},
            {u"user_id"_s, account.person.ids.mtchat.value},
            {u"ids"_s, idsView(account.person.ids)}});
    }
    return users;
}

QJsonObject worldView(QaWorld &world)
{
    QUrl grpc = world.server().url();
    grpc.setPort(world.server().grpcPort());
    return {{u"world"_s, world.name()}, {u"http"_s, world.server().url().toString()},
        {u"grpc"_s,
            world.server().grpcPort() == 0 ? QJsonValue(QJsonValue::Null)
                                           : QJsonValue(grpc.authority())},
        {u"control"_s, u"/qa/worlds/"_s + world.name()}, {u"users"_s, usersView(world)}};
}

} // namespace presently::net
