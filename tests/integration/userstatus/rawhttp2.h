// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpSocket>
#include <QtEndian>

namespace presently::test {

//! \brief HTTP/2 as bytes, good and bad, on a plain socket.
class RawHttp2
{
public:
    enum Type : quint8 {
        Data = 0,
        Headers = 1,
        ResetStream = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        Continuation = 9
    };
    enum Flag : quint8 { NoFlags = 0, EndStream = 1, EndHeaders = 4 };
    struct Frame {
        quint8 type = 0;
        quint32 stream = 0;
        QByteArray payload;
    };

    explicit RawHttp2(quint16 port) { m_socket.connectToHost(QStringLiteral("127.0.0.1"), port); }

    void say(const QByteArray &bytes) { m_socket.write(bytes); }
    void greet() { say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(Settings, NoFlags, 0, {})); }
    //! Headers in frames of at most 16 KiB.
    void sayHeaders(quint32 stream, const QByteArray &block, quint8 flags = NoFlags)
    {
        constexpr qsizetype most = 16'000;
        for (qsizetype at = 0; at < block.size(); at += most) {
            const bool isLast = at + most >= block.size();
            say(frame(at == 0 ? Headers : Continuation,
                quint8((at == 0 ? flags : 0) | (isLast ? EndHeaders : 0)), stream,
                block.mid(at, most)));
        }
    }

    [[nodiscard]] bool isOpen() const
    {
        return m_socket.state() != QAbstractSocket::UnconnectedState;
    }
    [[nodiscard]] bool isConnected() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] qint64 unsent() const { return m_socket.bytesToWrite(); }
    void close() { m_socket.abort(); }
    //! Every whole frame that has come.
    [[nodiscard]] QList<Frame> frames()
    {
        m_heard += m_socket.readAll();
        while (m_heard.size() >= headerSize) {
            const auto *bytes = reinterpret_cast<const uchar *>(m_heard.constData());
            const qsizetype length = (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
            if (m_heard.size() < headerSize + length)
                break;
            m_frames.append({bytes[3], qFromBigEndian<quint32>(bytes + 5) & 0x7fffffff,
                m_heard.mid(headerSize, length)});
            m_heard.remove(0, headerSize + length);
        }
        return m_frames;
    }
    [[nodiscard]] bool heard(Type type)
    {
        const QList<Frame> all = frames();
        return std::any_of(
            all.cbegin(), all.cend(), [type](const Frame &frame) { return frame.type == type; });
    }

    [[nodiscard]] static QByteArray frame(
        quint8 type, quint8 flags, quint32 stream, const QByteArray &payload)
    {
        QByteArray bytes(headerSize, Qt::Uninitialized);
        auto *to = reinterpret_cast<uchar *>(bytes.data());
        const auto length = quint32(payload.size());
        to[0] = uchar(length >> 16);
        to[1] = uchar(length >> 8);
        to[2] = uchar(length);
        to[3] = type;
        to[4] = flags;
        qToBigEndian(stream, to + 5);
        return bytes + payload;
    }
    //! One field that enters no table.
    [[nodiscard]] static QByteArray field(const QByteArray &name, const QByteArray &value)
    {
        return '\0' + text(name) + text(value);
    }
    [[nodiscard]] static QByteArray callHeaders(const QByteArray &method, const QByteArray &token)
    {
        return field(":method", "POST") + field(":scheme", "http")
            + field(":path", "/users.status.UserStatusService/" + method)
            + field(":authority", "localhost") + field("content-type", "application/grpc")
            + field("authorization", "Bearer " + token);
    }
    //! \a message with the five bytes in front of it.
    [[nodiscard]] static QByteArray grpcMessage(const QByteArray &message)
    {
        QByteArray prefix(5, '\0');
        qToBigEndian(quint32(message.size()), prefix.data() + 1);
        return prefix + message;
    }

private:
    static constexpr qsizetype headerSize = 9;

    [[nodiscard]] static QByteArray text(const QByteArray &value)
    {
        constexpr qsizetype sevenBits = 127;
        QByteArray bytes;
        qsizetype rest = value.size();
        if (rest < sevenBits) {
            bytes.append(char(rest));
        } else {
            bytes.append(char(sevenBits));
            rest -= sevenBits;
            for (; rest >= 128; rest /= 128)
                bytes.append(char(rest % 128 + 128));
            bytes.append(char(rest));
        }
        return bytes + value;
    }

    QTcpSocket m_socket;
    QByteArray m_heard;
    QList<Frame> m_frames;
};

} // namespace presently::test
