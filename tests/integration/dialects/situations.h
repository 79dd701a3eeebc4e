// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/dialects/stage.h"

namespace presently::test {

//! \brief Something that can happen to bao, in any dialect in which it can.
struct Situation {
    const char *name;
    bool (*happensIn)(const DialectFace &face);
    void (*play)(Stage &stage);
};

[[nodiscard]] const std::vector<Situation> &situations();

} // namespace presently::test
