// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/router.h"
#include "net/server/dialect.h"

namespace presently::net {

//! Adds the sign-in of `devices`: `POST /api/v1/auth/login`. Refusals are devices::Failure.
void addDevicesRoutes(Router &router, const DialectContext &context);

} // namespace presently::net
