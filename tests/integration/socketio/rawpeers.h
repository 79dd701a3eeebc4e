// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/framedecoder.h"
#include "net/wire/websocket/handshake.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

#include <optional>

namespace presently::test {

//! \brief One HTTP request over a connection of its own, and its answer once it has come.
class RawRequest
{
public:
    RawRequest(quint16 port, const QByteArray &method, const QByteArray &target,
        const QByteArray &body = {}, const QByteArray &fields = {})
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        m_socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields);
        if (!body.isNull() || method == "POST")
            m_socket.write("Content-Length: " + QByteArray::number(body.size()) + "\r\n");
        m_socket.write("\r\n" + body);
    }

    [[nodiscard]] bool isAnswered()
    {
        m_heard += m_socket.readAll();
        const qsizetype end = m_heard.indexOf("\r\n\r\n");
        return end >= 0 && m_heard.size() >= end + 4 + header("content-length").toInt();
    }
    //! Waits for the answer; 0: none came.
    int status(int deadline = 5000)
    {
        (void)QTest::qWaitFor([this] { return isAnswered(); }, deadline);
        return m_heard.mid(9, 3).toInt();
    }
    //! Waits for the answer.
    QByteArray body(int deadline = 5000)
    {
        (void)status(deadline);
        return m_heard.mid(m_heard.indexOf("\r\n\r\n") + 4);
    }
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        const QByteArray head = m_heard.left(m_heard.indexOf("\r\n\r\n") + 2);
        const qsizetype at = head.toLower().indexOf("\r\n" + name.toLower() + ": ");
        if (at < 0)
            return {};
        const qsizetype from = at + name.size() + 4;
        return head.mid(from, head.indexOf("\r\n", from) - from);
    }
    //! As a client that is killed.
    void abort() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

//! \brief A WebSocket made of a TCP socket and our frame codec: it says what it is told.
class RawWebSocket
{
public:
    RawWebSocket(quint16 port, const QByteArray &target, const net::HeaderList &fields = {})
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        m_socket.write(
            net::encodeUpgradeRequest("127.0.0.1", target, "dGhlIHNhbXBsZSBub25jZQ==", fields));
    }

    void say(const QByteArray &text) { send(net::Opcode::Text, text); }
    void sayBinary(const QByteArray &bytes) { send(net::Opcode::Binary, bytes); }
    void sayClose() { send(net::Opcode::Close, net::closePayload(1000)); }
    void abort() { m_socket.abort(); }

    //! The next text that has not been asked for yet; null: none came.
    QByteArray text(int deadline = 5000) { return next(m_texts, deadline); }
    QByteArray binary(int deadline = 5000) { return next(m_binaries, deadline); }
    //! The next text that is not a ping; pings are answered on the way.
    QByteArray event(int deadline = 5000)
    {
        for (;;) {
            const QByteArray text = this->text(deadline);
            if (text != "2")
                return text;
            say("3");
        }
    }
    //! Waits for a ping, a close frame or the end of the stream.
    bool waitForClose(int deadline = 5000)
    {
        return QTest::qWaitFor(
            [this] {
                take();
                return m_closeCode.has_value()
                    || m_socket.state() == QAbstractSocket::UnconnectedState;
            },
            deadline);
    }
    [[nodiscard]] std::optional<quint16> closeCode() const { return m_closeCode; }
    //! Waits for the status of the handshake.
    int status()
    {
        (void)QTest::qWaitFor(
            [this] {
                take();
                return !m_head.isEmpty();
            },
            5000);
        return m_head.mid(9, 3).toInt();
    }
    //! Of a handshake that was refused.
    QByteArray refusal()
    {
        (void)QTest::qWaitFor(
            [this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 5000);
        take();
        return m_input;
    }
    //! Whether nothing has come that was not asked for.
    [[nodiscard]] bool isQuiet()
    {
        take();
        return m_texts.isEmpty() && m_binaries.isEmpty();
    }

private:
    void send(net::Opcode opcode, const QByteArray &payload)
    {
        (void)status();
        m_socket.write(net::encodeFrame(opcode, payload, {true, 0x12345678}));
    }

    QByteArray next(QList<QByteArray> &from, int deadline)
    {
        (void)QTest::qWaitFor(
            [&] {
                take();
                return !from.isEmpty();
            },
            deadline);
        return from.isEmpty() ? QByteArray() : from.takeFirst();
    }

    void take()
    {
        m_input += m_socket.readAll();
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (m_head.isEmpty() && end >= 0) {
            m_head = m_input.first(end);
            m_input = m_input.sliced(end + 4);
        }
        if (!m_head.startsWith("HTTP/1.1 101 "))
            return;
        QByteArrayView rest(m_input);
        for (;;) {
            const auto step = m_decoder.next(rest);
            if (const auto *message = std::get_if<net::FrameDecoder::Message>(&step))
                keep(*message);
            else if (const auto *close = std::get_if<net::FrameDecoder::Close>(&step))
                m_closeCode = close->code;
            else
                break;
        }
        m_input.clear();
    }

    void keep(const net::FrameDecoder::Message &message)
    {
        if (message.opcode == net::Opcode::Text)
            m_texts.append(message.payload);
        else if (message.opcode == net::Opcode::Binary)
            m_binaries.append(message.payload);
    }

    QTcpSocket m_socket;
    QByteArray m_head;
    QByteArray m_input;
    net::FrameDecoder m_decoder{net::EndpointRole::Client, {1024 * 1024}};
    QList<QByteArray> m_texts;
    QList<QByteArray> m_binaries;
    std::optional<quint16> m_closeCode;
};

} // namespace presently::test
