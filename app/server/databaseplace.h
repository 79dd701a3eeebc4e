// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/serverdatabase.h"
#include "net/server/serveroptions.h"

namespace presently::app {

//! Opens the database of a server, and makes its directory, readable by the owner alone, when there
//! is none.
[[nodiscard]] Expected<std::unique_ptr<ServerDatabase>, Error> openDatabase(
    const net::StorageOptions &storage);

//! Its file, or ":memory:".
[[nodiscard]] QString databasePath(const net::StorageOptions &storage);

} // namespace presently::app
