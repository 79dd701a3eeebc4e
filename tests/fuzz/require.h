// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdlib>

namespace presently::test {

//! Ends the process when something that must always hold does not: a fuzzer sees that as a crash.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace presently::test
