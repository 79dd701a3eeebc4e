// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/logging.h"

namespace presently::net {

Q_LOGGING_CATEGORY(linkLog, "presently.client.link", QtInfoMsg)
Q_LOGGING_CATEGORY(apiLog, "presently.client.api", QtInfoMsg)
Q_LOGGING_CATEGORY(syncLog, "presently.client.sync", QtInfoMsg)

} // namespace presently::net
