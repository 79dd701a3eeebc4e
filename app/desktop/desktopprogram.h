// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/commandline.h"
#include "app/common/embeddedserver.h"
#include "app/common/profile.h"
#include "app/desktop/accounthub.h"
#include "app/desktop/activitywatch.h"
#include "app/platform/platform.h"
#include "ui/desktop/theme.h"

#include <QObject>
#include <QSet>

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

//! \brief The desktop client as one piece: which accounts run, which window is open, and what passes
//! between them and the machine.
//!
//! The account that is shown starts first, the other remembered ones after the first paint. What
//! one of them needs is said in the menu of accounts and stops none of the others.
//! Ownership: borrows the application and \a keychain, which must outlive it.
//! Threading: the window's thread.
class DesktopProgram : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DesktopProgram)

public:
    //! \a keychain: where sign-ins are kept, instead of the system's.
    DesktopProgram(QApplication &application, const ClientOptions &options, QByteArray secret,
        net::CredentialStore *keychain = nullptr);
    ~DesktopProgram() override;

    //! Opens a window, or the sign-in dialog.
    void start();
    //! Says goodbye and closes everything; then comes `ended`.
    void quit();

Q_SIGNALS:
    void ended();

private:
    void openProfile();
    void startDemo();
    void makeHub();
    ClientRuntime &openAccount(const Account &account);
    void connectRuntime(ClientRuntime &runtime);
    void beginSession(ClientRuntime &runtime);
    void restoreOthers();
    void onSignedOut(ClientRuntime &runtime);

    void openWindow();
    void connectWindow();
    void closeWindow();
    void onCurrentChanged();
    void reopenConversation();
    [[nodiscard]] QString conversationKey(const ClientRuntime &runtime) const;
    void startPlatform();
    void followSystemAppearance();
    void restoreAppearance();
    void startTray();
    void refreshTray();
    void reportActivity();
    void notify(const QString &words);

    // Signing in
    void askForSignIn(ClientRuntime &runtime, const Error &reason);
    void addAccount();
    void openDialog();
    void closeDialog();
    void beginSignIn(ClientRuntime &runtime, const QString &password, KeepCredentials keep);
    void closeCandidate();
    [[nodiscard]] bool isSigningIn(const ClientRuntime &runtime) const;
    void onSignInRequested(
        const QUrl &server, const QString &login, const QString &password, bool keepSignedIn);
    void onSignInCancelled();
    void onSignedIn(ClientRuntime &runtime);
    void onSignInFailed(ClientRuntime &runtime, const Error &error);
    void onCredentialsNotKept(ClientRuntime &runtime, const Error &error);
    void onSignInNeeded(ClientRuntime &runtime, const Error &error);
    void onSessionOnlyAccepted();

    QApplication &m_application;
    const ClientOptions m_options;
    QByteArray m_secret;
    const SystemClock m_clock;
    Profile m_profile = Profile::inMemory();
    QString m_notice; //!< to be said when there is a window to say it in
    ui::Theme m_theme;
    std::unique_ptr<net::CredentialStore> m_ownCredentials;
    net::CredentialStore *m_credentials; //!< null until start(), unless one was given
    std::unique_ptr<EmbeddedServer> m_server;
    std::optional<EmbeddedServer::Person> m_demoPerson;
    std::unique_ptr<AccountHub> m_hub;
    std::unique_ptr<ui::MainWindow> m_window; //!< borrows the hub's sessions: goes first
    QSet<const Session *> m_reopened; //!< in this window
    std::unique_ptr<ui::SignInDialog> m_dialog;
    ClientRuntime *m_asking = nullptr; //!< whom the dialog is about; null: an account to be added
    std::unique_ptr<ui::TrayIcon> m_tray;
    ActivityWatch m_activity;
    std::optional<Platform> m_platform;
    bool m_isSigningIn = false; //!< m_asking waits for the server's answer
    bool m_keepsToItself = false; //!< a demo or a token: no keychain, no other accounts
    bool m_mustNotKeep = false; //!< the keychain did not answer: it may hold what must stay
    bool m_isQuitting = false;
};

} // namespace presently::app
