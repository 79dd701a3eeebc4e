// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QStackedLayout;
class QToolButton;

namespace presently {
class ConversationListModel;
class ConversationSortModel;
class Session;
} // namespace presently

namespace presently::ui {

class EmptyState;
class OwnStatusButton;
class PresenceListView;
class Pulse;
class Theme;

//! \brief The left pane: oneself, the filter, the conversations.
class ConversationPane : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationPane)

public:
    ConversationPane(Session &session, Theme &theme, QWidget *parent = nullptr);
    ~ConversationPane() override;

    [[nodiscard]] OwnStatusButton &ownStatus() { return *m_ownStatus; }
    //! Takes \a button in at the end of the row in which one's own status stands.
    void placeBesideStatus(QWidget &button);
    [[nodiscard]] ConversationListModel &model() { return *m_model; }
    //! Marks \a conversation as the one that is open.
    void select(const ConversationId &conversation);
    void focusFilter();
    //! Asks whom to talk to; what comes of it is `conversationChosen`.
    void startConversation();
    //! Empties the filter. Returns whether there was one.
    bool clearFilter();
    //! The one after or before the open one; empty when there is none.
    [[nodiscard]] ConversationId neighbour(int step) const;
    void refreshTimes();

Q_SIGNALS:
    void conversationChosen(const presently::ConversationId &conversation);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QToolButton *buildNewButton();
    void refreshState();
    void reselect();
    void openMenu(const QPoint &position);
    void fillMenu(QMenu &menu, const QModelIndex &index);

    Session &m_session;
    Theme &m_theme;
    ConversationListModel *m_model;
    ConversationSortModel *m_sorted;
    Pulse *m_pulse;
    OwnStatusButton *m_ownStatus = nullptr;
    QHBoxLayout *m_statusRow = nullptr;
    QLineEdit *m_filter = nullptr;
    QToolButton *m_new = nullptr;
    PresenceListView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    QStackedLayout *m_stack = nullptr;
    ConversationId m_open;
};

} // namespace presently::ui
