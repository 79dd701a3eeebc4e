// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"
#include "net/wire/socketio/packet.h"

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

//! \brief Writes one packet behind what stands in the array already.
struct Writer {
    QByteArray &out;

    void operator()(const ConnectPacket &packet) const
    {
        begin('0', packet.space);
        if (packet.data)
            out += toAsciiJson(*packet.data);
    }

    void operator()(const DisconnectPacket &packet) const { begin('1', packet.space); }

    void operator()(const EventPacket &packet) const
    {
        begin(packet.attachments > 0 ? '5' : '2', packet.space, packet.attachments);
        if (packet.ackId)
            out += QByteArray::number(*packet.ackId);
        QJsonArray payload = packet.arguments;
        payload.prepend(packet.name);
        out += toAsciiJson(payload);
    }

    void operator()(const AckPacket &packet) const
    {
        begin(packet.attachments > 0 ? '6' : '3', packet.space, packet.attachments);
        out += QByteArray::number(packet.ackId);
        out += toAsciiJson(packet.arguments);
    }

    void operator()(const ConnectErrorPacket &packet) const
    {
        begin('4', packet.space);
        QJsonObject object{{u"message"_s, packet.message}};
        if (packet.data)
            object.insert(u"data"_s, *packet.data);
        out += toAsciiJson(object);
    }

private:
    void begin(char type, const QString &space, int attachments = 0) const
    {
        out += type;
        if (attachments > 0)
            out += QByteArray::number(attachments) + '-';
        if (space != mainSpace())
            out += space.toUtf8() + ',';
    }
};

} // namespace

QByteArray encode(const Packet &packet)
{
    QByteArray text;
    std::visit(Writer{text}, packet);
    return text;
}

QByteArray encodeMessage(const Packet &packet)
{
    QByteArray text("4");
    std::visit(Writer{text}, packet);
    return text;
}

} // namespace presently::net::socketio
