// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/accountrow.h"

#include "models/store/accountlist.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/badge.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/textstyles.h"
#include "ui/desktop/theme.h"

#include <QKeySequence>
#include <QPainter>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr QSize RowSize{340, 54};
constexpr int AvatarSize = 36;
constexpr int SideMargin = 10;
constexpr int Gap = 12;
constexpr int CheckSize = 16;
constexpr int MostShortcuts = 9;

} // namespace

AccountRow::AccountRow(AccountList &accounts, Session &session, const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_accounts(accounts)
    , m_session(session)
    , m_theme(theme)
{
    setObjectName(u"accountRow"_s);
    setFocusPolicy(Qt::NoFocus);
    setCheckable(true);
    setMouseTracking(true);
    for (const auto signal : {&ListStore::inserted, &ListStore::removed, &ListStore::changed})
        connect(&accounts, signal, this, &AccountRow::refresh);
    refresh();
}

QSize AccountRow::sizeHint() const
{
    return RowSize;
}

int AccountRow::row() const
{
    return m_accounts.rowOf(m_session);
}

QString AccountRow::secondLine() const
{
    const QString server = m_accounts.serverOf(row());
    switch (m_accounts.stateOf(row())) {
    case AccountState::Online:
        return server;
    case AccountState::Connecting:
        //: Under an account's name. %1: the server.
        return tr("Connecting … · %1").arg(server);
    case AccountState::Offline:
        //: Under an account's name. %1: the server.
        return tr("Not connected · %1").arg(server);
    case AccountState::SignInNeeded:
        break;
    }
    //: Under an account's name. %1: the server.
    return tr("Sign in again · %1").arg(server);
}

QString AccountRow::shortcutText() const
{
    if (row() >= MostShortcuts)
        return {};
    return QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + row())).toString(QKeySequence::NativeText);
}

void AccountRow::refresh()
{
    if (row() < 0)
        return;
    setChecked(m_accounts.current() == &m_session);
    const int unread = m_accounts.unreadOf(row());
    //: An account for a screen reader. %1: the person, %2: own status, %3: server, with its state.
    QString words = tr("%1, %2, %3")
                        .arg(cleanName(m_accounts.nameOf(row())), statusName(m_session.ownStatus()),
                            secondLine());
    if (unread > 0)
        //: An account for a screen reader. %1: its name, state and server, %2: "5 unread".
        words = tr("%1, %2").arg(words, unreadText(unread));
    setAccessibleName(words);
    update();
}

void AccountRow::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    Q_EMIT pointedAt();
}

void AccountRow::setActive(bool active)
{
    if (std::exchange(m_isActive, active) != active)
        update();
}

//! Returns where it begins.
int AccountRow::paintEnd(QPainter &painter) const
{
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(font());
    int right = width() - SideMargin;
    if (isChecked()) {
        painter.drawPixmap(right - CheckSize, (height() - CheckSize) / 2,
            m_theme.pixmap(u"sent"_s, colours.accent, CheckSize, devicePixelRatioF()));
        right -= CheckSize;
    } else if (const QString keys = shortcutText(); !keys.isEmpty()) {
        const int keysWidth = QFontMetrics(styles.small).horizontalAdvance(keys);
        paintLine(painter, QRect(right - keysWidth, 0, keysWidth + 1, height()), keys, styles.small,
            colours.textMuted);
        right -= keysWidth;
    }
    if (const int unread = m_accounts.unreadOf(row()); unread > 0) {
        const QString text = badgeText(unread);
        const int badge = badgeWidth(text, styles.smallStrong);
        right -= Gap + badge;
        paintBadge(painter, QRect(right, (height() - BadgeHeight) / 2, badge, BadgeHeight), text,
            styles.smallStrong, colours);
    }
    return right - Gap;
}

void AccountRow::paintEvent(QPaintEvent *)
{
    if (row() < 0)
        return;
    QPainter painter(this);
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(font());
    QStyleOptionViewItem option;
    option.state.setFlag(QStyle::State_MouseOver, m_isActive);
    const QColor menu = colours.dark ? colours.raised : colours.surface;
    const QColor behind = paintRowCard(painter, rect(), option, colours, menu);
    const QRect avatar(SideMargin, (height() - AvatarSize) / 2, AvatarSize, AvatarSize);
    const QString name = cleanName(m_accounts.nameOf(row()));
    const QString &user = m_session.self().user.value;
    paintAvatar(painter, avatar, user.isEmpty() ? name : user, name, colours);
    paintAvatarDot(painter, avatar, m_session.ownStatus(), colours, behind);

    const int left = avatar.right() + 1 + Gap;
    const int room = paintEnd(painter) - left;
    const int nameHeight = QFontMetrics(styles.strong).height();
    const int lineHeight = QFontMetrics(styles.small).height();
    const int top = (height() - nameHeight - lineHeight - 1) / 2;
    const bool needsPerson = m_accounts.stateOf(row()) == AccountState::SignInNeeded;
    paintLine(painter, QRect(left, top, room, nameHeight), name, styles.strong, colours.text);
    paintLine(painter, QRect(left, top + nameHeight + 1, room, lineHeight), secondLine(),
        styles.small, needsPerson ? colours.warning : colours.textMuted);
}

} // namespace presently::ui
