// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QString>

class QModelIndex;

namespace presently::ui {

//! \file
//! What a screen reader hears of a row, made from the roles of models/items/roles.h.

//! "Ana, away, last seen 5 minutes ago, 2 unread".
[[nodiscard]] QString conversationWords(const QModelIndex &index, WallTime now);
//! "Ana, away, last seen 5 minutes ago"; for a heading "Online, 4 people".
[[nodiscard]] QString participantWords(const QModelIndex &index, WallTime now);
//! "Ana, away, 14:02: Hello".
[[nodiscard]] QString messageWords(const QModelIndex &index, WallTime now);

//! The status with its age for a tooltip or the ear: "Away, last seen 5 minutes ago".
[[nodiscard]] QString presenceWords(const QModelIndex &index, WallTime now);
//! A heading of a list of people: "Online", or "Online as of 14:02" while the link is down.
[[nodiscard]] QString headingWords(const QModelIndex &index, WallTime now);

//! "Ana joined", from the JSON of a system message; says little rather than anything wrong.
[[nodiscard]] QString systemMessageText(const QString &json);

} // namespace presently::ui
