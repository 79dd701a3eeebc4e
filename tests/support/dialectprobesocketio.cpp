// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobesocketio.h"

#include "tests/support/testserver.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

SocketIoProbe::SocketIoProbe(
    TestServer &server, const QString &login, const QString &device, const QString &space)
    : DialectProbe(server, login, device)
    , m_space(space == u"/" ? QByteArray() : space.toLatin1() + ',')
{
}

bool SocketIoProbe::enter(const HttpFields &fields, const QJsonObject &auth)
{
    m_isOpened = m_isInside = m_isSentOut = false;
    m_refusal.clear();
    m_socket = std::make_unique<ProbeSocket>([this](const QByteArray &text) { takeFrame(text); });
    QUrl url = m_server.url(u"/socket.io/"_s);
    url.setScheme(u"ws"_s);
    url.setQuery(u"EIO=4&transport=websocket"_s);
    if (!m_socket->open(url, fields) || !waitUntil([this] { return m_isOpened; }))
        return fail(u"no handshake"_s);
    QByteArray packet = "40" + m_space;
    if (!auth.isEmpty())
        packet += QJsonDocument(auth).toJson(QJsonDocument::Compact);
    m_socket->send(packet);
    (void)waitUntil([this] { return m_isInside || !m_refusal.isEmpty() || !isOpen(); });
    return m_isInside || fail(u"not let in: "_s + QString::fromUtf8(m_refusal));
}

void SocketIoProbe::takeFrame(const QByteArray &text)
{
    if (text == "2") {
        m_socket->send("3");
    } else if (text.startsWith('0')) {
        m_isOpened = true;
    } else if (text.startsWith("40" + m_space + '{')) {
        m_isInside = true;
    } else if (text.startsWith("41" + m_space)) {
        m_isSentOut = true;
    } else if (text.startsWith("44" + m_space)) {
        m_refusal = text.sliced(2 + m_space.size());
    } else if (text.startsWith("42" + m_space)) {
        takeEvent(text.sliced(2 + m_space.size()));
    } else {
        note(text); // nothing that an honest server says
    }
}

void SocketIoProbe::takeEvent(QByteArray json)
{
    const QJsonArray event = QJsonDocument::fromJson(json).array();
    const QString name = event.at(0).toString();
    if (name == m_awaited && !m_answer) {
        m_answer = event.at(1).toObject();
        return;
    }
    note(json);
    take(name, event.at(1).toObject());
}

void SocketIoProbe::say(const QString &event, const QJsonValue &argument)
{
    m_socket->send(
        "42" + m_space + QJsonDocument(QJsonArray{event, argument}).toJson(QJsonDocument::Compact));
}

std::optional<QJsonObject> SocketIoProbe::askFor(
    const QString &answer, const QString &event, const QJsonValue &argument)
{
    m_awaited = answer;
    m_answer.reset();
    say(event, argument);
    (void)m_socket->settle(); // an answer is given at once, or never
    m_awaited.clear();
    return std::exchange(m_answer, std::nullopt);
}

} // namespace presently::test
