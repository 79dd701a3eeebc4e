// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "net/wire/http/response.h"

#include <QJsonObject>

namespace presently::net {

[[nodiscard]] HttpResponse qaReply(const QJsonObject &body);
[[nodiscard]] HttpResponse qaReply(int status, const QJsonObject &body);
//! `{"error": words}`.
[[nodiscard]] HttpResponse qaRefusal(int status, const QString &words);
//! 400 for what was asked wrongly, 404 for who is not there, 500 for the rest.
[[nodiscard]] HttpResponse qaRefusal(const Error &error);

} // namespace presently::net
