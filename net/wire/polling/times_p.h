// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace presently::net::polling {

//! ISO 8601 with six digits after the second and an offset, as this dialect's servers write it:
//! "2026-02-07T14:00:00.007000+00:00".
[[nodiscard]] QString toIsoTime(WallTime time);

//! Reads ISO 8601 with any offset, or with none, which is UTC. Any year: 1970 and before is how a
//! client of this dialect says that somebody has left.
[[nodiscard]] std::optional<WallTime> fromIsoTime(const QString &text);

} // namespace presently::net::polling
