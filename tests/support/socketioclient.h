// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/socketio/enginepacket.h"
#include "net/wire/socketio/packet.h"

#include <QAbstractSocket>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QNetworkRequest>
#include <QTest>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

namespace presently::test {

//! \brief A Socket.IO client of the tests: a real socket, and everything it heard.
class SocketIoClient
{
public:
    //! An event, with its one object.
    struct Heard {
        QString space;
        QString name;
        QJsonObject payload;
    };
    using Matches = std::function<bool(const Heard &)>;

    QList<Heard> events;
    bool answersPings = true;
    bool isDeaf = false; //!< hears acknowledgements alone, so that its own work is not measured

    //! Opens the WebSocket of the server at \a base, "http://127.0.0.1:8080", and waits for the
    //! handshake. \a headers go with the request.
    bool open(const QUrl &base, const QList<std::pair<QByteArray, QByteArray>> &headers = {})
    {
        QUrl url(base.toString() + QStringLiteral("/socket.io/?EIO=4&transport=websocket"));
        url.setScheme(QStringLiteral("ws"));
        QNetworkRequest request(url);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        m_socket = std::make_unique<QWebSocket>();
        QObject::connect(m_socket.get(), &QWebSocket::textMessageReceived, m_socket.get(),
            [this](const QString &text) { take(text); });
        m_socket->open(request);
        return QTest::qWaitFor([this] { return m_isOpen; }, Deadline);
    }

    //! Enters a namespace and waits until it is let in or refused: see refusal().
    bool enter(const QString &space, const std::optional<QJsonObject> &auth = {})
    {
        m_entered.remove(space);
        m_refusals.remove(space);
        send(net::socketio::ConnectPacket{space, auth});
        (void)QTest::qWaitFor(
            [&] { return m_entered.contains(space) || m_refusals.contains(space) || !isOpen(); },
            Deadline);
        return m_entered.contains(space);
    }
    [[nodiscard]] std::optional<net::socketio::ConnectErrorPacket> refusal(
        const QString &space) const
    {
        const auto found = m_refusals.constFind(space);
        return found == m_refusals.cend() ? std::nullopt : std::optional(*found);
    }
    [[nodiscard]] bool isIn(const QString &space) const { return m_entered.contains(space); }
    [[nodiscard]] bool isOpen() const
    {
        return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
    }

    void sayIn(const QString &space, const QString &name, const QJsonValue &payload)
    {
        send(net::socketio::EventPacket{space, std::nullopt, name, {payload}, 0});
    }
    //! The same with the wish for an answer, which is waited for.
    std::optional<QJsonArray> askIn(
        const QString &space, const QString &name, const QJsonArray &arguments = {})
    {
        const quint64 id = m_nextAck++;
        send(net::socketio::EventPacket{space, id, name, arguments, 0});
        (void)QTest::qWaitFor([&] { return m_acks.contains(id) || !isOpen(); }, Deadline);
        const auto found = m_acks.constFind(id);
        return found == m_acks.cend() ? std::nullopt : std::optional(*found);
    }
    //! Everything that was on its way has arrived when this returns.
    bool settleIn(const QString &space)
    {
        return askIn(space, QStringLiteral("settle")).has_value();
    }
    void sendRaw(const QString &text) { m_socket->sendTextMessage(text); }

    //! The first event from place \a from on that matches; waits for it.
    std::optional<Heard> waitFor(const Matches &matches, qsizetype from = 0)
    {
        const auto find = [&] {
            return std::find_if(
                       events.cbegin() + std::min(from, events.size()), events.cend(), matches)
                - events.cbegin();
        };
        (void)QTest::qWaitFor([&] { return find() < events.size(); }, Deadline);
        const auto place = find();
        return place < events.size() ? std::optional(events.at(place)) : std::nullopt;
    }
    std::optional<Heard> waitForEvent(const QString &name, qsizetype from = 0)
    {
        return waitFor([&name](const Heard &heard) { return heard.name == name; }, from);
    }
    [[nodiscard]] qsizetype count(const QString &name, qsizetype from = 0) const
    {
        return std::count_if(events.cbegin() + from, events.cend(),
            [&name](const Heard &heard) { return heard.name == name; });
    }
    [[nodiscard]] int pingCount() const { return m_pings; }

    bool waitForOut(const QString &space)
    {
        return QTest::qWaitFor([&] { return !isIn(space) || !isOpen(); }, Deadline);
    }
    bool waitForClose()
    {
        return QTest::qWaitFor([this] { return !isOpen(); }, Deadline);
    }
    void leave(const QString &space)
    {
        send(net::socketio::DisconnectPacket{space});
        m_entered.remove(space);
    }
    void close() { m_socket->close(); }
    //! Breaks the connection without a close frame.
    void drop()
    {
        if (auto *tcp = m_socket->findChild<QAbstractSocket *>())
            tcp->abort();
    }

private:
    static constexpr int Deadline = 5000;

    void send(const net::socketio::Packet &packet)
    {
        m_socket->sendTextMessage(QString::fromUtf8(net::socketio::encodeMessage(packet)));
    }

    void take(const QString &text)
    {
        using net::socketio::EnginePacketType;
        if (isDeaf && text.startsWith(QStringLiteral("42")))
            return;
        const auto packet = net::socketio::decodeEnginePacket(text.toUtf8());
        if (!packet)
            return;
        if (packet->type == EnginePacketType::Open)
            m_isOpen = true;
        if (packet->type == EnginePacketType::Ping) {
            ++m_pings;
            if (answersPings)
                m_socket->sendTextMessage(QStringLiteral("3"));
        }
        if (packet->type != EnginePacketType::Message)
            return;
        if (const auto inner = net::socketio::decodePacket(packet->data))
            std::visit([this](const auto &value) { take(value); }, *inner);
    }
    void take(const net::socketio::ConnectPacket &packet)
    {
        m_entered.insert(packet.space, packet.data.value_or(QJsonObject()));
    }
    void take(const net::socketio::DisconnectPacket &packet) { m_entered.remove(packet.space); }
    void take(const net::socketio::EventPacket &packet)
    {
        const QJsonValue payload
            = packet.arguments.isEmpty() ? QJsonValue() : packet.arguments.first();
        events.append({packet.space, packet.name, payload.toObject()});
    }
    void take(const net::socketio::AckPacket &packet)
    {
        m_acks.insert(packet.ackId, packet.arguments);
    }
    void take(const net::socketio::ConnectErrorPacket &packet)
    {
        m_refusals.insert(packet.space, packet);
    }

    std::unique_ptr<QWebSocket> m_socket;
    QHash<QString, QJsonObject> m_entered;
    QHash<QString, net::socketio::ConnectErrorPacket> m_refusals;
    QHash<quint64, QJsonArray> m_acks;
    quint64 m_nextAck = 1;
    int m_pings = 0;
    bool m_isOpen = false;
};

} // namespace presently::test
