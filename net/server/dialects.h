// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"

#include <memory>
#include <vector>

namespace presently::net {

//! Each dialect that this server speaks beside mtchat: one row each.
[[nodiscard]] std::vector<std::unique_ptr<DialectAdapter>> makeDialects(
    const DialectContext &context);

} // namespace presently::net
