// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/accountmenu.h"

#include "models/store/accountlist.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "ui/desktop/accountrow.h"
#include "ui/desktop/theme.h"

#include <QWidgetAction>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

AccountMenu::AccountMenu(AccountList &accounts, const Theme &theme, QWidget *parent)
    : QMenu(parent)
    , m_accounts(accounts)
{
    setObjectName(u"accountMenu"_s);
    setAccessibleName(tr("Accounts"));
    for (int row = 0; row < accounts.count(); ++row)
        addRow(accounts.session(row), theme);
    addSeparator();
    QAction *add = addAction(theme.icon(u"addaccount"_s), tr("Add account …"));
    add->setObjectName(u"addAccount"_s);
    connect(add, &QAction::triggered, this, &AccountMenu::addRequested);
    if (accounts.current()) {
        const QString name = cleanName(accounts.nameOf(accounts.currentRow()));
        //: %1: the name of the person whose account it is.
        QAction *leave = addAction(
            theme.icon(u"signout"_s), tr("Sign out of %1").arg(name).replace(u'&', u"&&"_s));
        leave->setObjectName(u"signOut"_s);
        connect(leave, &QAction::triggered, this, &AccountMenu::signOutRequested);
    }
    for (const auto signal : {&ListStore::aboutToInsert, &ListStore::aboutToRemove})
        connect(&accounts, signal, this, &QWidget::close);
}

void AccountMenu::addRow(Session &session, const Theme &theme)
{
    auto *action = new QWidgetAction(this);
    auto *row = new AccountRow(m_accounts, session, theme, this);
    action->setDefaultWidget(row);
    action->setText(row->accessibleName());
    connect(row, &AccountRow::pointedAt, this, [this, action] { setActiveAction(action); });
    connect(this, &QMenu::hovered, row,
        [action, row](const QAction *active) { row->setActive(active == action); });
    connect(row, &QAbstractButton::clicked, action, [this, action] {
        close();
        action->trigger();
    });
    connect(action, &QAction::triggered, &session,
        [&accounts = m_accounts, &session] { accounts.setCurrent(session); });
    connect(&m_accounts, &ListStore::changed, action,
        [action, row] { action->setText(row->accessibleName()); });
    addAction(action);
    if (m_accounts.current() == &session)
        setDefaultAction(action);
}

} // namespace presently::ui
