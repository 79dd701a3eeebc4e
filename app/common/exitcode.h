// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

namespace presently::app {

//! \brief What a program says to the shell when it ends; scripts rely on the numbers.
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    NotSignedIn = 3,
    ServerOutOfReach = 4,
};

//! The exit code for a session that ended because of \a error.
[[nodiscard]] ExitCode exitCodeFor(const Error &error);

} // namespace presently::app
