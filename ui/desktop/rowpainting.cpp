// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/rowpainting.h"

#include "ui/desktop/theme.h"

#include <QPainter>

namespace presently::ui {

namespace {

constexpr qreal CardRadius = 10;
constexpr qreal FocusWidth = 2;

} // namespace

QColor paintRowCard(QPainter &painter, const QRect &card, const QStyleOptionViewItem &option,
    const Palette &colours, const QColor &behind)
{
    QColor ground = behind;
    if (option.state & QStyle::State_Selected)
        ground = colours.selected;
    else if (option.state & QStyle::State_MouseOver)
        ground = colours.hover;
    painter.setRenderHint(QPainter::Antialiasing);
    if (ground != behind) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(card, CardRadius, CardRadius);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter.setPen(QPen(colours.focus, FocusWidth));
        painter.setBrush(Qt::NoBrush);
        const qreal inset = FocusWidth / 2;
        painter.drawRoundedRect(
            QRectF(card).adjusted(inset, inset, -inset, -inset), CardRadius, CardRadius);
    }
    return ground;
}

void paintLine(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    const QColor &colour, Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(rect, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace presently::ui
