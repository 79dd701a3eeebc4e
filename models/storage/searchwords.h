// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace presently {

//! \a text as the full-text index takes it: scripts that are written without spaces are put one
//! character a word, so that a part of a sentence is found in them too.
[[nodiscard]] QString indexedText(const QString &text);

//! What people typed as a query of the index: every word must be there, the last may be only begun.
//! Operators of the index's own language mean nothing. Empty: there is no word to look for.
[[nodiscard]] QString indexQuery(const QString &words);

} // namespace presently
