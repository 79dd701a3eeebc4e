// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/socketio/fuzzsocketio.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    presently::test::fuzzSocketIo({data, qsizetype(size)});
    return 0;
}
