// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "net/wire/http/response.h"

#include <QString>

#include <chrono>

//! \file
//! The answers of the REST side of `friends`, none of which may be kept by a cache.

namespace presently::net {

//! 200 with \a body.
[[nodiscard]] HttpResponse friendsReply(const QByteArray &body);
//! {"code", "message", "details"}.
[[nodiscard]] HttpResponse friendsCoded(int status, const QString &message, const QString &details);
[[nodiscard]] HttpResponse friendsUnauthorized(const QString &details);
[[nodiscard]] HttpResponse friendsBadRequest(const Error &error);
[[nodiscard]] HttpResponse friendsTooMany(std::chrono::milliseconds wait);
//! What became of a call that did not work: 401, 429, or 500 with \a message.
[[nodiscard]] HttpResponse friendsRefusal(const Error &error, const QString &message);

//! Set-Cookie, HttpOnly and for this site alone. A lifetime of zero takes the cookie back.
void addFriendsCookie(HttpResponse &response, const QByteArray &name, const QByteArray &value,
    std::chrono::seconds lifetime, bool secure);

} // namespace presently::net
