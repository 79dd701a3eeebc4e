// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <variant>

namespace presently::net::socketio {

//! The namespace that every connection knows. It is never written.
[[nodiscard]] QString mainSpace();

//! \brief A client asks to enter a namespace with its credentials; a server lets it in, with its sid.
struct ConnectPacket {
    QString space;
    std::optional<QJsonObject> data;

    bool operator==(const ConnectPacket &) const = default;
};

struct DisconnectPacket {
    QString space;

    bool operator==(const DisconnectPacket &) const = default;
};

//! \brief An event with its arguments. Where bytes were, the arguments hold placeholders, and so many
//! binary messages follow.
struct EventPacket {
    QString space;
    std::optional<quint64> ackId; //!< set: the sender wants an answer
    QString name; //!< of a numbered event its decimal digits
    QJsonArray arguments; //!< without the name
    int attachments = 0;

    bool operator==(const EventPacket &) const = default;
};

//! \brief The answer to an event.
struct AckPacket {
    QString space;
    quint64 ackId = 0;
    QJsonArray arguments;
    int attachments = 0;

    bool operator==(const AckPacket &) const = default;
};

struct ConnectErrorPacket {
    QString space;
    QString message;
    std::optional<QJsonValue> data;

    bool operator==(const ConnectErrorPacket &) const = default;
};

using Packet
    = std::variant<ConnectPacket, DisconnectPacket, EventPacket, AckPacket, ConnectErrorPacket>;

//! \brief What is refused before a value is built.
struct PacketLimits {
    qsizetype maxBytes = 64LL * 1024;
    int maxDepth = 32; //!< of JSON
    int maxAttachments = 10;
    qsizetype maxSpaceBytes = 128; //!< of a namespace
    int maxAckDigits = 15; //!< what a double counts exactly
};

//! Whether \a name belongs to the library and is never an event of an application.
[[nodiscard]] bool isReservedEvent(QStringView name);

//! Socket.IO 5: what an Engine.IO message holds, `2/chat,7["echo",{}]`. For both roles.
//! Errors: TooLarge (field "size", "depth", "attachments", "namespace" or "ack"); Malformed or
//! InvalidField (field "type", "attachments", "namespace", "ack" or "payload").
[[nodiscard]] Expected<Packet, Error> decodePacket(
    QByteArrayView text, const PacketLimits &limits = {});

//! In ASCII but for the namespace.
[[nodiscard]] QByteArray encode(const Packet &packet);
//! The same inside an Engine.IO message, `42/chat,…`: what goes into a WebSocket, or to many.
[[nodiscard]] QByteArray encodeMessage(const Packet &packet);

} // namespace presently::net::socketio
