// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobemtchat.h"

#include "models/core/timeformat.h"
#include "tests/support/testserver.h"

#include <QJsonArray>

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QString wordFor(IntentStatus status)
{
    switch (status) {
    case IntentStatus::Auto:
        return u"auto"_s;
    case IntentStatus::Away:
        return u"away"_s;
    case IntentStatus::Busy:
        return u"busy"_s;
    case IntentStatus::Invisible:
        return u"invisible"_s;
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
    if (word == "manual"_L1)
        return OfflineReason::Manual;
    return word == "shutdown"_L1 ? OfflineReason::Shutdown : OfflineReason::None;
}

Sighting sightingIn(const QJsonObject &record)
{
    Sighting sighting;
    sighting.status = statusFor(record.value("status"_L1).toString());
    const bool isThere = sighting.status != Status::Offline && sighting.status != Status::Unknown;
    if (record.value("is_online"_L1).toBool(!isThere) != isThere)
        sighting.status = Status::Unknown; // the two fields contradict one another
    sighting.text = record.value("custom_message"_L1).toString();
    sighting.autoAway = record.value("auto_away"_L1).toBool();
    sighting.devices = record.value("device_count"_L1).toInt(-1);
    const auto lastSeen = fromRfc3339(record.value("last_seen"_L1).toString());
    sighting.lastSeen = lastSeen ? *lastSeen : Sighting::Never;
    sighting.reason = reasonFor(record.value("reason"_L1).toString());
    return sighting;
}

} // namespace

MtchatProbe::MtchatProbe(TestServer &server, const QString &login, const QString &device)
    : DialectProbe(server, login, device)
{
}

bool MtchatProbe::connect()
{
    m_isGreeted = false;
    m_socket = std::make_unique<ProbeSocket>([this](const QByteArray &text) { take(text); });
    return m_socket->open(m_server.webSocketUrl(), bearer())
        && waitUntil([this] { return m_isGreeted; });
}

void MtchatProbe::take(const QByteArray &text)
{
    const QJsonObject frame = QJsonDocument::fromJson(text).object();
    const QString type = frame.value("type"_L1).toString();
    if (type == "connected"_L1) {
        m_isGreeted = true;
    } else if (type == "pong"_L1) {
        ++m_pongs;
    } else if (type == "presence.snapshot"_L1) {
        m_snapshot = frame;
    } else {
        note(text);
        if (type == "presence.update"_L1)
            note(Told{frame.value("user_id"_L1).toString(), sightingIn(frame)});
    }
}

void MtchatProbe::say(const QJsonObject &frame)
{
    m_socket->send(QJsonDocument(frame).toJson(QJsonDocument::Compact));
}

bool MtchatProbe::beat()
{
    const int before = m_pongs;
    say({{u"type"_s, u"ping"_s}});
    return waitUntil([&] { return m_pongs > before; });
}

bool MtchatProbe::setStatus(IntentStatus status, const QString &text)
{
    say({{u"type"_s, u"presence.set"_s}, {u"status"_s, wordFor(status)},
        {u"custom_message"_s, text}});
    return settle();
}

bool MtchatProbe::sayOff()
{
    say({{u"type"_s, u"goodbye"_s}});
    return settle();
}

QString MtchatProbe::idOf(const QString &login) const
{
    return m_server.id(login).value;
}

std::optional<Sighting> MtchatProbe::ask(const QString &login)
{
    m_snapshot.reset();
    say({{u"type"_s, u"presence.watch"_s}, {u"user_ids"_s, QJsonArray{idOf(login)}}});
    if (!waitUntil([this] { return m_snapshot.has_value(); }))
        return std::nullopt;
    const QJsonArray users = m_snapshot->value("users"_L1).toArray();
    return users.isEmpty() ? std::nullopt : std::optional(sightingIn(users.first().toObject()));
}

QByteArrayList MtchatProbe::readEverything(const QString &login)
{
    QByteArrayList answers;
    m_snapshot.reset();
    say({{u"type"_s, u"presence.watch"_s}, {u"user_ids"_s, QJsonArray{idOf(login)}}});
    if (waitUntil([this] { return m_snapshot.has_value(); }))
        answers.append(QJsonDocument(*m_snapshot).toJson(QJsonDocument::Compact));
    for (const QString &path : {u"/api/v1/presence?user_ids="_s + idOf(login), u"/api/v1/roster"_s,
             u"/api/v1/ws/dialogs"_s, u"/api/v1/dialogs"_s,
             u"/api/v1/dialogs/"_s + m_server.team().value,
             u"/api/v1/dialogs/"_s + m_server.team().value + u"/participants"_s})
        answers.append(path.toLatin1() + ' ' + call("GET", path, {}, bearer()).text());
    return answers;
}

} // namespace presently::test
