// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArrayView>
#include <QUrl>

namespace presently::net {

//! \brief The base of a server's URLs from what a person typed: scheme, host and port alone.
//!
//! Without a scheme it is https, or http for a loopback literal.
//! Errors: InvalidUrl; `field` is "scheme" when plain http is asked for beyond this machine.
[[nodiscard]] Expected<QUrl, Error> serverUrl(const QString &typed);

//! The same rule for a URL that is already one: https, or http to a loopback literal.
[[nodiscard]] bool isAllowed(const QUrl &url);

//! Whether a request that was meant for \a from may follow to \a to with its headers.
[[nodiscard]] bool isSameOrigin(const QUrl &from, const QUrl &to);

//! \a path (percent-encoded) under \a server; never without a path, a user or a fragment.
[[nodiscard]] QUrl resourceUrl(const QUrl &server, const QString &path);

//! The WebSocket of \a server: wss, or ws where http is allowed.
[[nodiscard]] QUrl socketUrl(const QUrl &server);

//! Whether \a value may stand in a header: printable ASCII and spaces, no line ends.
[[nodiscard]] bool isHeaderValue(QByteArrayView value);

} // namespace presently::net
