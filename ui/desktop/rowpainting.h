// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QFont>
#include <QRect>
#include <QStyleOptionViewItem>

class QPainter;

namespace presently::ui {

struct Palette;

//! The rounded ground of a row that is chosen, under the pointer or has the keyboard. Returns the
//! colour that is now behind the row's content.
QColor paintRowCard(QPainter &painter, const QRect &card, const QStyleOptionViewItem &option,
    const Palette &colours, const QColor &behind);

//! One line, cut with an ellipsis.
void paintLine(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    const QColor &colour, Qt::Alignment alignment = Qt::AlignLeft);

} // namespace presently::ui
