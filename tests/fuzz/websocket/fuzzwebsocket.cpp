// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/websocket/fuzzwebsocket.h"

#include "net/wire/websocket/framedecoder.h"
#include "tests/fuzz/require.h"

#include <algorithm>

namespace presently::test {

namespace {

using net::FrameDecoder;

constexpr net::FrameLimits Limits{4096, 16};

QByteArray reading(net::EndpointRole role, QByteArrayView bytes, qsizetype piece)
{
    FrameDecoder decoder(role, Limits);
    QByteArray text;
    while (!bytes.isEmpty()) {
        const qsizetype size = std::min(piece, bytes.size());
        QByteArrayView input = bytes.first(size);
        bytes = bytes.sliced(size);
        for (;;) {
            const auto step = decoder.next(input);
            if (std::holds_alternative<FrameDecoder::NeedMore>(step))
                break;
            if (const auto *message = std::get_if<FrameDecoder::Message>(&step)) {
                require(message->payload.size() <= Limits.maxMessageBytes);
                if (message->opcode == net::Opcode::Text)
                    require(message->payload.isValidUtf8());
                text += char('a' + int(message->opcode)) + message->payload;
            } else if (const auto *close = std::get_if<FrameDecoder::Close>(&step)) {
                require(close->code == net::CloseStatus::NoStatus
                    || net::isValidCloseCode(close->code));
                require(close->reason.isValidUtf8());
                text += "close" + QByteArray::number(close->code);
            } else {
                text += "fail" + QByteArray::number(std::get<FrameDecoder::Failure>(step).code);
            }
        }
    }
    return text;
}

} // namespace

//! Nothing too long, no bad text, and the same out of any pieces; for both roles.
void fuzzWebSocket(QByteArrayView bytes)
{
    for (const auto role : {net::EndpointRole::Server, net::EndpointRole::Client}) {
        const QByteArray whole = reading(role, bytes, std::max<qsizetype>(bytes.size(), 1));
        require(reading(role, bytes, 1) == whole);
        require(reading(role, bytes, 5) == whole);
    }
}

} // namespace presently::test
