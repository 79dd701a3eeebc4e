// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/wire/http/headerlist.h"
#include "net/wire/http/response.h"
#include "net/wire/polling/failures.h"

#include <QJsonObject>

namespace presently::net {

//! What is true of people now is nothing for a cache: each answer says so.
[[nodiscard]] HttpResponse pollingReply(int status, const QJsonObject &body);
//! The same with an `ETag`; 304 without the body when \a asked names that tag already.
[[nodiscard]] HttpResponse taggedReply(const QJsonObject &body, const HeaderList &asked);
[[nodiscard]] HttpResponse failureReply(int status, const polling::Failure &failure);
//! 401: no token at all, at the backend.
[[nodiscard]] HttpResponse noTokenReply();
//! 401: a token that is not good, or not good any more.
[[nodiscard]] HttpResponse badTokenReply();
[[nodiscard]] HttpResponse tooManyReply(Milliseconds wait);
//! What went wrong inside; the reason goes to the log.
[[nodiscard]] HttpResponse brokenReply(const Error &error);

} // namespace presently::net
