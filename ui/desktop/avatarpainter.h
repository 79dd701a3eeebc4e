// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace presently::ui {

struct Palette;

//! One or two letters that stand for \a name: "Ana Belova" -> "AB", "陈静" -> "陈". A cut never falls
//! inside a character that people see as one.
[[nodiscard]] QString initialsOf(const QString &name);

//! The colour of an avatar: stable for \a id on every machine and in every run.
[[nodiscard]] QColor avatarColour(const QString &id, const Palette &palette);
//! What is written on it; reaches 4.5:1.
[[nodiscard]] QColor avatarTextColour(const Palette &palette);

//! A disc with initials.
void paintAvatar(QPainter &painter, const QRectF &rect, const QString &id, const QString &name,
    const Palette &palette);

} // namespace presently::ui
