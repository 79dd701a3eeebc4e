// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/clientruntime.h"
#include "app/common/commandline.h"
#include "app/common/embeddedserver.h"
#include "app/common/exitcode.h"
#include "app/common/profile.h"
#include "app/terminal/peoplelist.h"
#include "app/terminal/terminalstyle.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace presently::net {
class CredentialStore;
}

namespace presently::app {

//! \brief `who` and `watch`: signs in, prints, and ends with an exit code.
//!
//! What is asked for goes to standard output, everything else to standard error.
//! Threading: the main thread.
class TerminalProgram : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TerminalProgram)

public:
    TerminalProgram(const ClientOptions &options, const TerminalStyle &style, QByteArray secret,
        QObject *parent = nullptr);
    ~TerminalProgram() override;

    void start();
    void end(ExitCode code);

Q_SIGNALS:
    void finished(int exitCode);

private:
    void startDemo();
    void startAccount();
    void run(const Account &account);
    void signIn();
    void onPresenceReceived(bool isComplete);
    void onLinkChanged(const LinkStatus &link);
    void onComplete();
    void printChanges(const QList<UserId> &users);
    void fail(const Error &error);
    void fail(ExitCode code, const QString &words);
    [[nodiscard]] bool isPassedByToken() const;

    const ClientOptions m_options;
    const TerminalStyle m_style;
    QByteArray m_secret;
    const SystemClock m_clock;
    Profile m_profile = Profile::inMemory();
    std::unique_ptr<EmbeddedServer> m_server;
    std::unique_ptr<net::CredentialStore> m_credentials;
    std::unique_ptr<ClientRuntime> m_runtime;
    QTimer m_settle; //!< waits for the last part of a snapshot
    QTimer m_deadline;
    QHash<UserId, PersonLine> m_printed;
    std::optional<LinkState> m_printedLink;
    ExitCode m_exitCode = ExitCode::Done;
    bool m_hasRoster = false;
    bool m_hasPresence = false;
    bool m_isWatching = false;
    bool m_isEnding = false;
};

} // namespace presently::app
