// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobefriends.h"

#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

namespace {

Sighting booleanSighting(bool online)
{
    return {.status = online ? Status::Online : Status::Offline};
}

} // namespace

FriendsProbe::FriendsProbe(TestServer &server, const QString &login, const QString &device)
    : SocketIoProbe(server, login, device, u"/"_s)
{
}

bool FriendsProbe::signIn()
{
    const QJsonObject body{{u"email"_s, login()}, {u"password"_s, TestServer::password(login())}};
    const HttpAnswer answer = call(
        "POST", u"/api/v1/auth/signin"_s, QJsonDocument(body).toJson(QJsonDocument::Compact));
    for (const QByteArray &cookie : answer.fields("Set-Cookie")) {
        if (cookie.startsWith("accessToken="))
            m_token = cookie.mid(12, cookie.indexOf(';') - 12);
    }
    return !m_token.isEmpty() || fail(u"sign-in: "_s + QString::fromUtf8(answer.body));
}

HttpFields FriendsProbe::cookie() const
{
    return {{"Cookie", "accessToken=" + m_token}};
}

bool FriendsProbe::connect()
{
    return enter(cookie(), {});
}

bool FriendsProbe::beat()
{
    say(u"heartbeat"_s,
        QJsonObject{
            {u"timestamp"_s, qint64(m_server.clock().wallNow().time_since_epoch().count())}});
    return settle();
}

bool FriendsProbe::sayOff()
{
    return call("POST", u"/api/v1/auth/signout"_s, {}, cookie()).status == 200;
}

void FriendsProbe::take(const QString &event, const QJsonObject &argument)
{
    if (event != "friend_status_changed"_L1)
        return;
    const QString word = argument.value("status"_L1).toString();
    Sighting what = booleanSighting(word == "online"_L1);
    if (word != "online"_L1 && word != "offline"_L1)
        what.status = Status::Unknown;
    note(Told{argument.value("user_id"_L1).toString(), what});
}

HttpAnswer FriendsProbe::map() const
{
    return call("GET", u"/api/v1/friends/online-status"_s, {}, cookie());
}

std::optional<Sighting> FriendsProbe::ask(const QString &login)
{
    const QJsonObject statuses
        = map().json().value("data"_L1).toObject().value("statuses"_L1).toObject();
    const QJsonValue value = statuses.value(personId(m_server, PersonIdKind::ObjectId, login));
    return value.isBool() ? std::optional(booleanSighting(value.toBool())) : std::nullopt;
}

QByteArrayList FriendsProbe::readEverything(const QString &)
{
    return {map().text(), call("GET", u"/api/v1/auth/me"_s, {}, cookie()).text()};
}

} // namespace presently::test
