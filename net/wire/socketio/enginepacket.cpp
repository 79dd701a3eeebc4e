// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/socketio/enginepacket.h"

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr char Separator = '\x1e';
constexpr char BinaryMark = 'b';

Unexpected<Error> badPacket(const QString &detail)
{
    return Unexpected{Error{ErrorCode::Malformed, u"packet"_s, detail, {}}};
}

Unexpected<Error> tooLarge(const QString &field)
{
    return Unexpected{Error{ErrorCode::TooLarge, field, {}, {}}};
}

//! What these say is said by their type alone.
bool isBare(EnginePacketType type)
{
    using enum EnginePacketType;
    return type == Close || type == Upgrade || type == Noop;
}

Expected<EnginePacket, Error> decodePart(QByteArrayView part)
{
    if (!part.startsWith(BinaryMark))
        return decodeEnginePacket(part);
    const auto decoded
        = QByteArray::fromBase64Encoding(QByteArray::fromRawData(part.data() + 1, part.size() - 1),
            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return badPacket(u"not base64"_s);
    return EnginePacket{EnginePacketType::Message, *decoded, true};
}

} // namespace

Expected<EnginePacket, Error> decodeEnginePacket(QByteArrayView text)
{
    if (text.isEmpty())
        return badPacket(u"empty"_s);
    const int type = text.front() - '0';
    if (type < int(EnginePacketType::Open) || type > int(EnginePacketType::Noop))
        return badPacket(u"unknown type"_s);
    EnginePacket packet{EnginePacketType(type), text.sliced(1).toByteArray(), false};
    if (isBare(packet.type) && !packet.data.isEmpty())
        return badPacket(u"data where none belongs"_s);
    return packet;
}

QByteArray encode(const EnginePacket &packet)
{
    return packet.isBinary ? packet.data : char('0' + int(packet.type)) + packet.data;
}

Expected<QList<EnginePacket>, Error> decodePayload(QByteArrayView body, const PayloadLimits &limits)
{
    if (body.size() > limits.maxBytes)
        return tooLarge(u"size"_s);
    QList<EnginePacket> packets;
    qsizetype from = 0;
    while (from <= body.size()) {
        qsizetype to = body.indexOf(Separator, from);
        if (to < 0)
            to = body.size();
        if (packets.size() == limits.maxPackets)
            return tooLarge(u"packets"_s);
        auto packet = decodePart(body.sliced(from, to - from));
        if (!packet)
            return Unexpected{packet.error()};
        packets.append(*std::move(packet));
        from = to + 1;
    }
    return packets;
}

QByteArray encodePayload(const QList<EnginePacket> &packets)
{
    PayloadWriter writer(std::numeric_limits<qsizetype>::max());
    for (const EnginePacket &packet : packets) {
        if (packet.isBinary)
            (void)writer.addBinary(packet.data);
        else
            (void)writer.addText(encode(packet));
    }
    return writer.body();
}

bool PayloadWriter::addText(QByteArrayView packet)
{
    if (!makeRoom(packet.size()))
        return false;
    m_body.append(packet);
    return true;
}

bool PayloadWriter::addBinary(QByteArrayView bytes)
{
    if (!makeRoom(1 + (bytes.size() + 2) / 3 * 4))
        return false;
    m_body.append(BinaryMark);
    m_body.append(QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64());
    return true;
}

bool PayloadWriter::makeRoom(qsizetype size)
{
    if (m_isEmpty) {
        m_isEmpty = false;
        return true;
    }
    if (size > m_maxBytes - m_body.size() - 1)
        return false;
    m_body.append(Separator);
    return true;
}

} // namespace presently::net::socketio
