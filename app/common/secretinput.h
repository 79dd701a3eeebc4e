// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/commandline.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>

namespace presently::app {

//! The token or password that \a options name: the first line of the file or of standard input.
//! Call it before the event loop starts: standard input may take its time.
//! Errors: NotFound (no such file), InvalidField (empty, or longer than 16 KiB).
[[nodiscard]] Expected<QByteArray, Error> readSecret(const ClientOptions &options);

} // namespace presently::app
