// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QString>

namespace presently {

//! RFC 3339 in UTC with milliseconds and `Z`, as every time on our wire:
//! "2026-02-07T14:02:00.000Z".
[[nodiscard]] QString toRfc3339(WallTime time);
//! The same at the end of \a bytes.
void appendRfc3339(QByteArray &bytes, WallTime time);

//! Reads RFC 3339 with any offset and up to nine fractional digits (cut to milliseconds).
//! Errors: InvalidField for anything else, and for years outside 1970 to 9999.
[[nodiscard]] Expected<WallTime, Error> fromRfc3339(QStringView text);

} // namespace presently
