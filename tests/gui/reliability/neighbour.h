// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QTimer>
#include <QWebSocket>

#include <memory>

namespace presently::test {

//! \brief Somebody who is there whenever the server is: comes back at once, without manners.
class Neighbour : public QObject
{
public:
    Neighbour(const QUrl &server, const QString &token)
        : m_request(socketUrl(server))
    {
        m_request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        m_again.setSingleShot(true);
        m_again.setInterval(20);
        connect(&m_again, &QTimer::timeout, this, &Neighbour::open);
        open();
    }

    [[nodiscard]] bool isOnline() const { return m_isOnline; }

private:
    static QUrl socketUrl(QUrl url)
    {
        url.setScheme(QStringLiteral("ws"));
        url.setPath(QStringLiteral("/api/v1/ws"));
        return url;
    }
    //! A fresh socket each time: a used one remembers how it ended.
    void open()
    {
        m_isOnline = false;
        m_socket.reset(new QWebSocket);
        connect(
            m_socket.get(), &QWebSocket::textMessageReceived, this, [this](const QString &text) {
                const auto type
                    = QJsonDocument::fromJson(text.toUtf8()).object().value(QLatin1String("type"));
                m_isOnline = m_isOnline || type == QLatin1String("connected");
            });
        const auto retry = [this] {
            m_isOnline = false;
            m_again.start();
        };
        connect(m_socket.get(), &QWebSocket::disconnected, this, retry);
        connect(m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            retry);
        m_socket->open(m_request);
    }

    struct Later {
        void operator()(QWebSocket *socket) const
        {
            socket->disconnect();
            socket->deleteLater();
        }
    };

    QNetworkRequest m_request;
    QTimer m_again;
    std::unique_ptr<QWebSocket, Later> m_socket;
    bool m_isOnline = false;
};

} // namespace presently::test
