// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/text/richtext.h"

namespace presently {

struct HtmlReading {
    QList<Block> blocks;
    bool isBare = false; //!< one paragraph that had no block tag around it
};

//! Understands the white list of elements; of all others only the text is kept, and of scripts,
//! styles and embedded things nothing. Elements more than some 250 deep end the text.
[[nodiscard]] HtmlReading readHtml(QStringView html);

} // namespace presently
