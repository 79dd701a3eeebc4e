// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobedevices.h"

#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QString wordFor(IntentStatus status)
{
    switch (status) {
    case IntentStatus::Auto:
        return u"online"_s;
    case IntentStatus::Away:
        return u"away"_s;
    case IntentStatus::Busy:
        return u"busy"_s;
    case IntentStatus::Invisible:
        return u"offline"_s;
    }
    return {};
}

Status statusFor(const QString &word)
{
    if (word == "online"_L1)
        return Status::Online;
    if (word == "away"_L1)
        return Status::Away;
    if (word == "busy"_L1)
        return Status::Busy;
    return word == "offline"_L1 ? Status::Offline : Status::Unknown;
}

OfflineReason reasonFor(const QString &word)
{
    if (word == "disconnected"_L1)
        return OfflineReason::Disconnected;
    if (word == "inactive"_L1)
        return OfflineReason::Inactive;
    return word == "manual"_L1 ? OfflineReason::Manual : OfflineReason::None;
}

//! What an object leaves out when it is empty or false.
enum class LeavesOut { Nothing, Text, TextAndAutoAway };

//! What stands in \a object is taken; whether it had to stand there, the face knows.
Sighting sightingIn(const QJsonObject &object, LeavesOut leavesOut)
{
    Sighting sighting;
    sighting.status = statusFor(object.value("status"_L1).toString());
    if (leavesOut != LeavesOut::Nothing)
        sighting.text = QString();
    if (leavesOut == LeavesOut::TextAndAutoAway)
        sighting.autoAway = false;
    for (const auto key : {"customMessage"_L1, "statusMessage"_L1}) {
        if (object.contains(key))
            sighting.text = object.value(key).toString();
    }
    if (object.contains("autoAway"_L1))
        sighting.autoAway = object.value("autoAway"_L1).toBool();
    if (object.contains("deviceCount"_L1))
        sighting.devices = object.value("deviceCount"_L1).toInt(-1);
    if (object.contains("lastSeen"_L1))
        sighting.lastSeen = WallTime{Milliseconds{object.value("lastSeen"_L1).toInteger(-1)}};
    if (object.contains("offlineReason"_L1))
        sighting.reason = reasonFor(object.value("offlineReason"_L1).toString());
    return sighting;
}

} // namespace

DevicesProbe::DevicesProbe(TestServer &server, const QString &login, const QString &device,
    Words words, const QString &space)
    : SocketIoProbe(server, login, device, space)
    , m_words(words)
{
}

bool DevicesProbe::signIn()
{
    const QJsonObject device{{u"deviceId"_s, deviceId()}, {u"deviceType"_s, u"web"_s},
        {u"deviceName"_s, this->device()}, {u"platform"_s, u"web"_s}, {u"appVersion"_s, u"1"_s}};
    const QJsonObject body{{u"phoneNumber"_s, login()},
        {u"password"_s, TestServer::password(login())}, {u"deviceInfo"_s, device}};
    const HttpAnswer answer
        = call("POST", u"/api/v1/auth/login"_s, QJsonDocument(body).toJson(QJsonDocument::Compact));
    const QJsonObject tokens = answer.json().value("tokens"_L1).toObject();
    m_token = tokens.value("accessToken"_L1).toString().toLatin1();
    return !m_token.isEmpty() || fail(u"sign-in: "_s + QString::fromUtf8(answer.body));
}

bool DevicesProbe::connect()
{
    return enter({},
        {{u"token"_s, QString::fromLatin1(m_token)}, {u"deviceId"_s, deviceId()},
            {u"deviceType"_s, u"web"_s}, {u"platform"_s, u"web"_s},
            {u"presence"_s, m_words == Words::A ? u"A"_s : u"B"_s}});
}

bool DevicesProbe::beat()
{
    const qint64 now = m_server.clock().wallNow().time_since_epoch().count();
    if (m_words == Words::B) {
        const auto answer = askFor(u"heartbeat_ack"_s, u"heartbeat"_s,
            QJsonObject{{u"deviceId"_s, deviceId()}, {u"timestamp"_s, now}});
        return answer && answer->value("status"_L1).toString() == "alive"_L1;
    }
    say(u"user_heartbeat"_s,
        QJsonObject{{u"timestamp"_s, now}, {u"deviceInfo"_s, QJsonObject{{u"type"_s, u"web"_s}}}});
    return settle();
}

bool DevicesProbe::setStatus(IntentStatus status, const QString &text)
{
    QJsonObject wish{{u"status"_s, wordFor(status)}};
    if (!text.isEmpty())
        wish.insert(m_words == Words::A ? u"customMessage"_s : u"statusMessage"_s, text);
    say(u"update_presence"_s, wish);
    return settle();
}

void DevicesProbe::take(const QString &event, const QJsonObject &argument)
{
    const QStringList presence = m_words == Words::A
        ? QStringList{u"user_online"_s, u"user_offline"_s, u"user_status_changed"_s}
        : QStringList{u"contact_presence_update"_s};
    const LeavesOut leavesOut = event == "user_status_changed"_L1 ? LeavesOut::TextAndAutoAway
        : event == "contact_presence_update"_L1                   ? LeavesOut::Text
                                                                  : LeavesOut::Nothing;
    if (presence.contains(event))
        note(Told{argument.value("userId"_L1).toString(), sightingIn(argument, leavesOut)});
    else
        note(Told{u"(an unexpected event) "_s + event, {}});
}

std::optional<QJsonObject> DevicesProbe::askMany(const QStringList &ids)
{
    const QJsonObject question{{u"userIds"_s, QJsonArray::fromStringList(ids)}};
    return m_words == Words::A
        ? askFor(u"presence_status_response"_s, u"check_users_presence"_s, question)
        : askFor(u"bulk_presence_response"_s, u"get_bulk_presence"_s, question);
}

std::optional<QJsonObject> DevicesProbe::askOne(const QString &id)
{
    return askFor(m_words == Words::A ? u"presence_status_response"_s : u"user_presence_response"_s,
        u"get_user_presence"_s, QJsonObject{{u"userId"_s, id}});
}

std::optional<Sighting> DevicesProbe::ask(const QString &login)
{
    const QString id = personId(m_server, PersonIdKind::ObjectId, login);
    const auto answer = askMany({id});
    if (!answer)
        return std::nullopt;
    const QJsonArray people
        = answer->value(m_words == Words::A ? "users"_L1 : "presences"_L1).toArray();
    if (people.isEmpty())
        return std::nullopt;
    return sightingIn(people.first().toObject(),
        m_words == Words::A ? LeavesOut::TextAndAutoAway : LeavesOut::Text);
}

QByteArrayList DevicesProbe::readEverything(const QString &login)
{
    const QString id = personId(m_server, PersonIdKind::ObjectId, login);
    QByteArrayList answers;
    for (const auto &answer : {askOne(id), askMany({id})})
        answers.append(
            QJsonDocument(answer.value_or(QJsonObject{})).toJson(QJsonDocument::Compact));
    return answers;
}

} // namespace presently::test
