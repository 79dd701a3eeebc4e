// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace presently::test {

//! \brief Stands between client and server and makes the network's mistakes.
class FaultProxy : public QObject
{
public:
    explicit FaultProxy(quint16 upstream)
        : m_upstream(upstream)
    {
        m_listens = m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *near = m_server.nextPendingConnection())
                join(near);
        });
    }

    [[nodiscard]] bool listens() const { return m_listens; }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
    }

    //! The request goes to the server; its answer is lost and the connection with it.
    std::function<bool(const QByteArray &head)> losesReply
        = [](const QByteArray &) { return false; };
    //! How long the answer takes on its way, in milliseconds.
    std::function<int(const QByteArray &head)> delayOf = [](const QByteArray &) { return 0; };
    //! Nothing passes any more, and nobody is told.
    bool isDeaf = false;

    //! Every connection breaks.
    void dropAll()
    {
        for (Link *link : QList<Link *>(m_links))
            link->drop();
    }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    class Link : public QObject
    {
    public:
        Link(FaultProxy &proxy, QTcpSocket *near)
            : QObject(&proxy)
            , m_proxy(proxy)
            , m_near(near)
        {
            m_near->setParent(this);
            m_far.connectToHost(QHostAddress::LocalHost, proxy.m_upstream);
            connect(m_near, &QTcpSocket::readyRead, this, [this] { forward(); });
            connect(&m_far, &QTcpSocket::connected, this, [this] { forward(); });
            connect(&m_far, &QTcpSocket::readyRead, this, [this] { back(); });
            connect(m_near, &QTcpSocket::disconnected, this, [this] { drop(); });
            connect(&m_far, &QTcpSocket::disconnected, this, [this] {
                // What is delayed still arrives.
                QTimer::singleShot(m_delay, this, [this] { m_near->disconnectFromHost(); });
            });
            connect(&m_far, &QTcpSocket::errorOccurred, this, [this] {
                if (m_far.state() == QAbstractSocket::UnconnectedState && !m_wasUp)
                    drop();
            });
        }
        void drop()
        {
            if (std::exchange(m_isDropped, true))
                return;
            m_proxy.m_links.removeOne(this);
            m_near->disconnectFromHost();
            m_far.abort();
            deleteLater();
        }

    private:
        void forward()
        {
            if (m_proxy.isDeaf || m_far.state() != QAbstractSocket::ConnectedState)
                return;
            m_wasUp = true;
            const QByteArray bytes = m_near->readAll();
            const bool isRequest = bytes.startsWith("GET ") || bytes.startsWith("POST ")
                || bytes.startsWith("PUT ") || bytes.startsWith("DELETE ");
            if (isRequest) {
                m_losesReply = m_proxy.losesReply(bytes);
                m_delay = m_proxy.delayOf(bytes);
            }
            m_far.write(bytes);
        }
        void back()
        {
            if (m_proxy.isDeaf)
                return;
            const QByteArray bytes = m_far.readAll();
            if (m_losesReply)
                lose(bytes);
            else if (m_delay > 0)
                QTimer::singleShot(
                    m_delay, Qt::PreciseTimer, this, [this, bytes] { m_near->write(bytes); });
            else
                m_near->write(bytes);
        }

        //! Every second time all but its end arrives: Qt sends a request again by itself when
        //! a connection ends without a byte, and leaves it to us otherwise.
        void lose(const QByteArray &bytes)
        {
            if (++m_proxy.m_losses % 2 == 0) {
                m_near->write(bytes.chopped(5));
                m_near->flush();
            }
            drop();
        }

        FaultProxy &m_proxy;
        QTcpSocket *m_near;
        QTcpSocket m_far;
        int m_delay = 0;
        bool m_losesReply = false;
        bool m_isDropped = false;
        bool m_wasUp = false;
    };

    void join(QTcpSocket *near)
    {
        ++m_connections;
        m_links.append(new Link(*this, near));
    }

    quint16 m_upstream;
    QTcpServer m_server;
    QList<Link *> m_links; //!< children
    bool m_listens = false;
    int m_connections = 0;
    int m_losses = 0;
};

} // namespace presently::test
