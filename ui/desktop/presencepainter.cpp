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

constexpr int DashCount = 8;
constexpr qreal UnknownOverhang = 1; //!< the question mark needs the room
constexpr qreal CountBadgeHeight = 14;

void paintRing(QPainter &painter, const QRectF &rect, const QColor &colour, qreal width)
{
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2));
}

void paintDashedRing(QPainter &painter, const QRectF &rect, const QColor &colour, qreal width)
{
    constexpr int WholeCircle = 360 * 16;
    constexpr int Step = WholeCircle / DashCount;
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    const QRectF circle = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    for (int dash = 0; dash < DashCount; ++dash)
        painter.drawArc(circle, dash * Step + Step / 4, Step * 6 / 10);
}

//! The left half solid and the right half open, so that it differs from a full disc by shape.
void paintHalf(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &outline)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPie(rect, 90 * 16, 180 * 16);
    paintRing(painter, rect, outline, std::max<qreal>(1, rect.width() / 9));
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

//! A dashed ring with a question mark made of strokes: a glyph of 8 px would depend on the font.
void paintUnknown(QPainter &painter, const QRectF &dot, const QColor &colour)
{
    const QRectF rect
        = dot.adjusted(-UnknownOverhang, -UnknownOverhang, UnknownOverhang, UnknownOverhang);
    paintDashedRing(painter, rect, colour, std::max<qreal>(1.1, rect.width() / 9));
    const qreal unit = rect.width() / 10;
    painter.save();
    painter.translate(rect.center());
    QPainterPath hook(QPointF(-1.5 * unit, -1.2 * unit));
    hook.cubicTo(-1.5 * unit, -3 * unit, 1.6 * unit, -3 * unit, 1.5 * unit, -1.1 * unit);
    hook.cubicTo(1.4 * unit, 0, 0, 0, 0, 1 * unit);
    QPen pen(colour, std::max<qreal>(1, 1.15 * unit), Qt::SolidLine, Qt::FlatCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(hook);
    const qreal point = std::max<qreal>(1, 1.3 * unit);
    painter.fillRect(QRectF(-point / 2, 1.8 * unit, point, point), colour);
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
        paintRing(painter, rect, colour, std::max<qreal>(1.5, rect.width() / 5));
        break;
    case Status::Unknown:
        paintUnknown(painter, rect, colour);
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
