// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"

#include <QMainWindow>
#include <QUrl>

#include <memory>
#include <optional>

namespace presently {
class AccountList;
class Session;
} // namespace presently

namespace presently::ui {

class Theme;
class WindowActivity;

//! \brief The one window: a page for each account, one of them shown. Talks to Sessions only.
//!
//! A page is made when its account is shown for the first time, and goes with the account. Closing
//! the window hides it when there is a tray to come back from (setClosesToTray), otherwise it asks
//! to quit.
//! Ownership: borrows all that it is given, which must outlive it.
//! Threading: the window's thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    MainWindow(AccountList &accounts, Theme &theme, const Clock &clock, QWidget *parent = nullptr);
    //! With one account and no other.
    MainWindow(Session &session, Theme &theme, const Clock &clock, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] WindowActivity &activity() const;
    void setClosesToTray(bool toTray);
    //! Shows one line at the foot of the window for a few seconds.
    void showNotice(const QString &text);

    //! \name The account that is shown
    //! @{
    [[nodiscard]] ConversationId openConversation() const;
    void openConversation(const ConversationId &conversation);
    //! Opens \a last, or where it is not and there is room for messages beside the list, the top
    //! conversation: now or as soon as the list is known, unless something was opened meanwhile.
    void reopen(const ConversationId &last);
    //! @}
    //! None: \a session has not been shown yet.
    [[nodiscard]] std::optional<ConversationId> openConversationOf(const Session &session) const;

Q_SIGNALS:
    void quitRequested();
    void addAccountRequested();
    //! Of the account that is shown, as is the next one.
    void signOutRequested();
    //! The session ended from outside and the person wants to come back.
    void signInRequested();
    //! A person chose to open a link that passed the policy of net/README.md, "Links".
    void linkActivated(const QUrl &url);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void begin(AccountList &accounts, Theme &theme, const Clock &clock);

    class Private;
    std::unique_ptr<AccountList> m_own; //!< when it was given a session alone
    std::unique_ptr<Private> d;
};

} // namespace presently::ui
