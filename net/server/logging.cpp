// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/logging.h"

namespace presently::net {

Q_LOGGING_CATEGORY(serverLog, "presently.server", QtWarningMsg)

} // namespace presently::net
