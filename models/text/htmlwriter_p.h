// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/text/richtext.h"

namespace presently {

//! The one way in which these blocks are written down.
[[nodiscard]] QString writeHtml(const QList<Block> &blocks, bool isBare);

} // namespace presently
