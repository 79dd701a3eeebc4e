// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/conversationdelegate.h"

#include "models/core/message.h"
#include "models/core/presence.h"
#include "models/items/roles.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/badge.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/pulse.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int CardMargin = 8;
constexpr int Padding = 10;
constexpr int Gap = 12;
constexpr int LineGap = 3;
constexpr int MarkSize = 14;

int unreadWidth(int unread, const QFont &font)
{
    return unread > 0 ? badgeWidth(badgeText(unread), font) : 0;
}

int markCount(const QModelIndex &index)
{
    return int(index.data(IsPinnedRole).toBool()) + int(index.data(IsMutedRole).toBool());
}

QString previewText(const QModelIndex &index)
{
    const QString line = index.data(PreviewRole).toString();
    if (index.data(PreviewKindRole).toInt() == int(MessageKind::System) && !line.isEmpty())
        return systemMessageText(line);
    const QString shown = line.isEmpty() && index.data(PreviewKindRole).isValid()
        ? ConversationDelegate::tr("File")
        : line;
    //: In front of one's own last message: "You: See you there".
    if (index.data(PreviewIsOwnRole).toBool())
        return ConversationDelegate::tr("You: %1").arg(shown);
    const QString sender = index.data(PreviewSenderRole).toString();
    const bool twoPeople = index.data(UserIdRole).isValid();
    //: %1: who wrote, %2: the last message.
    return sender.isEmpty() || twoPeople ? shown
                                         : ConversationDelegate::tr("%1: %2").arg(sender, shown);
}

} // namespace

ConversationRowLayout layoutConversationRow(const QRect &row, const ConversationRowContent &content)
{
    ConversationRowLayout layout;
    layout.card = row.adjusted(CardMargin, 1, -CardMargin, -1);
    const QRect inner = layout.card.adjusted(Padding, 0, -Padding, 0);
    layout.avatar
        = QRect(inner.left(), inner.center().y() - ConversationRowLayout::AvatarSize / 2 + 1,
            ConversationRowLayout::AvatarSize, ConversationRowLayout::AvatarSize);
    const int left = layout.avatar.right() + 1 + Gap;
    const int textHeight = content.titleHeight + LineGap + content.previewHeight;
    const int top = inner.center().y() - textHeight / 2 + 1;
    const int second = top + content.titleHeight + LineGap;
    layout.time
        = QRect(inner.right() + 1 - content.timeWidth, top, content.timeWidth, content.titleHeight);
    layout.title = QRect(left, top, layout.time.left() - Gap / 2 - left, content.titleHeight);
    int right = inner.right() + 1;
    if (content.badgeWidth > 0) {
        layout.badge = QRect(right - content.badgeWidth,
            second + (content.previewHeight - BadgeHeight) / 2, content.badgeWidth, BadgeHeight);
        right = layout.badge.left() - Gap / 2;
    }
    if (content.markCount > 0) {
        const int width = content.markCount * (MarkSize + 2);
        layout.marks = QRect(
            right - width, second + (content.previewHeight - MarkSize) / 2, width, MarkSize);
        right = layout.marks.left() - Gap / 2;
    }
    layout.preview = QRect(left, second, right - left, content.previewHeight);
    return layout;
}

ConversationDelegate::ConversationDelegate(
    const Theme &theme, const Pulse &pulse, std::function<WallTime()> now, QObject *parent)
    : QAbstractItemDelegate(parent)
    , m_theme(theme)
    , m_pulse(pulse)
    , m_now(std::move(now))
{
}

void ConversationDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(option.font);
    const QString time = shortTimeText(index.data(LastMessageAtRole).value<WallTime>(), m_now());
    const auto layout = layoutConversationRow(option.rect,
        {QFontMetrics(styles.small).horizontalAdvance(time),
            unreadWidth(index.data(UnreadCountRole).toInt(), styles.smallStrong), markCount(index),
            QFontMetrics(styles.strong).height(), QFontMetrics(styles.small).height()});

    const QColor behind = paintRowCard(*painter, layout.card, option, colours, colours.window);
    const QVariant userId = index.data(UserIdRole);
    const QString name = index.data(Qt::DisplayRole).toString();
    paintAvatar(*painter, layout.avatar,
        userId.isValid() ? userId.toString() : index.data(ConversationIdRole).toString(), name,
        colours);
    if (userId.isValid()) {
        const auto presence = index.data(PresenceRole).value<Presence>();
        paintAvatarDot(*painter, layout.avatar, presence.status, colours, behind,
            m_pulse.of(userId.toString()));
    }
    painter->setFont(styles.small);
    painter->setPen(colours.textMuted);
    painter->drawText(layout.time, Qt::AlignRight | Qt::AlignVCenter, time);
    paintText(*painter, layout, index, styles);
    paintMarks(*painter, layout, index);
}

void ConversationDelegate::paintText(QPainter &painter, const ConversationRowLayout &layout,
    const QModelIndex &index, const TextStyles &styles) const
{
    const Palette &colours = m_theme.palette();
    const int unread = index.data(UnreadCountRole).toInt();
    const bool muted = index.data(IsMutedRole).toBool();
    paintLine(
        painter, layout.title, index.data(Qt::DisplayRole).toString(), styles.strong, colours.text);
    paintLine(painter, layout.preview, previewText(index), styles.small,
        unread > 0 ? colours.text : colours.textSecondary);
    if (unread > 0)
        paintBadge(painter, layout.badge, badgeText(unread), styles.smallStrong, colours,
            muted ? BadgeKind::Muted : BadgeKind::Normal);
}

void ConversationDelegate::paintMarks(
    QPainter &painter, const ConversationRowLayout &layout, const QModelIndex &index) const
{
    int left = layout.marks.left() + 2;
    const auto mark = [&](const QString &role) {
        painter.drawPixmap(left, layout.marks.top(),
            m_theme.pixmap(role, m_theme.palette().textMuted, MarkSize,
                painter.device()->devicePixelRatioF()));
        left += MarkSize + 2;
    };
    if (index.data(IsMutedRole).toBool())
        mark(u"mute"_s);
    if (index.data(IsPinnedRole).toBool())
        mark(u"pin"_s);
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, ConversationRowLayout::Height};
}

bool ConversationDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
    const QStyleOptionViewItem &, const QModelIndex &index)
{
    const QString presence = presenceWords(index, m_now());
    const QString name = index.data(Qt::DisplayRole).toString();
    //: Tooltip of a conversation. %1: its title, %2: the other side's presence, on a line of its own.
    const QString text = presence.isEmpty() ? name : tr("%1\n%2").arg(name, presence);
    QToolTip::showText(event->globalPos(), plainToolTip(text), view);
    return true;
}

} // namespace presently::ui
