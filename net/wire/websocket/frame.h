// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace presently::net {

enum class Opcode : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
};

//! Who reads or writes: a client masks what it sends, a server never does (RFC 6455 5.1).
enum class EndpointRole { Server, Client };

//! Status codes of RFC 6455 7.4, and the one of ours that a listener sends by itself. The rest of
//! ours belong to the dialects (net/README.md, "Close codes").
namespace CloseStatus {
inline constexpr quint16 Normal = 1000;
inline constexpr quint16 GoingAway = 1001;
inline constexpr quint16 ProtocolError = 1002;
inline constexpr quint16 Unsupported = 1003;
inline constexpr quint16 NoStatus = 1005; //!< never on the wire
inline constexpr quint16 Lost = 1006; //!< never on the wire
inline constexpr quint16 InvalidPayload = 1007;
inline constexpr quint16 PolicyViolation = 1008;
inline constexpr quint16 TooBig = 1009;
inline constexpr quint16 InternalError = 1011;
inline constexpr quint16 ServiceRestart = 1012;
inline constexpr quint16 TryAgainLater = 1013;
inline constexpr quint16 TooSlow = 4008; //!< too slow, or a rate exceeded
} // namespace CloseStatus

//! Whether a peer may send \a code in a close frame.
[[nodiscard]] bool isValidCloseCode(quint16 code);

//! \brief What encodeFrame() needs beside the payload.
struct FrameOptions {
    bool final = true;
    std::optional<quint32> mask; //!< set by clients, from a good source of randomness
};

//! One frame as bytes.
[[nodiscard]] QByteArray encodeFrame(
    Opcode opcode, QByteArrayView payload, const FrameOptions &options = {});
//! The payload of a close frame; \a reason is cut to 123 bytes between two characters.
[[nodiscard]] QByteArray closePayload(quint16 code, QByteArrayView reason = {});

//! \brief One unmasked message, framed once and sent to many: copies share the same bytes.
class SharedFrame
{
public:
    SharedFrame() = default;
    //! A message may be given in two parts, such as what all receivers share and what one has alone.
    [[nodiscard]] static SharedFrame text(QByteArrayView payload, QByteArrayView rest = {});
    [[nodiscard]] static SharedFrame binary(QByteArrayView payload);
    [[nodiscard]] static SharedFrame control(Opcode opcode, QByteArrayView payload);

    [[nodiscard]] Opcode opcode() const { return m_opcode; }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] QByteArrayView payload() const
    {
        return QByteArrayView(m_bytes).sliced(m_headerSize);
    }

private:
    SharedFrame(Opcode opcode, QByteArrayView payload, QByteArrayView rest = {});

    QByteArray m_bytes;
    Opcode m_opcode = Opcode::Text;
    quint8 m_headerSize = 0;
};

} // namespace presently::net
