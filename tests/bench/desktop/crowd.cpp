// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/desktop/crowd.h"

#include "tests/bench/desktop/crowdseed.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

Crowd::Crowd(const QString &http, int size)
{
    for (int i = 0; i < size; ++i)
        open(*m_members.emplace_back(std::make_unique<QWebSocket>()), http, contactId(i));
    QObject::connect(
        &m_counter, &QWebSocket::textMessageReceived, &m_counter, [this](const QString &frame) {
            m_updates += frame.contains("\"presence.update\""_L1) ? 1 : 0;
        });
    open(m_counter, http, ViewerId);
}

void Crowd::open(QWebSocket &socket, const QString &http, const QString &user)
{
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
        [this](const QString &frame) { noteConnected(frame); });
    QString url = http;
    url.replace(0, 4, u"ws"_s);
    socket.open(QUrl(url + "/api/v1/ws?user_id="_L1 + user));
}

void Crowd::noteConnected(const QString &frame)
{
    m_connected += frame.contains("\"connected\""_L1) ? 1 : 0;
}

void Crowd::change()
{
    m_members[m_next]->sendTextMessage(m_isBusyNext
            ? u"{\"type\":\"presence.set\",\"status\":\"busy\"}"_s
            : u"{\"type\":\"presence.set\",\"status\":\"auto\"}"_s);
    if (++m_next == m_members.size()) {
        m_next = 0;
        m_isBusyNext = !m_isBusyNext;
    }
}

} // namespace presently::bench
