// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QRectF>

class QColor;
class QPainter;

namespace presently::ui {

struct Palette;

//! \file
//! Presence drawn as shape and colour, never typed: online filled, away half, busy with a bar,
//! offline a ring, unknown a dashed ring with a question mark.

constexpr qreal NameDotSize = 8; //!< beside a sender's name
constexpr qreal NameDotGap = 4;
constexpr qreal AvatarDotSize = 10; //!< on an avatar, inside its ring
constexpr qreal AvatarDotRing = 2; //!< in the colour of what is behind the avatar

//! Fills \a rect, a square, with the form of \a status.
void paintPresenceDot(QPainter &painter, const QRectF &rect, Status status, const Palette &palette);

//! Where the dot of an avatar in \a avatar stands, without its ring.
[[nodiscard]] QRectF avatarDotRect(const QRectF &avatar);

//! The dot on an avatar. \a behind: what is behind the avatar; \a pulse: 0 none, to 1 just come
//! online; \a deviceCount over 1 makes a count badge of it.
void paintAvatarDot(QPainter &painter, const QRectF &avatar, Status status, const Palette &palette,
    const QColor &behind, qreal pulse = 0, int deviceCount = 0);

} // namespace presently::ui
