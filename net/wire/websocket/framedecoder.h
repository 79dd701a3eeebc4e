// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/frame.h"
#include "net/wire/websocket/utf8validator.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>
#include <variant>

namespace presently::net {

struct FrameLimits {
    qsizetype maxMessageBytes = 64LL * 1024; //!< judged from the header alone; more is 1009
    int maxFragments = 256; //!< frames of one message; more is 1008
};

//! \brief Reads RFC 6455 frames from bytes as they come and puts messages together.
//!
//! Call next() with the bytes that arrived until it says NeedMore or Failure; it eats from the
//! front of the view. Holds nothing while no message is unfinished. After Close or
//! Failure everything is thrown away.
//! Text is checked as it comes, across fragments and reads: a character may be cut anywhere.
//! Errors:    Failure carries the close code to send.
//! Threading: none; a plain value holder.
class FrameDecoder
{
public:
    struct NeedMore {
    };
    //! A whole text or binary message, or one ping or pong.
    struct Message {
        Opcode opcode = Opcode::Text;
        QByteArray payload;
    };
    struct Close {
        quint16 code = CloseStatus::NoStatus; //!< NoStatus: the frame had none
        QByteArray reason;
    };
    struct Failure {
        quint16 code = CloseStatus::ProtocolError;
        QByteArray reason; //!< English, for logs and the close frame
    };
    using Step = std::variant<NeedMore, Message, Close, Failure>;

    //! \a role is the side that decodes: a server insists on masks, a client refuses them.
    explicit FrameDecoder(EndpointRole role, const FrameLimits &limits = {})
        : m_limits(limits)
        , m_role(role)
    {
    }

    [[nodiscard]] Step next(QByteArrayView &input);

    //! Whether a frame or a fragmented message has begun and is not complete.
    [[nodiscard]] bool isInsideMessage() const
    {
        return !m_ended && (m_headerSize > 0 || m_inPayload || m_inMessage);
    }

private:
    struct Header {
        bool final = true;
        Opcode opcode = Opcode::Text;
        qint64 length = 0;
    };

    bool takeHeader(QByteArrayView &input);
    std::optional<Failure> beginFrame();
    [[nodiscard]] std::optional<Failure> checkControl() const;
    std::optional<Failure> checkData();
    std::optional<Failure> takePayload(QByteArrayView &input);
    Step endMessage();
    Step endControl();
    Step fail(const Failure &failure);

    FrameLimits m_limits;
    EndpointRole m_role;
    bool m_ended = false; //!< failed, or a close frame has come
    bool m_inPayload = false;
    bool m_inMessage = false; //!< a first fragment has come, the last one has not
    quint8 m_headerSize = 0;
    Opcode m_messageOpcode = Opcode::Text;
    int m_fragments = 0;
    Header m_header;
    qint64 m_remaining = 0;
    std::array<quint8, 14> m_headerBytes{};
    std::array<quint8, 4> m_mask{};
    QByteArray m_message;
    QByteArray m_control;
    Utf8Validator m_utf8;
};

} // namespace presently::net
