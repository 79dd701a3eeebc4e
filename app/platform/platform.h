// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/platformsources.h"

#include <memory>

namespace presently::app {

//! \brief What this machine can tell about the person in front of it. None of the five is ever
//! null: where a service is missing, its source simply never says anything.
struct Platform {
    std::unique_ptr<LockSource> lock;
    std::unique_ptr<SleepSource> sleep;
    std::unique_ptr<NetworkSource> network;
    std::unique_ptr<IdleSource> idle;
    std::unique_ptr<AppearanceSource> appearance;

    //! Takes some milliseconds for the buses: call it after the first paint.
    [[nodiscard]] static Platform ofThisMachine();
};

} // namespace presently::app
