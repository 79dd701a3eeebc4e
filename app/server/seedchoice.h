// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/seed.h"
#include "net/server/serveroptions.h"

namespace presently::app {

//! The seed that the options ask for; an empty one when they ask for none. Errors: as loadSeed().
[[nodiscard]] Expected<Seed, Error> chosenSeed(const net::StorageOptions &storage);

} // namespace presently::app
