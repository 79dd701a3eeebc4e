// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

namespace presently::net {

//! Neither tokens nor anything that people write goes through it.
Q_DECLARE_LOGGING_CATEGORY(serverLog)

} // namespace presently::net
