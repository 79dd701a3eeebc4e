// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobepolling.h"

#include "models/core/timeformat.h"
#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

#include <QJsonArray>

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

HttpFields PollingProbe::fields() const
{
    HttpFields fields{{"X-Device-Id", (login() + u'-' + device()).toLatin1()}};
    if (!m_token.isEmpty())
        fields += bearer();
    return fields;
}

bool PollingProbe::signIn()
{
    const QJsonObject body{{u"email"_s, login()}, {u"password"_s, TestServer::password(login())}};
    const HttpAnswer answer = call("POST", u"/api/auth/login/"_s,
        QJsonDocument(body).toJson(QJsonDocument::Compact), fields());
    m_token = answer.json().value("access"_L1).toString().toLatin1();
    return !m_token.isEmpty() || fail(u"sign-in: "_s + QString::fromUtf8(answer.body));
}

bool PollingProbe::beat()
{
    const QJsonObject body{{u"timestamp"_s, toRfc3339(m_server.clock().wallNow())}};
    const HttpAnswer answer = call("POST", u"/api/chat/heartbeat/"_s,
        QJsonDocument(body).toJson(QJsonDocument::Compact), fields());
    return answer.json().value("success"_L1).toBool()
        || fail(u"heartbeat: "_s + QString::fromUtf8(answer.text()));
}

bool PollingProbe::sayOff()
{
    const HttpAnswer answer = call("POST", u"/api/chat/mark-offline/"_s, "{}", fields());
    return answer.json().value("success"_L1).toBool()
        || fail(u"mark-offline: "_s + QString::fromUtf8(answer.text()));
}

std::optional<Sighting> PollingProbe::ask(const QString &login)
{
    const HttpAnswer answer = call("GET", u"/api/chat/online-users/"_s, {}, fields());
    const QJsonValue list = answer.json().value("online_users"_L1);
    if (!list.isArray())
        return std::nullopt;
    const qint64 id = personId(m_server, PersonIdKind::Polling, login).toLongLong();
    return Sighting{
        .status = list.toArray().contains(QJsonValue(id)) ? Status::Online : Status::Offline};
}

QByteArrayList PollingProbe::readEverything(const QString &)
{
    QByteArrayList answers;
    for (const auto &path : {u"/api/chat/online-users/"_s, u"/api/chat/online-users"_s,
             u"/api/chat/rooms/online_users/"_s, u"/api/chat/online-users/?detail=1"_s}) {
        const HttpAnswer answer = call("GET", path, {}, fields());
        answers.append(answer.text() + answer.fields("ETag").join(','));
    }
    return answers;
}

} // namespace presently::test
