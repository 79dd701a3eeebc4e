// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QToolButton>

namespace presently {
class AccountList;
}

namespace presently::ui {

class Theme;

//! \brief Opens the menu of accounts; tells how much is unread in the others and whether one of
//! them waits for its person.
class AccountButton : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountButton)

public:
    AccountButton(AccountList &accounts, Theme &theme, QWidget *parent = nullptr);

    void openMenu();

Q_SIGNALS:
    void addRequested();
    //! Of the current account.
    void signOutRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    [[nodiscard]] bool needsPerson() const;

    AccountList &m_accounts;
    Theme &m_theme;
};

} // namespace presently::ui
