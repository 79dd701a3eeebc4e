// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>
#include <QRect>
#include <QString>

class QColor;
class QPainter;

namespace presently::ui {

struct Palette;

//! \file
//! Counts of what is unread, drawn the same everywhere.

constexpr int BadgeHeight = 18;

enum class BadgeKind { Normal, Muted };

//! "7", "99+".
[[nodiscard]] QString badgeText(int count);
[[nodiscard]] int badgeWidth(const QString &text, const QFont &font);

void paintBadge(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    const Palette &palette, BadgeKind kind = BadgeKind::Normal);

//! A small one whose top right is \a corner, with a ring in the colour of what is \a behind.
void paintCornerBadge(QPainter &painter, const QPoint &corner, const QString &text,
    const QFont &font, const Palette &palette, const QColor &behind);
//! The same with "!", for what waits for a person.
void paintCornerMark(QPainter &painter, const QPoint &corner, const QFont &font,
    const Palette &palette, const QColor &behind);

} // namespace presently::ui
