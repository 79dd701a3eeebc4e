// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/desktopprogram.h"

#include "models/store/session.h"
#include "ui/common/wording.h"
#include "ui/desktop/signindialog.h"

#include <utility>

//! \file
//! The part of DesktopProgram that has to do with signing in.

namespace presently::app {

namespace {

//! Asks without a word of what went wrong.
const Error NobodySignedIn{ErrorCode::KeychainEntryNotFound, {}, {}, {}};

} // namespace

void DesktopProgram::askForSignIn(ClientRuntime &runtime, const Error &reason)
{
    openDialog();
    m_asking = &runtime;
    m_dialog->setServer(runtime.account().server);
    m_dialog->setLogin(runtime.account().login);
    m_dialog->setBusy(false);
    if (reason.code != ErrorCode::KeychainEntryNotFound)
        m_dialog->showError(reason);
}

void DesktopProgram::addAccount()
{
    openDialog();
    m_dialog->setPurpose(ui::SignInPurpose::AddAccount);
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
        connect(m_dialog.get(), &ui::SignInDialog::sessionOnlyAccepted, this,
            &DesktopProgram::onSessionOnlyAccepted);
        m_dialog->setKeepSignedIn(true);
    }
    m_dialog->show();
}

void DesktopProgram::closeDialog()
{
    m_asking = nullptr;
    m_isSigningIn = false;
    if (!m_dialog)
        return;
    m_dialog->hide();
    m_dialog.release()->deleteLater();
}

bool DesktopProgram::isSigningIn(const ClientRuntime &runtime) const
{
    return m_isSigningIn && m_asking == &runtime;
}

void DesktopProgram::beginSignIn(
    ClientRuntime &runtime, const QString &password, KeepCredentials keep)
{
    m_asking = &runtime;
    m_isSigningIn = true;
    runtime.signIn(password, keep);
}

//! One that was to be added and is nobody's yet.
void DesktopProgram::closeCandidate()
{
    if (m_asking && !m_hub->isEnlisted(*m_asking))
        m_hub->close(*m_asking);
    m_asking = nullptr;
}

void DesktopProgram::onSignInNeeded(ClientRuntime &runtime, const Error &error)
{
    // A demo's token ends; its password does not.
    const bool isDemo
        = m_demoPerson && runtime.account() == Account{m_demoPerson->server, m_demoPerson->login};
    if (isDemo) {
        const auto person = *std::exchange(m_demoPerson, std::nullopt);
        beginSignIn(runtime, person.password, KeepCredentials::ThisSession);
        return;
    }
    // The menu of accounts tells of one that is not shown; nobody is interrupted for it.
    const bool isAskingForAnother = m_dialog && m_asking != &runtime;
    if (m_hub->current() != &runtime || isAskingForAnother)
        return;
    askForSignIn(runtime, NobodySignedIn);
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

void DesktopProgram::onSignedIn(ClientRuntime &runtime)
{
    if (const auto saved = m_profile.remember(runtime.account()); !saved)
        notify(ui::errorWords(saved.error()).joined());
    m_hub->enlist(runtime);
    const bool wasAsked = m_asking == &runtime;
    if (wasAsked) {
        closeDialog();
        m_hub->list().setCurrent(runtime.session());
    }
    if (!m_window)
        openWindow();
}

void DesktopProgram::onSignInFailed(ClientRuntime &runtime, const Error &error)
{
    if (isSigningIn(runtime)) {
        m_isSigningIn = false;
        askForSignIn(runtime, error);
    }
}

void DesktopProgram::onCredentialsNotKept(ClientRuntime &runtime, const Error &error)
{
    if (!isSigningIn(runtime)) {
        notify(ui::errorWords(error).joined());
        return;
    }
    openDialog();
    m_dialog->setBusy(false);
    m_dialog->offerSessionOnly(error);
}

void DesktopProgram::onSessionOnlyAccepted()
{
    m_mustNotKeep = true;
    if (m_isSigningIn && m_asking)
        m_asking->keepForThisSession();
    else if (m_asking)
        m_dialog->setLogin(m_asking->account().login); // shows the form again
}

void DesktopProgram::onSignInRequested(
    const QUrl &server, const QString &login, const QString &password, bool keepSignedIn)
{
    const Account account{server, login};
    ClientRuntime *runtime = m_hub->find(account);
    const int row = runtime ? m_hub->list().rowOf(runtime->session()) : -1;
    if (row >= 0 && runtime != m_asking
        && m_hub->list().stateOf(row) != AccountState::SignInNeeded) {
        // It is here already: whoever wants to see it may.
        closeCandidate();
        closeDialog();
        m_hub->list().setCurrent(runtime->session());
        return;
    }
    if (runtime != m_asking)
        closeCandidate();
    if (!runtime)
        runtime = &openAccount(account);
    m_dialog->setBusy(true);
    beginSignIn(*runtime, password,
        keepSignedIn && !m_mustNotKeep ? KeepCredentials::InKeychain
                                       : KeepCredentials::ThisSession);
}

void DesktopProgram::onSignInCancelled()
{
    // Whatever the server grants a newcomer now is given back unseen.
    if (m_isSigningIn && m_asking && !m_hub->isEnlisted(*m_asking))
        m_asking->signOut();
    closeCandidate();
    if (!m_window) {
        quit();
        return;
    }
    closeDialog();
}

} // namespace presently::app
