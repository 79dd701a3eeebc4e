// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/logging.h"

namespace presently::app {

Q_LOGGING_CATEGORY(startupLog, "presently.startup", QtInfoMsg)

} // namespace presently::app
