// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/commandline.h"

#include <QByteArray>

#include <optional>

namespace presently::app {

//! \brief What a client was started with, or the exit code with which it has nothing more to do.
struct ProgramStart {
    std::optional<int> exitCode; //!< set: everything has been said, return it
    ClientOptions options;
    QByteArray secret; //!< the password or token from a file or standard input, if one was named
};

//! Reads the command line and the secret that it names. Prints help, version and what is wrong.
//! Needs no application object: `--help` works where no window can open.
[[nodiscard]] ProgramStart startProgram(Program program, int argc, char *argv[]);

} // namespace presently::app
