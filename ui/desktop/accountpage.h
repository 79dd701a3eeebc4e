// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <optional>

class QFrame;
class QVBoxLayout;

namespace presently {
class AccountList;
class Session;
} // namespace presently

namespace presently::ui {

class AccountButton;
class ConversationPane;
class MessagePane;
class OutageBar;
class ParticipantPane;
class Theme;

//! \brief All that the window shows of one account: conversations, messages, participants, outage.
//! Nothing on it is of another account, drafts included.
//!
//! Panes fold away by the width of the window: three from 1200 px, two from 768 px, one below.
//! Ownership: borrows all that it is given, which must outlive it.
//! Threading: the window's thread.
class AccountPage : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountPage)

public:
    AccountPage(
        Session &session, AccountList &accounts, Theme &theme, const Clock &clock, QWidget *parent);

    [[nodiscard]] Session &session() { return m_session; }
    [[nodiscard]] ConversationId openConversation() const;
    void open(const ConversationId &conversation);
    //! Opens \a last, or where it is not and there is room for messages beside the list, the top
    //! conversation: now or as soon as the list is known, unless something was opened meanwhile.
    void reopen(const ConversationId &last);
    //! Whether somebody can see it: only then is anything read, or repainted for its age.
    void setOnScreen(bool onScreen);
    void fold();

    //! \name What the keyboard asks for
    //! @{
    void focusFilter();
    void focusMessage(); //!< nowhere when nothing is open
    void openNeighbour(int step);
    void openAccountMenu();
    void togglePeople();
    //! Leaves the innermost place: an answer, the people of a narrow window, the conversation.
    void closeOnePlace();
    //! @}

Q_SIGNALS:
    void quitRequested();
    void addAccountRequested();
    void signOutRequested();
    void signInRequested();
    void linkActivated(const QUrl &url);
    void noticeRequested(const QString &text);

private:
    void build(AccountList &accounts, Theme &theme, const Clock &clock);
    void wireSession();
    void wirePanes();
    void showServer(const AccountList &accounts);
    void placeOutage(bool withMessages);
    void openKnown();
    [[nodiscard]] bool isOpen() const { return !openConversation().isEmpty(); }
    [[nodiscard]] int roomWidth() const;

    Session &m_session;
    OutageBar *m_outage = nullptr;
    ConversationPane *m_conversations = nullptr;
    AccountButton *m_accountButton = nullptr;
    MessagePane *m_messages = nullptr;
    ParticipantPane *m_people = nullptr;
    QFrame *m_leftLine = nullptr;
    QFrame *m_rightLine = nullptr;
    QVBoxLayout *m_column = nullptr;
    std::optional<ConversationId> m_wanted; //!< to be opened as soon as it is known
    QTimer m_ages; //!< "5 minutes ago" becomes 6; only while anybody can see it
    bool m_peopleInWide = true;
    bool m_peopleInNarrow = false;
};

} // namespace presently::ui
