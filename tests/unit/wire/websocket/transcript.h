// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/framedecoder.h"

#include <QByteArray>
#include <QByteArrayList>

#include <algorithm>

namespace presently::test {

using namespace presently::net;

//! What a decoder says about \a bytes, fed \a piece at a time: one line an event, payloads in
//! hexadecimal, long ones by their length.
inline QByteArrayList transcript(
    EndpointRole role, QByteArrayView bytes, qsizetype piece = -1, const FrameLimits &limits = {})
{
    const auto shown = [](const QByteArray &payload) {
        return payload.size() > 130 ? QByteArray::number(payload.size()) + " bytes"
                                    : payload.toHex();
    };
    FrameDecoder decoder(role, limits);
    QByteArrayList lines;
    while (!bytes.isEmpty()) {
        const qsizetype size = piece < 0 ? bytes.size() : std::min(piece, bytes.size());
        QByteArrayView input = bytes.first(size);
        bytes = bytes.sliced(size);
        for (;;) {
            const auto step = decoder.next(input);
            if (std::holds_alternative<FrameDecoder::NeedMore>(step))
                break;
            if (const auto *message = std::get_if<FrameDecoder::Message>(&step)) {
                const QByteArray kind = message->opcode == Opcode::Text ? "text "
                    : message->opcode == Opcode::Binary                 ? "binary "
                    : message->opcode == Opcode::Ping                   ? "ping "
                                                                        : "pong ";
                lines.append(kind + shown(message->payload));
            } else if (const auto *close = std::get_if<FrameDecoder::Close>(&step)) {
                lines.append("close " + QByteArray::number(close->code) + ' ' + close->reason);
            } else {
                lines.append(
                    "fail " + QByteArray::number(std::get<FrameDecoder::Failure>(step).code));
            }
        }
    }
    if (decoder.isInsideMessage())
        lines.append("unfinished");
    return lines;
}

//! A frame as a client sends it, with any first byte and a mask that is not symmetric.
inline QByteArray rawFrame(quint8 first, const QByteArray &payload)
{
    QByteArray frame = encodeFrame(Opcode::Text, payload, {true, 0xA1B2C3D4});
    frame[0] = char(first);
    return frame;
}

} // namespace presently::test
