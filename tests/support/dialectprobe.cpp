// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobe.h"

#include "tests/support/testserver.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QString wordFor(Status status)
{
    switch (status) {
    case Status::Unknown:
        return u"unknown"_s;
    case Status::Offline:
        return u"offline"_s;
    case Status::Online:
        return u"online"_s;
    case Status::Away:
        return u"away"_s;
    case Status::Busy:
        return u"busy"_s;
    }
    return {};
}

QString wordFor(OfflineReason reason)
{
    switch (reason) {
    case OfflineReason::None:
        return u"no reason"_s;
    case OfflineReason::Disconnected:
        return u"disconnected"_s;
    case OfflineReason::Inactive:
        return u"inactive"_s;
    case OfflineReason::Manual:
        return u"manual"_s;
    case OfflineReason::Shutdown:
        return u"shutdown"_s;
    }
    return {};
}

} // namespace

QString toText(const Sighting &sighting)
{
    QString text = wordFor(sighting.status);
    if (sighting.text && !sighting.text->isEmpty())
        text += u" \"%1\""_s.arg(*sighting.text);
    if (sighting.autoAway.value_or(false))
        text += u", by itself"_s;
    if (sighting.devices)
        text += u", %1 devices"_s.arg(*sighting.devices);
    if (sighting.lastSeen)
        text += u", seen at %1 ms"_s.arg(sighting.lastSeen->time_since_epoch().count());
    if (sighting.reason)
        text += u", "_s + wordFor(*sighting.reason);
    return text;
}

DialectProbe::DialectProbe(TestServer &server, const QString &login, const QString &device)
    : m_server(server)
    , m_login(login)
    , m_device(device)
{
}

DialectProbe::~DialectProbe() = default;

HttpAnswer DialectProbe::call(const QByteArray &method, const QString &path, const QByteArray &body,
    const HttpFields &fields) const
{
    return httpCall(m_server.url(), method, path, body, fields);
}

HttpFields DialectProbe::bearer() const
{
    return {{"Authorization", "Bearer " + m_token}};
}

bool DialectProbe::signInOverMtchat()
{
    const QJsonObject device{{u"id"_s, m_login + u'-' + m_device}, {u"type"_s, u"desktop"_s},
        {u"name"_s, m_device}, {u"os"_s, u"TestOS"_s}};
    const QJsonObject body{{u"login"_s, m_login}, {u"password"_s, TestServer::password(m_login)},
        {u"device"_s, device}};
    const HttpAnswer answer
        = call("POST", u"/api/v1/sessions"_s, QJsonDocument(body).toJson(QJsonDocument::Compact));
    m_token = answer.json().value("data"_L1).toObject().value("token"_L1).toString().toLatin1();
    return !m_token.isEmpty() || fail(u"sign-in: "_s + QString::fromUtf8(answer.body));
}

} // namespace presently::test
