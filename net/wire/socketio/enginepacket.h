// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace presently::net::socketio {

//! Engine.IO 4. The order is the wire's: Open is "0".
enum class EnginePacketType : quint8 { Open, Close, Ping, Pong, Message, Upgrade, Noop };

//! \brief One Engine.IO packet.
struct EnginePacket {
    EnginePacketType type = EnginePacketType::Message;
    QByteArray data; //!< after the type; the bytes themselves where binary
    bool isBinary = false; //!< only a Message

    bool operator==(const EnginePacket &) const = default;
};

//! \brief What a body of the polling transport may hold.
struct PayloadLimits {
    qsizetype maxBytes = 64LL * 1024;
    qsizetype maxPackets = 1024;
};

//! The text of one packet, as a WebSocket carries it: "4hello". Binary never comes as text there.
//! Errors: Malformed with field "packet".
[[nodiscard]] Expected<EnginePacket, Error> decodeEnginePacket(QByteArrayView text);
//! The text of \a packet; a binary one goes as it is, in a binary message.
[[nodiscard]] QByteArray encode(const EnginePacket &packet);

//! A body of the polling transport: packets with U+001E between them, binary as "b" and base64.
//! Errors: TooLarge (field "size" or "packets"), Malformed (field "packet").
[[nodiscard]] Expected<QList<EnginePacket>, Error> decodePayload(
    QByteArrayView body, const PayloadLimits &limits = {});
[[nodiscard]] QByteArray encodePayload(const QList<EnginePacket> &packets);

//! \brief Puts packets that are encoded already into one body, as many as there is room for.
class PayloadWriter
{
public:
    explicit PayloadWriter(qsizetype maxBytes)
        : m_maxBytes(maxBytes)
    {
    }

    //! False, and nothing is added, when there is no room. The first packet always finds room.
    [[nodiscard]] bool addText(QByteArrayView packet);
    [[nodiscard]] bool addBinary(QByteArrayView bytes);
    [[nodiscard]] const QByteArray &body() const { return m_body; }

private:
    [[nodiscard]] bool makeRoom(qsizetype size);

    QByteArray m_body;
    qsizetype m_maxBytes;
    bool m_isEmpty = true;
};

} // namespace presently::net::socketio
