// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

namespace presently {

class SqlConnection;

//! Brings the server's schema up to date, each step in one transaction. Errors: StorageFailed for
//! a schema newer than this program, which is left alone.
[[nodiscard]] Expected<void, Error> migrateServerSchema(SqlConnection &connection);

} // namespace presently
