// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/websocket/utf8validator.h"

#include <cstring>

namespace presently::net {

bool Utf8Validator::begin(quint8 byte)
{
    m_low = 0x80;
    m_high = 0xBF;
    if (byte < 0x80)
        return true;
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    m_expected = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    // The first continuation byte rules out overlong forms, surrogates and what is above U+10FFFF.
    if (byte == 0xE0)
        m_low = 0xA0;
    else if (byte == 0xED)
        m_high = 0x9F;
    else if (byte == 0xF0)
        m_low = 0x90;
    else if (byte == 0xF4)
        m_high = 0x8F;
    return true;
}

bool Utf8Validator::feed(QByteArrayView bytes)
{
    const char *at = bytes.begin();
    while (m_valid && at != bytes.end()) {
        // Eight ASCII bytes at a time: nearly all of JSON.
        quint64 word = 0;
        if (m_expected == 0 && bytes.end() - at >= qsizetype(sizeof word)) {
            std::memcpy(&word, at, sizeof word);
            if ((word & 0x8080808080808080u) == 0) {
                at += sizeof word;
                continue;
            }
        }
        const auto byte = quint8(*at++);
        if (m_expected == 0) {
            m_valid = begin(byte);
        } else {
            m_valid = byte >= m_low && byte <= m_high;
            m_low = 0x80;
            m_high = 0xBF;
            --m_expected;
        }
    }
    return m_valid;
}

} // namespace presently::net
