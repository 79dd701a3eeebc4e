// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/serverarguments.h"
#include "models/core/clock.h"

#include <QByteArray>

namespace presently::app {

//! \brief What a user command has to say.
struct UserCommandResult {
    bool done = false;
    QString text; //!< for standard output when done, else for standard error
};

//! Makes, changes, lists or removes accounts in the database of \a arguments. \a password is what
//! stood on standard input; its last line break does not count.
[[nodiscard]] UserCommandResult runUserCommand(
    const ServerArguments &arguments, const QByteArray &password, const Clock &clock);
//! Whether the action reads a password.
[[nodiscard]] bool needsPassword(UserAction action);

} // namespace presently::app
