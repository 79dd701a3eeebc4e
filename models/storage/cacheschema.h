// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

namespace presently {

class SqlConnection;

//! Brings the schema of a client's cache up to date. Errors: as migrate().
[[nodiscard]] Expected<void, Error> migrateCacheSchema(SqlConnection &connection);

} // namespace presently
