// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/websocket/framedecoder.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace presently::net {

namespace {

using Failure = FrameDecoder::Failure;

constexpr quint8 FinalBit = 0x80;
constexpr quint8 ReservedBits = 0x70;
constexpr quint8 OpcodeBits = 0x0F;
constexpr quint8 MaskBit = 0x80;
constexpr quint8 LengthBits = 0x7F;
constexpr quint8 Length16 = 126;
constexpr quint8 Length64 = 127;
constexpr qint64 MaxControlPayload = 125;

bool isControl(Opcode opcode)
{
    return (quint8(opcode) & 0x8) != 0;
}

bool isKnown(quint8 opcode)
{
    return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xA);
}

quint8 fullHeaderSize(quint8 second)
{
    const quint8 length = second & LengthBits;
    const int extended = length == Length16 ? 2 : length == Length64 ? 8 : 0;
    return quint8(2 + extended + ((second & MaskBit) ? 4 : 0));
}

//! XORs \a size bytes; \a phase is how many bytes of the frame came before.
void unmask(char *data, qsizetype size, const std::array<quint8, 4> &mask, qint64 phase)
{
    std::array<quint8, 8> turned{};
    for (size_t i = 0; i < turned.size(); ++i)
        turned[i] = mask[(size_t(phase) + i) % 4];
    quint64 pattern = 0;
    std::memcpy(&pattern, turned.data(), sizeof pattern);
    qsizetype i = 0;
    for (; i + qsizetype(sizeof pattern) <= size; i += qsizetype(sizeof pattern)) {
        quint64 word = 0;
        std::memcpy(&word, data + i, sizeof word);
        word ^= pattern;
        std::memcpy(data + i, &word, sizeof word);
    }
    for (; i < size; ++i)
        data[i] = char(data[i] ^ turned[size_t(i) % 8]);
}

} // namespace

FrameDecoder::Step FrameDecoder::fail(const Failure &failure)
{
    m_ended = true;
    m_message = {};
    m_control = {};
    return failure;
}

FrameDecoder::Step FrameDecoder::next(QByteArrayView &input)
{
    for (;;) {
        if (m_ended) {
            input = {};
            return NeedMore{};
        }
        if (!m_inPayload) {
            if (!takeHeader(input))
                return NeedMore{};
            if (const auto failure = beginFrame())
                return fail(*failure);
        }
        if (const auto failure = takePayload(input))
            return fail(*failure);
        if (m_remaining > 0)
            return NeedMore{};
        m_inPayload = false;
        if (isControl(m_header.opcode))
            return endControl();
        if (!m_header.final)
            continue;
        return endMessage();
    }
}

bool FrameDecoder::takeHeader(QByteArrayView &input)
{
    while (!input.isEmpty()) {
        m_headerBytes[m_headerSize++] = quint8(input.front());
        input = input.sliced(1);
        if (m_headerSize >= 2 && m_headerSize == fullHeaderSize(m_headerBytes[1]))
            return true;
    }
    return false;
}

std::optional<Failure> FrameDecoder::beginFrame()
{
    const quint8 first = m_headerBytes[0];
    const quint8 second = m_headerBytes[1];
    const quint8 size = std::exchange(m_headerSize, quint8(0));
    if (first & ReservedBits)
        return Failure{CloseStatus::ProtocolError, "reserved bit set"};
    if (!isKnown(first & OpcodeBits))
        return Failure{CloseStatus::ProtocolError, "unknown opcode"};
    const bool masked = second & MaskBit;
    if (masked != (m_role == EndpointRole::Server))
        return Failure{CloseStatus::ProtocolError, masked ? "masked frame" : "unmasked frame"};

    m_header.final = first & FinalBit;
    m_header.opcode = Opcode(first & OpcodeBits);
    quint64 length = second & LengthBits;
    quint64 smallest = 0;
    if (length == Length16) {
        length = qFromBigEndian<quint16>(m_headerBytes.data() + 2);
        smallest = Length16;
    } else if (length == Length64) {
        length = qFromBigEndian<quint64>(m_headerBytes.data() + 2);
        smallest = std::numeric_limits<quint16>::max() + 1;
    }
    if (length < smallest || length > quint64(std::numeric_limits<qint64>::max()))
        return Failure{CloseStatus::ProtocolError, "bad length"};
    m_header.length = qint64(length);
    if (masked)
        std::copy_n(m_headerBytes.begin() + size - 4, 4, m_mask.begin());
    m_remaining = m_header.length;
    m_inPayload = true;
    return isControl(m_header.opcode) ? checkControl() : checkData();
}

std::optional<Failure> FrameDecoder::checkControl() const
{
    if (!m_header.final)
        return Failure{CloseStatus::ProtocolError, "fragmented control frame"};
    if (m_header.length > MaxControlPayload)
        return Failure{CloseStatus::ProtocolError, "control frame too long"};
    return {};
}

std::optional<Failure> FrameDecoder::checkData()
{
    const bool continues = m_header.opcode == Opcode::Continuation;
    if (continues != m_inMessage) {
        return Failure{CloseStatus::ProtocolError,
            continues ? "nothing to continue" : "message inside a message"};
    }
    if (!continues) {
        m_messageOpcode = m_header.opcode;
        m_inMessage = true;
        m_fragments = 0;
    }
    if (++m_fragments > m_limits.maxFragments)
        return Failure{CloseStatus::PolicyViolation, "too many fragments"};
    if (m_header.length > m_limits.maxMessageBytes - m_message.size())
        return Failure{CloseStatus::TooBig, "message too big"};
    return {};
}

std::optional<Failure> FrameDecoder::takePayload(QByteArrayView &input)
{
    const auto taken = qsizetype(std::min<qint64>(input.size(), m_remaining));
    if (taken == 0)
        return {};
    const bool control = isControl(m_header.opcode);
    QByteArray &target = control ? m_control : m_message;
    const qsizetype before = target.size();
    target.append(input.first(taken));
    input = input.sliced(taken);
    if (m_role == EndpointRole::Server)
        unmask(target.data() + before, taken, m_mask, m_header.length - m_remaining);
    m_remaining -= taken;
    if (!control && m_messageOpcode == Opcode::Text
        && !m_utf8.feed(QByteArrayView(target).sliced(before)))
        return Failure{CloseStatus::InvalidPayload, "not UTF-8"};
    return {};
}

FrameDecoder::Step FrameDecoder::endMessage()
{
    m_inMessage = false;
    if (m_messageOpcode == Opcode::Text && !m_utf8.isComplete())
        return fail({CloseStatus::InvalidPayload, "text ends inside a character"});
    m_utf8.reset();
    return Message{m_messageOpcode, std::exchange(m_message, {})};
}

FrameDecoder::Step FrameDecoder::endControl()
{
    const QByteArray payload = std::exchange(m_control, {});
    if (m_header.opcode != Opcode::Close)
        return Message{m_header.opcode, payload};

    if (payload.isEmpty()) {
        m_ended = true;
        return Close{};
    }
    if (payload.size() == 1)
        return fail({CloseStatus::ProtocolError, "close code cut short"});
    const quint16 code = qFromBigEndian<quint16>(payload.constData());
    if (!isValidCloseCode(code))
        return fail({CloseStatus::ProtocolError, "close code not allowed"});
    const QByteArray reason = payload.sliced(2);
    if (!reason.isValidUtf8())
        return fail({CloseStatus::InvalidPayload, "close reason is not UTF-8"});
    m_ended = true;
    return Close{code, reason};
}

} // namespace presently::net
