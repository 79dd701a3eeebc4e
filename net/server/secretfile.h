// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace presently::net {

//! The secrets in \a path, one a line; blank lines do not count.
//! Errors: NotFound, InvalidField (empty, a secret under 16 bytes), TooLarge (over 64 KiB); the
//! field is the path.
[[nodiscard]] Expected<QList<QByteArray>, Error> readSecrets(const QString &path);

//! The one secret in \a path, which is made at its first use: 256 random bits, readable by the owner
//! alone.
[[nodiscard]] Expected<QByteArray, Error> readOrMakeSecret(const QString &path);

} // namespace presently::net
