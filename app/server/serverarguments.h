// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/serveroptions.h"

#include <QString>
#include <QStringList>

namespace presently::app {

//! \brief What `presently-server user` is asked to do.
enum class UserAction { Add, ChangePassword, List, Remove };

//! \brief What the arguments amount to.
struct ServerArguments {
    enum class Outcome { Serve, ManageUsers, ShowText, UsageError };

    Outcome outcome = Outcome::Serve;
    net::ServerOptions options; //!< of the configuration file, with the arguments over it
    bool exitWithParent = false;
    UserAction userAction = UserAction::List;
    QString login; //!< of the user command
    QString text; //!< help or version for standard output, or what is wrong for standard error

    //! \a arguments as main() gets them, the program's name first. Reads the configuration file.
    [[nodiscard]] static ServerArguments parse(const QStringList &arguments);
};

} // namespace presently::app
