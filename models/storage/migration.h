// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/statement.h"

#include <span>
#include <vector>

namespace presently {

//! \brief The statements that lead from one schema version to the next.
using Migration = std::vector<Sql>;

//! Runs those of \a migrations that \a connection has not seen yet: the file's `user_version` says
//! how many it has. Each is all or nothing. Errors: StorageFailed for a file that has seen more.
[[nodiscard]] Expected<void, Error> migrate(
    SqlConnection &connection, std::span<const Migration> migrations);

} // namespace presently
