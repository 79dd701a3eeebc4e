// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/socketio/fuzzsocketio.h"

#include "net/wire/socketio/enginehandshake.h"
#include "net/wire/socketio/enginepacket.h"
#include "net/wire/socketio/packet.h"
#include "tests/fuzz/require.h"

namespace presently::test {

namespace {

using namespace net::socketio;

//! Escapes grow what is written, so it is read again without a limit of its size.
void requireSame(const Packet &packet)
{
    const QByteArray written = encode(packet);
    PacketLimits limits;
    limits.maxBytes = written.size();
    const auto again = decodePacket(written, limits);
    require(again.has_value() && *again == packet);
}

} // namespace

//! What was read, as a body, as packets, as a handshake, is written and read again as the same.
void fuzzSocketIo(QByteArrayView bytes)
{
    if (const auto packet = decodePacket(bytes))
        requireSame(*packet);
    if (const auto handshake = EngineHandshake::fromJson(bytes))
        require(*EngineHandshake::fromJson(handshake->toJson()) == *handshake);
    const auto packets = decodePayload(bytes);
    if (!packets)
        return;
    const QByteArray body = encodePayload(*packets);
    const auto again = decodePayload(body, {body.size(), packets->size()});
    require(again.has_value() && *again == *packets);
    for (const EnginePacket &packet : *packets) {
        if (packet.type != EnginePacketType::Message || packet.isBinary)
            continue;
        if (const auto inner = decodePacket(packet.data))
            requireSame(*inner);
    }
}

} // namespace presently::test
