// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSslConfiguration>

namespace presently::net {

//! What every socket and request of ours is given: TLS 1.2 or later, the peer always verified
//! against the system's roots. Set on each one, because defaults are not carried everywhere.
[[nodiscard]] QSslConfiguration tlsConfiguration();

} // namespace presently::net
