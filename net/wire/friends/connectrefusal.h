// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <optional>

namespace presently::net::friends {

//! \brief Why a client was not let into the namespace: the message of a CONNECT_ERROR.
enum class ConnectRefusal { TokenRequired, InvalidToken, UserNotFound, Failed };

[[nodiscard]] QString toWire(ConnectRefusal refusal);
//! None: a message of somebody else, a proxy or another server.
[[nodiscard]] std::optional<ConnectRefusal> connectRefusalFromWire(QStringView message);

} // namespace presently::net::friends
