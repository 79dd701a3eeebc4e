// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QString>

namespace presently {

//! A UUID of version 7 (RFC 9562 5.7): 48 bits of Unix milliseconds, a 12-bit counter that grows
//! within one millisecond of one process, 62 random bits. Ids made by one process sort in the order
//! of their making, also when the wall clock steps back. Any thread.
[[nodiscard]] QString makeUuidV7(WallTime now);

//! Whether \a text is a UUID in its usual 36-character form, either case.
[[nodiscard]] bool isUuid(QStringView text);

} // namespace presently
