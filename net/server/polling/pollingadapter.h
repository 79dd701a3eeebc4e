// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"

#include <memory>

namespace presently::net {

//! The dialect `polling`: heartbeats and lists over plain HTTP, no connection. Two servers of it are
//! published, which differ in who may ask without a token; both are served at once (PollingFace).
[[nodiscard]] std::unique_ptr<DialectAdapter> makePollingAdapter(const DialectContext &context);

} // namespace presently::net
