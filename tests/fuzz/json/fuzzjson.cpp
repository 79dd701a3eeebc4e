// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/json/fuzzjson.h"

#include "net/wire/json/boundedjson.h"
#include "tests/fuzz/require.h"

#include <algorithm>

namespace presently::test {

//! What was read is written in ASCII, and read again as the same.
void fuzzJson(QByteArrayView bytes)
{
    const auto object = net::parseObject(bytes);
    if (!object)
        return;
    const QByteArray written = net::toAsciiJson(*object);
    require(std::all_of(
        written.begin(), written.end(), [](char c) { return quint8(c) >= 0x20 && c < 0x7F; }));
    // Numbers and escapes may have grown.
    const auto again = net::parseObject(written, {written.size(), 32});
    require(again.has_value() && *again == *object);
}

} // namespace presently::test
