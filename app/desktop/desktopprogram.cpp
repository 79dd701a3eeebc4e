// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/desktopprogram.h"

#include "app/common/accountchoice.h"
#include "models/presence/presencestore.h"
#include "net/client/credentialstoreentry.h"
#include "net/client/credentialstorememory.h"
#include "net/client/keychaincredentialstore.h"
#include "ui/common/wording.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/signindialog.h"
#include "ui/desktop/trayicon.h"

#include <QApplication>
#include <QMessageBox>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

DesktopProgram::DesktopProgram(
    QApplication &application, const ClientOptions &options, QByteArray secret)
    : m_application(application)
    , m_options(options)
    , m_secret(std::move(secret))
{
    connect(&m_activity, &ActivityWatch::changed, this, &DesktopProgram::reportActivity);
}

DesktopProgram::~DesktopProgram()
{
    net::wipe(m_secret);
}

void DesktopProgram::start()
{
    QApplication::setQuitOnLastWindowClosed(false);
    openProfile();
    restoreAppearance();
    m_theme.applyTo(m_application);
    if (m_options.isDemo) {
        startDemo();
        return;
    }
    const bool hasToken
        = !m_secret.isEmpty() && m_options.secretSource != SecretSource::PasswordOnStandardInput;
    if (hasToken)
        m_credentials = std::make_unique<net::MemoryCredentialStore>();
    else
        m_credentials = std::make_unique<net::KeychainCredentialStore>(u"Presently"_s);

    if (const auto account = chooseAccount(m_options, m_profile)) {
        openAccount(*account);
        openWindow();
        beginSession();
    } else {
        openDialog();
        if (m_options.server)
            m_dialog->setServer(*m_options.server);
        m_dialog->setLogin(m_options.login);
    }
}

void DesktopProgram::quit()
{
    if (std::exchange(m_isQuitting, true))
        return;
    closeDialog();
    closeWindow();
    if (!m_runtime) {
        QApplication::quit();
        return;
    }
    connect(m_runtime.get(), &ClientRuntime::finished, &m_application, &QApplication::quit,
        Qt::QueuedConnection);
    m_runtime->quit();
}

void DesktopProgram::openProfile()
{
    const bool leavesNothing
        = m_options.isDemo || (!m_secret.isEmpty() && m_options.login.isEmpty());
    if (leavesNothing && m_options.profileDirectory.isEmpty())
        return;
    const auto profile = Profile::open(m_options.profileDirectory);
    if (!profile) {
        m_notice = ui::errorWords(profile.error()).joined();
        return;
    }
    m_profile = *profile;
    if (m_profile.wasReset())
        m_notice = tr("The settings could not be read. They were set aside, and new ones begun.");
}

void DesktopProgram::startDemo()
{
    m_credentials = std::make_unique<net::MemoryCredentialStore>();
    m_server = std::make_unique<EmbeddedServer>();
    connect(
        m_server.get(), &EmbeddedServer::ready, this, [this](const EmbeddedServer::Person &person) {
            m_demoPerson = person;
            openAccount({person.server, person.login});
            openWindow();
            m_runtime->startWithToken(person.token);
        });
    connect(m_server.get(), &EmbeddedServer::failed, this, [this](const Error &error) {
        auto *box = new QMessageBox(QMessageBox::Critical, tr("Presently"), QString());
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(EmbeddedServer::failureText(error));
        connect(box, &QDialog::finished, this, &DesktopProgram::quit);
        box->open();
    });
    m_server->start();
}

void DesktopProgram::openAccount(const Account &account)
{
    closeAccount();
    m_runtime = std::make_unique<ClientRuntime>(
        runtimeOptions(m_profile, account, DeviceType::Desktop), *m_credentials, m_clock);
    connectRuntime();
    reportActivity();
}

void DesktopProgram::closeAccount()
{
    closeWindow();
    // It may be telling us something right now.
    if (m_runtime)
        m_runtime.release()->deleteLater();
}

void DesktopProgram::beginSession()
{
    if (m_secret.isEmpty()) {
        m_runtime->startFromKeychain();
    } else if (m_options.secretSource == SecretSource::PasswordOnStandardInput) {
        m_isSigningIn = true;
        m_runtime->signIn(QString::fromUtf8(m_secret), KeepCredentials::InKeychain);
    } else {
        m_runtime->startWithToken(m_secret);
    }
    net::wipe(m_secret);
}

