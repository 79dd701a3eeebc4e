// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMenu>

namespace presently {
class AccountList;
class Session;
} // namespace presently

namespace presently::ui {

class Theme;

//! \brief The accounts of this window to switch between, a way to another one, and a way out.
//!
//! Rows follow the list while the menu is open; an account that comes or goes closes it.
//! Ownership: borrows \a accounts and \a theme.
class AccountMenu : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountMenu)

public:
    AccountMenu(AccountList &accounts, const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void addRequested();
    //! Of the current account.
    void signOutRequested();

private:
    void addRow(Session &session, const Theme &theme);

    AccountList &m_accounts;
};

} // namespace presently::ui
