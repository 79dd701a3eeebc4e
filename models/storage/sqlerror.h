// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

class QSqlError;

namespace presently {

//! What SQLite reported, as callers branch on it: Conflict for a broken constraint (`field` names
//! the column), StorageFull, StorageCorrupt, StorageFailed for the rest.
[[nodiscard]] Error storageError(const QSqlError &error);

} // namespace presently
