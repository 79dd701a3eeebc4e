// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently::net {

class Router;
class StatusDesk;
class StatusView;

//! The REST face of the dialect, below /api/v1/users: the same calls in JSON. It borrows both.
void addStatusRoutes(Router &router, StatusDesk &desk, const StatusView &view);

} // namespace presently::net
