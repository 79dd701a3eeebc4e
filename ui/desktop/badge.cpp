// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/badge.h"

#include "ui/desktop/theme.h"

#include <QFontMetrics>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int MostCounted = 99;
constexpr int CornerHeight = 14;
constexpr int CornerPadding = 7;
constexpr qreal CornerRing = 2;

void paintPill(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font,
    const QColor &ground, const QColor &ink)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setPen(ink);
    painter.setFont(font);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void paintCorner(QPainter &painter, const QPoint &corner, const QString &text, QFont font,
    const QColor &ground, const QColor &ink, const QColor &behind)
{
    font.setPixelSize(9);
    font.setWeight(QFont::Bold);
    const int width
        = std::max(CornerHeight, QFontMetrics(font).horizontalAdvance(text) + CornerPadding);
    const QRectF pill(corner.x() - width, corner.y(), width, CornerHeight);
    const QRectF ring = pill.adjusted(-CornerRing, -CornerRing, CornerRing, CornerRing);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
    paintPill(painter, pill, text, font, ground, ink);
}

} // namespace

QString badgeText(int count)
{
    return count > MostCounted ? u"99+"_s : QString::number(count);
}

int badgeWidth(const QString &text, const QFont &font)
{
    return std::max(BadgeHeight, QFontMetrics(font).horizontalAdvance(text) + 12);
}

void paintBadge(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    const Palette &palette, BadgeKind kind)
{
    if (kind == BadgeKind::Muted)
        paintPill(painter, rect, text, font, palette.textMuted, palette.surface);
    else
        paintPill(painter, rect, text, font, palette.accent, palette.accentText);
}

void paintCornerBadge(QPainter &painter, const QPoint &corner, const QString &text,
    const QFont &font, const Palette &palette, const QColor &behind)
{
    paintCorner(painter, corner, text, font, palette.accent, palette.accentText, behind);
}

void paintCornerMark(QPainter &painter, const QPoint &corner, const QFont &font,
    const Palette &palette, const QColor &behind)
{
    paintCorner(painter, corner, u"!"_s, font, palette.warning, palette.warningSurface, behind);
}

} // namespace presently::ui
