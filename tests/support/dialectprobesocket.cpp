// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobesocket.h"

#include <QNetworkRequest>

namespace presently::test {

ProbeSocket::ProbeSocket(Take take)
{
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket,
        [take = std::move(take)](const QString &text) { take(text.toUtf8()); });
    QObject::connect(&m_socket, &QWebSocket::pong, &m_socket,
        [this](quint64, const QByteArray &payload) { m_lastPong = payload; });
}

bool ProbeSocket::open(const QUrl &url, const HttpFields &fields)
{
    QNetworkRequest request(url);
    for (const auto &[name, value] : fields)
        request.setRawHeader(name, value);
    m_socket.open(request);
    return waitUntil([this] {
        return m_socket.state() == QAbstractSocket::ConnectedState
            || m_socket.state() == QAbstractSocket::UnconnectedState;
    }) && isOpen();
}

void ProbeSocket::send(const QByteArray &text)
{
    m_socket.sendTextMessage(QString::fromUtf8(text));
}

bool ProbeSocket::settle()
{
    if (!isOpen())
        return false;
    const QByteArray payload = QByteArray::number(++m_pings);
    m_socket.ping(payload);
    return waitUntil([&] { return m_lastPong == payload || !isOpen(); }) && m_lastPong == payload;
}

bool ProbeSocket::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

std::optional<int> ProbeSocket::waitForClose()
{
    if (!waitUntil([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }))
        return std::nullopt;
    return int(m_socket.closeCode());
}

void ProbeSocket::closeCleanly()
{
    m_socket.close();
    (void)waitForClose();
}

void ProbeSocket::loseLink()
{
    if (QAbstractSocket *tcp = transport())
        tcp->abort();
}

void ProbeSocket::fallSilent()
{
    if (QAbstractSocket *tcp = transport())
        tcp->blockSignals(true);
}

QAbstractSocket *ProbeSocket::transport() const
{
    return m_socket.findChild<QAbstractSocket *>();
}

} // namespace presently::test
