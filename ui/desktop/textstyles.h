// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>

namespace presently::ui {

//! \brief The few fonts of the one visual language, made from the font of the system.
struct TextStyles {
    QFont body;
    QFont strong; //!< names, titles of rows
    QFont small; //!< times, second lines
    QFont smallStrong; //!< headings of groups, badges
    QFont code;

    //! Threading: the window's thread.
    [[nodiscard]] static TextStyles from(const QFont &base);

private:
    [[nodiscard]] static TextStyles make(const QFont &base);
};

} // namespace presently::ui
