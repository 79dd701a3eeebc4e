// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QString>

namespace presently::app {

//! \brief What the terminal in front of us can show.
struct TerminalStyle {
    bool isUtf8 = true; //!< otherwise sigils and text are ASCII
    bool hasColour = false;

    //! Looks at the locale, the output and NO_COLOR. Call it before the application object is
    //! made: that one changes the locale.
    [[nodiscard]] static TerminalStyle ofStandardOutput();

    //! One column that says \a status by its form first, by its colour second.
    [[nodiscard]] QString sigil(Status status) const;
    //! \a text as this terminal can show it, without anything that could move its cursor.
    [[nodiscard]] QString shown(QStringView text) const;
};

//! How many columns \a text takes; wide characters take two, combining ones none.
[[nodiscard]] int columnsOf(QStringView text);
//! \a text with spaces after it up to \a columns.
[[nodiscard]] QString padded(const QString &text, int columns);

} // namespace presently::app
