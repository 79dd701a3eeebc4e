// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "net/wire/http/response.h"

#include <QJsonValue>

namespace presently::net {

//! `{"data": …}` with 200.
[[nodiscard]] HttpResponse dataReply(const QJsonValue &data);
//! `{"error": …}` with the status of its code, and Retry-After where the error knows it.
[[nodiscard]] HttpResponse errorReply(const Error &error);
//! Exactly \a text, as the published contract has it.
[[nodiscard]] HttpResponse plainReply(int status, const QByteArray &text);
//! 204.
[[nodiscard]] HttpResponse emptyReply();
//! A body that is not what the route takes: plain text, 400 for the syntax, 422 for the fields.
[[nodiscard]] HttpResponse malformedReply(const Error &error);
//! Whole seconds, rounded up: a client that waits so long is let through.
void setRetryAfter(HttpResponse &response, std::chrono::milliseconds wait);

} // namespace presently::net
