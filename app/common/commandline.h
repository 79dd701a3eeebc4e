// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace presently::app {

//! \brief Where a sign-in gets its secret from, when not from the keychain or a dialog.
enum class SecretSource { None, TokenFile, TokenOnStandardInput, PasswordOnStandardInput };

//! \brief What `presently-tui` is asked to do.
enum class TerminalAction { Watch, Who };

//! \brief Everything a client program can be told when it is started. No option holds a secret:
//! arguments are there for all to read.
struct ClientOptions {
    bool isDemo = false;
    std::optional<QUrl> server; //!< scheme, host and port
    QString dialect; //!< empty: found out
    QString login;
    SecretSource secretSource = SecretSource::None;
    QString tokenFile;
    QString profileDirectory; //!< empty: the standard place

    TerminalAction action = TerminalAction::Watch;
    bool isJson = false;
    bool isLinear = false;
    std::optional<std::chrono::seconds> duration; //!< of `watch`; none: until interrupted
};

enum class Program { Desktop, Terminal };

//! \brief What the arguments amount to: options to run with, or a text and an end.
struct CommandLine {
    enum class Outcome { Run, ShowText, UsageError };

    Outcome outcome = Outcome::Run;
    ClientOptions options;
    QString text; //!< help or version for standard output, or what is wrong for standard error

    //! \a arguments as main() gets them, the program's name first.
    [[nodiscard]] static CommandLine parse(Program program, const QStringList &arguments);
};

} // namespace presently::app
