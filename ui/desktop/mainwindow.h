// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "models/core/presence.h"

#include <QMainWindow>
#include <QUrl>

#include <memory>

namespace presently {
class Session;
}

namespace presently::ui {

class Theme;
class WindowActivity;

//! \brief The one window: conversations, messages, participants. Talks to the Session only.
//!
//! Panes fold away: three from 1200 px, two from 768 px, one below. Closing it hides it when there
//! is a tray to come back from (setClosesToTray), otherwise it asks to quit.
//! Ownership: borrows \a session, \a theme and \a clock, which must outlive it.
//! Threading: the window's thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    MainWindow(Session &session, Theme &theme, const Clock &clock, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] WindowActivity &activity() const;
    void setClosesToTray(bool toTray);
    //! Shows one line at the foot of the window for a few seconds.
    void showNotice(const QString &text);
    [[nodiscard]] ConversationId openConversation() const;
    void openConversation(const ConversationId &conversation);
    //! Opens \a last, or where it is not and there is room for messages beside the list, the top
    //! conversation: now or as soon as the list is known, unless something was opened meanwhile.
    void reopen(const ConversationId &last);
    //! What others see of us, for the tray: unknown while our link is down.
    [[nodiscard]] Status ownStatus() const;

Q_SIGNALS:
    void quitRequested();
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
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently::ui
