// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

#include <QDialog>
#include <QUrl>

#include <memory>

namespace presently::ui {

class Theme;

//! What a sign-in is for, for the words shown.
enum class SignInPurpose { Begin, AddAccount };

//! \brief Where a person says which server and who he is. Knows no network: it asks, and is told.
//!
//! Errors:    showError() puts what happened and what to do inline, beside the field it is about.
//! Ownership: borrows \a theme, which must outlive it.
class SignInDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignInDialog)

public:
    explicit SignInDialog(Theme &theme, QWidget *parent = nullptr);
    ~SignInDialog() override;

    //! Begin until it is said.
    void setPurpose(SignInPurpose purpose);
    void setServer(const QUrl &server);
    void setLogin(const QString &login);
    void setKeepSignedIn(bool keep);

    //! While busy the fields are locked and the button shows that we wait.
    void setBusy(bool busy);
    void showError(const Error &error);
    //! There is no usable keychain: this session only, or cancel. Never silent plain text.
    void offerSessionOnly(const Error &keychainError);

    void reject() override;

Q_SIGNALS:
    //! \a keepSignedIn: put the token in the keychain.
    void signInRequested(
        const QUrl &server, const QString &login, const QString &password, bool keepSignedIn);
    //! The person agreed to be signed in until the program ends.
    void sessionOnlyAccepted();
    //! Esc or Cancel, also while busy or while the keychain question is open.
    void cancelled();

private:
    struct Widgets;
    void build();
    void submit();
    void showForm();
    void refreshButton();

    Theme &m_theme;
    std::unique_ptr<Widgets> m_ui;
    bool m_busy = false;
    bool m_asking = false; //!< the question about the keychain is open
};

} // namespace presently::ui
