// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/serveroptions.h"

#include <QByteArray>
#include <QString>

namespace presently::net {

//! Reads a configuration (JSON: one object a group, one member an option) over \a options: what it
//! does not name keeps its value. \a fileName only stands in messages.
//! Errors: file, key and reason, for a key nobody knows, a wrong type, a value out of range.
[[nodiscard]] Expected<ServerOptions, Error> readServerConfig(
    const QByteArray &json, const QString &fileName, const ServerOptions &options = {});

//! Every option with the value it has in \a options, as a configuration file spells it.
[[nodiscard]] QByteArray writeServerConfig(const ServerOptions &options);

} // namespace presently::net
