// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/textstyles.h"

#include <optional>

#include <QFontDatabase>
#include <QFontInfo>

namespace presently::ui {

namespace {

QFont resized(QFont font, qreal by)
{
    font.setPointSizeF(std::max<qreal>(6, QFontInfo(font).pointSizeF() * by));
    return font;
}

} // namespace

TextStyles TextStyles::from(const QFont &base)
{
    // Asking the font database costs more than painting a row; the font hardly ever changes.
    static QFont keptBase;
    static std::optional<TextStyles> kept;
    if (kept && keptBase == base)
        return *kept;
    keptBase = base;
    kept = make(base);
    return *kept;
}

TextStyles TextStyles::make(const QFont &base)
{
    TextStyles styles;
    styles.body = base;
    styles.strong = base;
    styles.strong.setWeight(QFont::DemiBold);
    styles.small = resized(base, 0.9);
    styles.smallStrong = styles.small;
    styles.smallStrong.setWeight(QFont::DemiBold);
    styles.code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    styles.code.setPointSizeF(QFontInfo(base).pointSizeF() * 0.94);
    return styles;
}

} // namespace presently::ui
