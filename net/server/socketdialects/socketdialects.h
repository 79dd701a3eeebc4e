// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"

#include <memory>

namespace presently::net {

//! Socket.IO and the dialects that are spoken over it, `friends` and `devices`: two, but both serve
//! its namespace `/`.
[[nodiscard]] std::unique_ptr<DialectAdapter> makeSocketDialects(const DialectContext &context);

} // namespace presently::net
