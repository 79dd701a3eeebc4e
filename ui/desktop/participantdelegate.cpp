// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/participantdelegate.h"

#include "models/core/presence.h"
#include "models/items/roles.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/pulse.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/textstyles.h"
#include "ui/desktop/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace presently::ui {

namespace {

constexpr int CardMargin = 8;
constexpr int Padding = 10;
constexpr int Gap = 12;
constexpr int LineGap = 1;

} // namespace

ParticipantRowLayout layoutParticipantRow(const QRect &row, int nameHeight, int detailHeight)
{
    ParticipantRowLayout layout;
    layout.card = row.adjusted(CardMargin, 1, -CardMargin, -1);
    const QRect inner = layout.card.adjusted(Padding, 0, -Padding, 0);
    layout.avatar
        = QRect(inner.left(), inner.center().y() - ParticipantRowLayout::AvatarSize / 2 + 1,
            ParticipantRowLayout::AvatarSize, ParticipantRowLayout::AvatarSize);
    const int left = layout.avatar.right() + 1 + Gap;
    const int top = inner.center().y() - (nameHeight + LineGap + detailHeight) / 2 + 1;
    layout.name = QRect(left, top, inner.right() + 1 - left, nameHeight);
    layout.detail = QRect(left, top + nameHeight + LineGap, layout.name.width(), detailHeight);
    return layout;
}

ParticipantDelegate::ParticipantDelegate(
    const Theme &theme, const Pulse &pulse, std::function<WallTime()> now, QObject *parent)
    : QAbstractItemDelegate(parent)
    , m_theme(theme)
    , m_pulse(pulse)
    , m_now(std::move(now))
{
}

void ParticipantDelegate::paintHeading(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const TextStyles styles = TextStyles::from(option.font);
    //: Heading of a group of people. %1: "Online", %2: how many.
    const QString text = tr("%1 — %2").arg(
        headingWords(index, m_now()), QString::number(index.data(HeadingCountRole).toInt()));
    const int left = CardMargin + Padding;
    paintLine(painter, option.rect.adjusted(left, 8, -left, 0), text, styles.smallStrong,
        m_theme.palette().textMuted);
}

void ParticipantDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.data(RowKindRole).toInt() == int(RowKind::Heading)) {
        paintHeading(*painter, option, index);
        return;
    }
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(option.font);
    const auto layout = layoutParticipantRow(
        option.rect, QFontMetrics(styles.body).height(), QFontMetrics(styles.small).height());
    const QColor behind = paintRowCard(*painter, layout.card, option, colours, colours.window);
    const auto presence = index.data(PresenceRole).value<Presence>();
    const QString userId = index.data(UserIdRole).toString();
    const QString name = index.data(Qt::DisplayRole).toString();
    const bool here = presence.isOnline();
    painter->setOpacity(here || presence.status == Status::Unknown ? 1 : 0.6);
    paintAvatar(*painter, layout.avatar, userId, name, colours);
    painter->setOpacity(1);
    paintAvatarDot(*painter, layout.avatar, presence.status, colours, behind, m_pulse.of(userId),
        presence.deviceCount);
    //: Behind one's own name in a list of people.
    const QString shown = index.data(IsSelfRole).toBool() ? tr("%1 (you)").arg(name) : name;
    paintLine(
        *painter, layout.name, shown, styles.body, here ? colours.text : colours.textSecondary);
    paintLine(
        *painter, layout.detail, presenceWords(index, m_now()), styles.small, colours.textMuted);
}

QSize ParticipantDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool heading = index.data(RowKindRole).toInt() == int(RowKind::Heading);
    return {0, heading ? ParticipantRowLayout::HeadingHeight : ParticipantRowLayout::Height};
}

bool ParticipantDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
    const QStyleOptionViewItem &, const QModelIndex &index)
{
    if (index.data(RowKindRole).toInt() == int(RowKind::Heading))
        return false;
    //: Tooltip of a person. %1: the name, %2: the presence, on a line of its own.
    const QString text
        = tr("%1\n%2").arg(index.data(Qt::DisplayRole).toString(), presenceWords(index, m_now()));
    QToolTip::showText(event->globalPos(), plainToolTip(text), view);
    return true;
}

} // namespace presently::ui
