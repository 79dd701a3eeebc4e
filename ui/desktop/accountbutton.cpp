// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/accountbutton.h"

#include "models/store/accountlist.h"
#include "ui/common/wording.h"
#include "ui/desktop/accountmenu.h"
#include "ui/desktop/badge.h"
#include "ui/desktop/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int ButtonSize = 40;
constexpr int IconSize = 20;

} // namespace

AccountButton::AccountButton(AccountList &accounts, Theme &theme, QWidget *parent)
    : QToolButton(parent)
    , m_accounts(accounts)
    , m_theme(theme)
{
    setObjectName(u"accountButton"_s);
    setFixedSize(ButtonSize, ButtonSize);
    setIconSize({IconSize, IconSize});
    connect(this, &QToolButton::clicked, this, &AccountButton::openMenu);
    for (const auto signal : {&ListStore::inserted, &ListStore::removed, &ListStore::changed})
        connect(&accounts, signal, this, &AccountButton::refresh);
    connect(&accounts, &AccountList::currentChanged, this, &AccountButton::refresh);
    connect(&accounts, &AccountList::totalUnreadChanged, this, &AccountButton::refresh);
    connect(&theme, &Theme::changed, this, &AccountButton::refresh);
    refresh();
}

bool AccountButton::needsPerson() const
{
    for (int row = 0; row < m_accounts.count(); ++row) {
        if (row != m_accounts.currentRow() && m_accounts.stateOf(row) == AccountState::SignInNeeded)
            return true;
    }
    return false;
}

void AccountButton::refresh()
{
    setIcon(m_theme.icon(u"accounts"_s, m_theme.palette().textSecondary));
    QString name = tr("Accounts");
    const int unread = m_accounts.unreadElsewhere();
    if (unread > 0)
        //: Name of the button that opens the accounts. %1: "5 unread", in the accounts not shown.
        name = tr("Accounts, %1 in the others").arg(unreadText(unread));
    if (needsPerson())
        //: %1: "Accounts" or "Accounts, 5 unread in the others".
        name = tr("%1, one needs you to sign in").arg(name);
    setAccessibleName(name);
    //: Tooltip of the button that opens the accounts. %1: "Accounts", with what is new in them.
    setToolTip(tr("%1 (Ctrl+Shift+A)").arg(name));
    update();
}

void AccountButton::openMenu()
{
    auto *menu = new AccountMenu(m_accounts, m_theme, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &AccountMenu::addRequested, this, &AccountButton::addRequested);
    connect(menu, &AccountMenu::signOutRequested, this, &AccountButton::signOutRequested);
    // Below the button, and not beyond the window where there is room in it.
    constexpr int EndMargin = 8;
    const QRect around(window()->mapToGlobal(QPoint()), window()->size());
    QPoint place = mapToGlobal(QPoint(0, height() + 2));
    place.setX(std::clamp(place.x(), around.left(),
        std::max(around.left(), around.right() - EndMargin - menu->sizeHint().width())));
    menu->popup(place);
}

void AccountButton::paintEvent(QPaintEvent *event)
{
    QToolButton::paintEvent(event);
    QPainter painter(this);
    const Palette &colours = m_theme.palette();
    const QPoint corner(width() - 1, 1);
    if (const int unread = m_accounts.unreadElsewhere(); unread > 0)
        paintCornerBadge(painter, corner, badgeText(unread), font(), colours, colours.window);
    else if (needsPerson())
        paintCornerMark(painter, corner, font(), colours, colours.window);
}

} // namespace presently::ui
