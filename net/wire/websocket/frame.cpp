// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/websocket/frame.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>

namespace presently::net {

namespace {

constexpr quint8 FinalBit = 0x80;
constexpr quint8 MaskBit = 0x80;
constexpr quint8 Length16 = 126;
constexpr quint8 Length64 = 127;
constexpr qsizetype MaxControlPayload = 125;

qsizetype appendHeader(
    QByteArray &bytes, Opcode opcode, qsizetype length, const FrameOptions &options)
{
    bytes.append(char((options.final ? FinalBit : 0) | quint8(opcode)));
    const quint8 maskBit = options.mask ? MaskBit : 0;
    if (length < Length16) {
        bytes.append(char(maskBit | quint8(length)));
    } else if (length <= std::numeric_limits<quint16>::max()) {
        bytes.append(char(maskBit | Length16));
        std::array<char, 2> encoded{};
        qToBigEndian(quint16(length), encoded.data());
        bytes.append(encoded.data(), encoded.size());
    } else {
        bytes.append(char(maskBit | Length64));
        std::array<char, 8> encoded{};
        qToBigEndian(quint64(length), encoded.data());
        bytes.append(encoded.data(), encoded.size());
    }
    return bytes.size();
}

} // namespace

bool isValidCloseCode(quint16 code)
{
    if (code >= 3000 && code <= 4999)
        return true;
    // 1004 is reserved; 1005, 1006 and 1015 only ever describe what was not on the wire.
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

QByteArray encodeFrame(Opcode opcode, QByteArrayView payload, const FrameOptions &options)
{
    QByteArray bytes;
    bytes.reserve(payload.size() + 14);
    appendHeader(bytes, opcode, payload.size(), options);
    if (!options.mask) {
        bytes.append(payload);
        return bytes;
    }
    std::array<char, 4> mask{};
    qToBigEndian(*options.mask, mask.data());
    bytes.append(mask.data(), mask.size());
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes.append(char(payload[i] ^ mask[size_t(i) % 4]));
    return bytes;
}

QByteArray closePayload(quint16 code, QByteArrayView reason)
{
    if (code == CloseStatus::NoStatus)
        return {};
    QByteArray payload(2, '\0');
    qToBigEndian(code, payload.data());
    qsizetype size = std::min(reason.size(), MaxControlPayload - 2);
    if (size < reason.size()) {
        while (size > 0 && (quint8(reason[size]) & 0xC0) == 0x80)
            --size;
    }
    payload.append(reason.first(size));
    return payload;
}

SharedFrame::SharedFrame(Opcode opcode, QByteArrayView payload, QByteArrayView rest)
    : m_opcode(opcode)
{
    const qsizetype size = payload.size() + rest.size();
    m_bytes.reserve(size + 10);
    m_headerSize = quint8(appendHeader(m_bytes, opcode, size, {}));
    m_bytes.append(payload);
    m_bytes.append(rest);
}

SharedFrame SharedFrame::text(QByteArrayView payload, QByteArrayView rest)
{
    return {Opcode::Text, payload, rest};
}

SharedFrame SharedFrame::binary(QByteArrayView payload)
{
    return {Opcode::Binary, payload};
}

SharedFrame SharedFrame::control(Opcode opcode, QByteArrayView payload)
{
    return {opcode, payload.first(std::min(payload.size(), MaxControlPayload))};
}

} // namespace presently::net
