// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/httphead.h"
#include "net/wire/http/response.h"

#include <optional>

namespace presently::net {

//! `Sec-WebSocket-Accept` for a key (RFC 6455 4.2.2).
[[nodiscard]] QByteArray webSocketAccept(QByteArrayView key);

//! Whether the client asks for a WebSocket at all.
[[nodiscard]] bool isUpgradeRequest(const HttpHead &head);

//! What is wrong with the request for an upgrade: 400, 405, or 426 with the version we speak.
//! None: it is good.
[[nodiscard]] std::optional<HttpResponse> upgradeFailure(const HttpHead &head);

//! The 101 answer. No subprotocol and no extension is ever agreed on.
[[nodiscard]] QByteArray encodeUpgradeResponse(const HttpHead &head);

//! The client's side, for tools and tests: a request for \a target at \a host.
[[nodiscard]] QByteArray encodeUpgradeRequest(
    QByteArrayView host, QByteArrayView target, QByteArrayView key, const HeaderList &extra = {});

} // namespace presently::net
