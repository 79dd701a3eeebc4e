// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/persondelegate.h"

#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/textstyles.h"
#include "ui/desktop/theme.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int RowHeight = 48;
constexpr int AvatarSize = 32;
constexpr int SideMargin = 8;
constexpr int Gap = 12;
constexpr int BoxSize = 18;
constexpr qreal BoxRadius = 5;
constexpr int CheckSize = 14;

} // namespace

PersonDelegate::PersonDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, RowHeight};
}

bool PersonDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return event->type() == QEvent::KeyPress
        && QStyledItemDelegate::editorEvent(event, model, option, index);
}

void PersonDelegate::paintBox(QPainter &painter, const QRect &box, bool isPicked) const
{
    const Palette &colours = m_theme.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isPicked ? colours.accent : colours.textMuted);
    painter.setBrush(isPicked ? colours.accent : QColor(Qt::transparent));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), BoxRadius, BoxRadius);
    if (!isPicked)
        return;
    const int inset = (BoxSize - CheckSize) / 2;
    painter.drawPixmap(box.left() + inset, box.top() + inset,
        m_theme.pixmap(
            u"sent"_s, colours.accentText, CheckSize, painter.device()->devicePixelRatioF()));
}

void PersonDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(option.font);
    const bool isPicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    QStyleOptionViewItem row = option;
    row.state.setFlag(QStyle::State_Selected, isPicked);
    paintRowCard(*painter, option.rect.adjusted(0, 1, 0, -1), row, colours, colours.surface);

    const QRect inner = option.rect.adjusted(SideMargin, 0, -SideMargin, 0);
    const QRect avatar(
        inner.left(), inner.center().y() - AvatarSize / 2 + 1, AvatarSize, AvatarSize);
    const QString name = index.data(NameRole).toString();
    const QString login = index.data(LoginRole).toString();
    paintAvatar(*painter, avatar, index.data(UserRole).toString(), name, colours);
    const QRect box(
        inner.right() + 1 - BoxSize, inner.center().y() - BoxSize / 2 + 1, BoxSize, BoxSize);
    paintBox(*painter, box, isPicked);

    const int left = avatar.right() + 1 + Gap;
    const int room = box.left() - Gap - left;
    const int nameHeight = QFontMetrics(styles.body).height();
    const int loginHeight = login.isEmpty() ? 0 : QFontMetrics(styles.small).height();
    const int top = inner.center().y() - (nameHeight + loginHeight) / 2 + 1;
    paintLine(*painter, QRect(left, top, room, nameHeight), name, styles.body, colours.text);
    paintLine(*painter, QRect(left, top + nameHeight, room, loginHeight), login, styles.small,
        colours.textMuted);
}

} // namespace presently::ui
