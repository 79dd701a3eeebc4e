// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

namespace presently::app {

//! How far the start has come. Debug lines; `QT_MESSAGE_PATTERN="%{time process} %{message}"` adds
//! the time.
Q_DECLARE_LOGGING_CATEGORY(startupLog)

} // namespace presently::app
