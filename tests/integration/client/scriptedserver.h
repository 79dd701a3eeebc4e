// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <functional>

namespace presently::test {

//! \brief A listener that answers what its script says, byte for byte.
class ScriptedServer : public QObject
{
public:
    struct Seen {
        QByteArray head; //!< of one request
        qint64 atMs = 0;
    };
    //! The answer to one request's head; empty: silence.
    using Script = std::function<QByteArray(const QByteArray &head)>;

    explicit ScriptedServer(Script script, const QHostAddress &address = QHostAddress::LocalHost)
        : m_script(std::move(script))
    {
        m_time.start();
        m_listens = m_server.listen(address);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                connect(socket, &QTcpSocket::disconnected, this, [this] { ++disconnections; });
            }
        });
    }

    [[nodiscard]] bool listens() const { return m_listens; }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://%1:%2")
                        .arg(m_server.serverAddress().toString())
                        .arg(m_server.serverPort()));
    }
    [[nodiscard]] int upgrades() const
    {
        return int(std::count_if(requests.cbegin(), requests.cend(),
            [](const Seen &seen) { return seen.head.contains("GET /api/v1/ws"); }));
    }
    [[nodiscard]] qint64 elapsedMs() const { return m_time.elapsed(); }

    static QByteArray reply(
        const QByteArray &status, const QByteArray &headers = {}, const QByteArray &body = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n" + headers + "\r\n" + body;
    }

    QList<Seen> requests;
    int connections = 0;
    int disconnections = 0;

private:
    void answer(QTcpSocket *socket)
    {
        QByteArray head = socket->property("head").toByteArray() + socket->readAll();
        const qsizetype end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            socket->setProperty("head", head);
            return;
        }
        socket->setProperty("head", QByteArray());
        head.truncate(end);
        requests.append({head, m_time.elapsed()});
        const QByteArray bytes = m_script(head);
        if (!bytes.isEmpty())
            socket->write(bytes);
    }

    Script m_script;
    QTcpServer m_server;
    QElapsedTimer m_time;
    bool m_listens = false;
};

} // namespace presently::test
