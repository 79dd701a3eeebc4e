// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedchoice.h"

namespace presently::app {

Expected<Seed, Error> chosenSeed(const net::StorageOptions &storage)
{
    if (!storage.seedFile.isEmpty())
        return loadSeed(storage.seedFile);
    return storage.builtInSeed ? builtInSeed() : Seed{};
}

} // namespace presently::app
