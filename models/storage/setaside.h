// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QString>

namespace presently {

//! Renames the damaged database at \a path, with its journal, to `<path>.damaged-<time>`; never
//! changes a byte of it. Returns the new path, or nothing when it cannot be renamed.
[[nodiscard]] QString setFileAside(const QString &path, WallTime now);

} // namespace presently