void DesktopProgram::connectRuntime()
{
    ClientRuntime *runtime = m_runtime.get();
    connect(runtime, &ClientRuntime::signInNeeded, this, &DesktopProgram::onSignInNeeded);
    connect(runtime, &ClientRuntime::signedIn, this, &DesktopProgram::onSignedIn);
    connect(runtime, &ClientRuntime::signInFailed, this, [this](const Error &error) {
        m_isSigningIn = false;
        askForSignIn(error);
    });
    connect(
        runtime, &ClientRuntime::credentialsNotKept, this, &DesktopProgram::onCredentialsNotKept);
    connect(runtime, &ClientRuntime::signedOut, this, [this] {
        const Account account = m_runtime->account();
        closeAccount();
        openDialog();
        m_dialog->setServer(account.server);
        m_dialog->setLogin(account.login);
    });
    connect(runtime, &ClientRuntime::storageTroubled, this,
        [this](const Error &error, const QString &setAsidePath) {
            const QString words = ui::errorWords(error).joined();
            notify(setAsidePath.isEmpty()
                    ? words
                    : tr("%1 The damaged file is kept as %2.").arg(words, setAsidePath));
        });
}

void DesktopProgram::reportActivity()
{
    // Whoever quits says goodbye; the window that goes before is not one that hides.
    if (!m_runtime || m_isQuitting)
        return;
    m_runtime->setActivity(m_activity.state(), m_activity.idleFor());
    m_runtime->session().reading().setLocked(m_activity.isLocked());
    m_runtime->session().reading().setWindowShown(!m_activity.isHidden());
}

void DesktopProgram::askForSignIn(const Error &reason)
{
    openDialog();
    m_dialog->setServer(m_runtime->account().server);
    m_dialog->setLogin(m_runtime->account().login);
    m_dialog->setBusy(false);
    if (reason.code != ErrorCode::KeychainEntryNotFound)
        m_dialog->showError(reason);
}

void DesktopProgram::openDialog()
{
    if (!m_dialog) {
        m_dialog = std::make_unique<ui::SignInDialog>(m_theme);
        m_dialog->setWindowModality(Qt::ApplicationModal);
        connect(m_dialog.get(), &ui::SignInDialog::signInRequested, this,
            &DesktopProgram::onSignInRequested);
        connect(
            m_dialog.get(), &ui::SignInDialog::cancelled, this, &DesktopProgram::onSignInCancelled);
        connect(m_dialog.get(), &ui::SignInDialog::sessionOnlyAccepted, this, [this] {
            m_mustNotKeep = true;
            if (m_isSigningIn && m_runtime)
                m_runtime->keepForThisSession();
            else if (m_runtime)
                m_dialog->setLogin(m_runtime->account().login); // shows the form again
        });
        m_dialog->setKeepSignedIn(true);
    }
    m_dialog->show();
}

void DesktopProgram::closeDialog()
{
    if (!m_dialog)
        return;
    m_dialog->hide();
    m_dialog.release()->deleteLater();
}

void DesktopProgram::onSignInNeeded(const Error &error)
{
    // A demo's token ends; its password does not.
    if (m_demoPerson) {
        const auto person = *std::exchange(m_demoPerson, std::nullopt);
        m_runtime->signIn(person.password, KeepCredentials::ThisSession);
        return;
    }
    askForSignIn({ErrorCode::KeychainEntryNotFound, {}, {}, {}});
    switch (error.code) {
    case ErrorCode::KeychainEntryNotFound:
        break;
    case ErrorCode::KeychainAbsent:
    case ErrorCode::KeychainLocked:
    case ErrorCode::KeychainTimeout:
        m_dialog->offerSessionOnly(error);
        break;
    default:
        m_dialog->showError(error);
    }
}

void DesktopProgram::onSignedIn()
{
    m_isSigningIn = false;
    if (const auto saved = m_profile.remember(m_runtime->account()); !saved)
        notify(ui::errorWords(saved.error()).joined());
    closeDialog();
    if (!m_window)
        openWindow();
}

void DesktopProgram::onCredentialsNotKept(const Error &error)
{
    if (!m_isSigningIn) {
        notify(ui::errorWords(error).joined());
        return;
    }
    openDialog();
    m_dialog->setBusy(false);
    m_dialog->offerSessionOnly(error);
}

void DesktopProgram::onSignInRequested(
    const QUrl &server, const QString &login, const QString &password, bool keepSignedIn)
{
    const Account account{server, login};
    if (!m_runtime || m_runtime->account() != account)
        openAccount(account);
    m_isSigningIn = true;
    m_dialog->setBusy(true);
    m_runtime->signIn(password,
        keepSignedIn && !m_mustNotKeep ? KeepCredentials::InKeychain
                                       : KeepCredentials::ThisSession);
}

void DesktopProgram::onSignInCancelled()
{
    if (std::exchange(m_isSigningIn, false) && m_runtime) {
        // Whatever the server grants now is given back unseen.
        m_runtime->signOut();
        if (!m_window)
            closeAccount();
    }
    if (!m_window) {
        quit();
        return;
    }
    closeDialog();
}

} // namespace presently::app
