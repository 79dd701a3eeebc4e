// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/clientruntime.h"
#include "app/common/commandline.h"
#include "app/common/embeddedserver.h"
#include "app/common/profile.h"
#include "app/desktop/activitywatch.h"
#include "app/platform/platform.h"
#include "ui/desktop/theme.h"

#include <QObject>

#include <memory>
#include <optional>

class QApplication;

namespace presently::net {
class CredentialStore;
}

namespace presently::ui {
class MainWindow;
class SignInDialog;
class TrayIcon;
} // namespace presently::ui

namespace presently::app {

//! \brief The desktop client as one piece: which account runs, which window is open, and what
//! passes between them and the machine.
//!
//! Threading: the window's thread.
class DesktopProgram : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DesktopProgram)

public:
    DesktopProgram(QApplication &application, const ClientOptions &options, QByteArray secret);
    ~DesktopProgram() override;

    //! Opens a window, or the sign-in dialog.
    void start();
    //! Says goodbye and ends the program.
    void quit();

private:
    void openProfile();
    void startDemo();
    void openAccount(const Account &account);
    void connectRuntime();
    void closeAccount();
    void beginSession();

    void openWindow();
    void connectWindow();
    void closeWindow();
    void reopenConversation();
    [[nodiscard]] QString conversationKey() const;
    void startPlatform();
    void followSystemAppearance();
    void restoreAppearance();
    void startTray();
    void refreshTray();
    void reportActivity();
    void notify(const QString &words);

    void askForSignIn(const Error &reason);
    void openDialog();
    void closeDialog();
    void onSignInRequested(
        const QUrl &server, const QString &login, const QString &password, bool keepSignedIn);
    void onSignInCancelled();
    void onSignedIn();
    void onCredentialsNotKept(const Error &error);
    void onSignInNeeded(const Error &error);

    QApplication &m_application;
    const ClientOptions m_options;
    QByteArray m_secret;
    const SystemClock m_clock;
    Profile m_profile = Profile::inMemory();
    QString m_notice; //!< to be said when there is a window to say it in
    ui::Theme m_theme;
    std::unique_ptr<net::CredentialStore> m_credentials;
    std::unique_ptr<EmbeddedServer> m_server;
    std::optional<EmbeddedServer::Person> m_demoPerson;
    std::unique_ptr<ClientRuntime> m_runtime;
    std::unique_ptr<ui::MainWindow> m_window; //!< borrows the runtime's session: goes first
    std::unique_ptr<ui::SignInDialog> m_dialog;
    std::unique_ptr<ui::TrayIcon> m_tray;
    ActivityWatch m_activity;
    std::optional<Platform> m_platform;
    bool m_isSigningIn = false;
    bool m_mustNotKeep = false; //!< the keychain did not answer: it may hold what must stay
    bool m_isQuitting = false;
};

} // namespace presently::app
