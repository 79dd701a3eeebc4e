// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace presently {
class Session;
}

namespace presently::ui {

class PlainLabel;
class Theme;

//! \brief Finds people by name or login and starts a conversation with those who are picked.
//!
//! Asks the session for people shortly after the last key; what was picked stays picked while the
//! search changes. Submits StartConversationCommand and closes.
//! Ownership: borrows \a session and \a theme.
class NewConversationDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NewConversationDialog)

public:
    NewConversationDialog(Session &session, Theme &theme, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void search();
    void present(const QString &query, const QList<Person> &people);
    static void toggle(QListWidgetItem &item);
    void onItemChanged(const QListWidgetItem &item);
    void refreshPicked();
    void start();

    Session &m_session;
    Theme &m_theme;
    QLineEdit *m_query;
    QListWidget *m_found;
    PlainLabel *m_picked;
    QLineEdit *m_title;
    QPushButton *m_start;
    QTimer m_searchSoon;
    QList<Person> m_people; //!< the rows of m_found
    QList<Person> m_chosen;
};

} // namespace presently::ui
