// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace presently::ui {

struct Palette;

//! The style sheet of the whole program, with the colours of \a palette put in.
[[nodiscard]] QString styleSheetFor(const Palette &palette);

} // namespace presently::ui
