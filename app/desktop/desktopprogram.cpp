// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/desktopprogram.h"

#include "app/common/accountchoice.h"
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

DesktopProgram::DesktopProgram(QApplication &application, const ClientOptions &options,
    QByteArray secret, net::CredentialStore *keychain)
    : m_application(application)
    , m_options(options)
    , m_secret(std::move(secret))
    , m_credentials(keychain)
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
    makeHub();
    if (m_options.isDemo) {
        startDemo();
    } else if (const auto account = chooseAccount(m_options, m_profile)) {
        ClientRuntime &runtime = openAccount(*account);
        m_hub->enlist(runtime);
        openWindow();
        beginSession(runtime);
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
    if (!m_hub) {
        Q_EMIT ended();
        return;
    }
    connect(m_hub.get(), &AccountHub::finished, this, &DesktopProgram::ended);
    m_hub->quit();
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

//! What was passed by token is kept nowhere, and then nothing else is looked for either.
void DesktopProgram::makeHub()
{
    const bool hasToken
        = !m_secret.isEmpty() && m_options.secretSource != SecretSource::PasswordOnStandardInput;
    m_keepsToItself = m_options.isDemo || hasToken;
    if (m_keepsToItself)
        m_ownCredentials = std::make_unique<net::MemoryCredentialStore>();
    else if (!m_credentials)
        m_ownCredentials = std::make_unique<net::KeychainCredentialStore>(u"Presently"_s);
    if (m_ownCredentials)
        m_credentials = m_ownCredentials.get();
    m_hub = std::make_unique<AccountHub>(m_profile, *m_credentials, m_clock);
}

void DesktopProgram::startDemo()
{
    m_server = std::make_unique<EmbeddedServer>();
    connect(
        m_server.get(), &EmbeddedServer::ready, this, [this](const EmbeddedServer::Person &person) {
            m_demoPerson = person;
            ClientRuntime &runtime = openAccount({person.server, person.login});
            m_hub->enlist(runtime);
            openWindow();
            runtime.startWithToken(person.token);
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

ClientRuntime &DesktopProgram::openAccount(const Account &account)
{
    ClientRuntime &runtime = m_hub->open(account);
    connectRuntime(runtime);
    reportActivity();
    return runtime;
}

void DesktopProgram::beginSession(ClientRuntime &runtime)
{
    if (m_secret.isEmpty())
        runtime.startFromKeychain();
    else if (m_options.secretSource == SecretSource::PasswordOnStandardInput)
        beginSignIn(runtime, QString::fromUtf8(m_secret), KeepCredentials::InKeychain);
    else
        runtime.startWithToken(m_secret);
    net::wipe(m_secret);
}

//! The other remembered accounts, when the window stands: they must not make anybody wait for it.
void DesktopProgram::restoreOthers()
{
    if (m_keepsToItself)
        return;
    const QList<Account> accounts = m_profile.accountsAsAdded();
    for (const Account &account : accounts) {
        if (m_hub->find(account))
            continue;
        ClientRuntime &runtime = openAccount(account);
        m_hub->enlist(runtime);
        runtime.startFromKeychain();
    }
}

void DesktopProgram::connectRuntime(ClientRuntime &runtime)
{
    connect(&runtime, &ClientRuntime::signInNeeded, this,
        [this, &runtime](const Error &error) { onSignInNeeded(runtime, error); });
    connect(&runtime, &ClientRuntime::signedIn, this, [this, &runtime] { onSignedIn(runtime); });
    connect(&runtime, &ClientRuntime::signInFailed, this,
        [this, &runtime](const Error &error) { onSignInFailed(runtime, error); });
    connect(&runtime, &ClientRuntime::credentialsNotKept, this,
        [this, &runtime](const Error &error) { onCredentialsNotKept(runtime, error); });
    connect(&runtime, &ClientRuntime::signedOut, this, [this, &runtime] { onSignedOut(runtime); });
    connect(&runtime, &ClientRuntime::storageTroubled, this,
        [this](const Error &error, const QString &setAsidePath) {
            const QString words = ui::errorWords(error).joined();
            notify(setAsidePath.isEmpty()
                    ? words
                    : tr("%1 The damaged file is kept as %2.").arg(words, setAsidePath));
        });
}

//! The others go on. After the last one somebody may want to come back, or to come as another.
void DesktopProgram::onSignedOut(ClientRuntime &runtime)
{
    const Account account = runtime.account();
    const bool wasLast = m_hub->list().count() <= 1;
    if (m_asking == &runtime)
        closeDialog();
    if (wasLast)
        closeWindow();
    else if (const auto saved = m_profile.forget(account); !saved)
        notify(ui::errorWords(saved.error()).joined());
    m_hub->close(runtime);
    if (!wasLast)
        return;
    openDialog();
    m_dialog->setServer(account.server);
    m_dialog->setLogin(account.login);
}

void DesktopProgram::reportActivity()
{
    // Whoever quits says goodbye; the window that goes before is not one that hides.
    if (!m_hub || m_isQuitting)
        return;
    const QList<ClientRuntime *> runtimes = m_hub->runtimes();
    for (ClientRuntime *runtime : runtimes) {
        runtime->setActivity(m_activity.state(), m_activity.idleFor());
        runtime->session().reading().setLocked(m_activity.isLocked());
    }
}

} // namespace presently::app
