// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

//! \file
//! Text from elsewhere, made fit to be shown. What is remote is hostile: control bytes reach
//! terminals, bidi controls reverse what stands beside them, zero-width characters hide twins.

namespace presently {

inline constexpr qsizetype MaxNameLength = 200; //!< UTF-16 units, for names of people and titles
inline constexpr qsizetype MaxFileNameBytes = 200; //!< UTF-8, so that every file system takes it

//! A name or a title on one line: no control, bidi or zero-width characters, NFC, white space
//! collapsed and trimmed, cut at \a maxLength without splitting a character. May come out empty.
[[nodiscard]] QString cleanName(QStringView text, qsizetype maxLength = MaxNameLength);

//! Text of a message: no control characters but line feeds and tabs, no bidi embeddings, overrides
//! or isolates, NFC. Joiners and direction marks stay: scripts and emoji need them.
[[nodiscard]] QString cleanText(QStringView text);

//! \a text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, so that its direction ends
//! with it. Isolates inside are taken out first: an unbalanced one would leak.
[[nodiscard]] QString isolated(QStringView text);

//! A file name and nothing else: no path, no leading dot, no name that a system reserves, at most
//! MaxFileNameBytes with its extension kept. Never empty: "file" stands for nothing.
[[nodiscard]] QString cleanFileName(QStringView text);

//! Whether letters of several scripts stand in one word, as in a Latin name with a Cyrillic "а".
//! Scripts that live together (Han, Kana, Hangul, Bopomofo) count as one.
[[nodiscard]] bool isMixedScript(QStringView text);

} // namespace presently
