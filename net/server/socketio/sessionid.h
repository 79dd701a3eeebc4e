// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace presently::net::socketio {

//! 120 bits from the system's source of randomness, as 20 characters of base64url: whoever knows the
//! id of a polling session can speak for it.
[[nodiscard]] QByteArray makeSessionId();

} // namespace presently::net::socketio
