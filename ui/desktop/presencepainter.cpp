// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/presencepainter.h"

#include "ui/desktop/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr qreal DashCount = 6;
constexpr qreal CountBadgeHeight = 14;

void paintRing(QPainter &painter, const QRectF &rect, const QColor &colour, bool dashed)
{
    const qreal width = std::max<qreal>(1.5, rect.width() / 5);
    QPen pen(colour, width);
    pen.setCapStyle(Qt::FlatCap);
    const QRectF circle = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    if (dashed) {
        const qreal step = circle.width() * 3.14159 / DashCount / width;
        pen.setDashPattern({step * 0.62, step * 0.38});
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(circle);
}

//! The left half solid and the right half open, so that it differs from a full disc by shape.
void paintHalf(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &outline)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPie(rect, 90 * 16, 180 * 16);
    paintRing(painter, rect, outline, false);
}

void paintBar(QPainter &painter, const QRectF &rect, const QColor &colour)
{
    QPainterPath disc;
    disc.addEllipse(rect);
    QPainterPath bar;
    const qreal thickness = rect.height() / 4;
    bar.addRoundedRect(QRectF(rect.left() + rect.width() / 5, rect.center().y() - thickness / 2,
                           rect.width() * 3 / 5, thickness),
        thickness / 3, thickness / 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPath(disc.subtracted(bar));
}

//! A question mark made of strokes: a glyph of 8 px would depend on the font.
void paintQuestion(QPainter &painter, const QRectF &rect, const QColor &colour)
{
    const qreal unit = rect.width() / 10;
    painter.save();
    painter.translate(rect.center());
    QPainterPath hook(QPointF(-1.3 * unit, -1.1 * unit));
    hook.cubicTo(-1.2 * unit, -2.7 * unit, 1.5 * unit, -2.6 * unit, 1.3 * unit, -1 * unit);
    hook.cubicTo(1.2 * unit, -0.1 * unit, 0, -0.1 * unit, 0, 0.9 * unit);
    painter.setPen(QPen(colour, std::max<qreal>(1, 1.1 * unit), Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(hook);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(0, 2.3 * unit), 0.75 * unit, 0.75 * unit);
    painter.restore();
}

void paintPulse(QPainter &painter, const QRectF &dot, const QColor &colour, qreal pulse)
{
    QColor halo = colour;
    halo.setAlphaF(0.35F * float(pulse));
    const qreal grow = 1 + (1 - pulse) * 4;
    painter.setPen(Qt::NoPen);
    painter.setBrush(halo);
    painter.drawEllipse(dot.adjusted(-grow, -grow, grow, grow));
}

void paintCount(QPainter &painter, const QRectF &dot, Status status, const Palette &palette,
    const QColor &behind, int count)
{
    const QString text = count > 9 ? u"9+"_s : QString::number(count);
    QFont font = painter.font();
    font.setPixelSize(9);
    font.setWeight(QFont::Bold);
    const qreal width = std::max<qreal>(
        CountBadgeHeight, QFontMetricsF(font).horizontalAdvance(text) + CountBadgeHeight / 2);
    QRectF badge(0, 0, width, CountBadgeHeight);
    badge.moveCenter(dot.center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    const qreal ring = AvatarDotRing;
    painter.drawRoundedRect(badge.adjusted(-ring, -ring, ring, ring), badge.height() / 2 + ring,
        badge.height() / 2 + ring);
    painter.setBrush(palette.fill(status));
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
    painter.setPen(palette.dark ? QColor(0x10, 0x13, 0x18) : QColor(Qt::white));
    painter.setFont(font);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace

void paintPresenceDot(QPainter &painter, const QRectF &rect, Status status, const Palette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor &colour = palette.fill(status);
    switch (status) {
    case Status::Online:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(rect);
        break;
    case Status::Away:
        paintHalf(painter, rect, colour, palette.outline(status));
        break;
    case Status::Busy:
        paintBar(painter, rect, colour);
        break;
    case Status::Offline:
        paintRing(painter, rect, colour, false);
        break;
    case Status::Unknown:
        paintRing(painter, rect, colour, true);
        paintQuestion(painter, rect, colour);
        break;
    }
    painter.restore();
}

QRectF avatarDotRect(const QRectF &avatar)
{
    constexpr qreal Overhang = 1;
    return {avatar.right() - AvatarDotSize + Overhang, avatar.bottom() - AvatarDotSize + Overhang,
        AvatarDotSize, AvatarDotSize};
}

void paintAvatarDot(QPainter &painter, const QRectF &avatar, Status status, const Palette &palette,
    const QColor &behind, qreal pulse, int deviceCount)
{
    const QRectF dot = avatarDotRect(avatar);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (pulse > 0)
        paintPulse(painter, dot, palette.fill(status), pulse);
    if (deviceCount > 1 && status == Status::Online) {
        paintCount(painter, dot, status, palette, behind, deviceCount);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(behind);
        const qreal ring = AvatarDotRing;
        painter.drawEllipse(dot.adjusted(-ring, -ring, ring, ring));
        paintPresenceDot(painter, dot, status, palette);
    }
    painter.restore();
}

} // namespace presently::ui
