// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobestatusrest.h"

#include "models/core/timeformat.h"
#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

namespace {

Status statusFor(const QString &word)
{
    if (word == "online"_L1)
        return Status::Online;
    if (word == "away"_L1)
        return Status::Away;
    if (word == "dnd"_L1)
        return Status::Busy;
    return word == "offline"_L1 ? Status::Offline : Status::Unknown;
}

} // namespace

QString StatusRestProbe::path(const QString &login, const QString &rest) const
{
    return u"/api/v1/users/%1/%2"_s.arg(personId(m_server, PersonIdKind::UserStatus, login), rest);
}

bool StatusRestProbe::beat()
{
    const HttpAnswer answer = call("POST", path(login(), u"heartbeat"_s), "{}", bearer());
    const QJsonObject body = answer.json();
    m_wasRefused = answer.status == 200 && !body.value("success"_L1).toBool(true);
    return (answer.status == 200 && !m_wasRefused)
        || fail(u"heartbeat: "_s + QString::fromUtf8(answer.text()));
}

bool StatusRestProbe::set(const QString &word)
{
    const QJsonObject body{{u"status"_s, word}};
    const HttpAnswer answer = call("POST", path(login(), u"status"_s),
        QJsonDocument(body).toJson(QJsonDocument::Compact), bearer());
    return answer.status == 200 || fail(u"status: "_s + QString::fromUtf8(answer.text()));
}

bool StatusRestProbe::setStatus(IntentStatus status, const QString &)
{
    switch (status) {
    case IntentStatus::Auto:
        return set(u"online"_s);
    case IntentStatus::Away:
        return set(u"away"_s);
    case IntentStatus::Busy:
        return set(u"dnd"_s);
    case IntentStatus::Invisible:
        return set(u"invisible"_s);
    }
    return false;
}

bool StatusRestProbe::sayOff()
{
    return set(u"offline"_s);
}

std::optional<Sighting> StatusRestProbe::ask(const QString &login)
{
    const QJsonObject row
        = call("GET", path(login, u"status"_s), {}, bearer()).json().value("data"_L1).toObject();
    if (row.isEmpty())
        return std::nullopt;
    Sighting sighting{.status = statusFor(row.value("status"_L1).toString())};
    const auto seen = fromRfc3339(row.value("last_activity"_L1).toString());
    sighting.lastSeen = seen ? *seen : Sighting::Never;
    return sighting;
}

QByteArrayList StatusRestProbe::readEverything(const QString &login)
{
    const QString id = personId(m_server, PersonIdKind::UserStatus, login);
    QByteArrayList answers;
    for (const QString &path : {path(login, u"status"_s), path(login, u"status/public"_s),
             u"/api/v1/users/status?user_ids="_s + id})
        answers.append(call("GET", path, {}, bearer()).text());
    return answers;
}

} // namespace presently::test
