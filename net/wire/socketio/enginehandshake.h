// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <optional>

namespace presently::net::socketio {

//! \brief What the server says in the packet that opens an Engine.IO session.
struct EngineHandshake {
    QString sid; //!< 1 to 128 characters
    QStringList upgrades; //!< transports the client may change to; written even when empty
    Milliseconds pingInterval{25'000}; //!< 1 ms to 1 h
    Milliseconds pingTimeout{20'000}; //!< 1 ms to 1 h
    std::optional<qint64> maxPayload; //!< bytes of a polling body; none: the server did not say

    bool operator==(const EngineHandshake &) const = default;

    //! \a json is what stands behind the "0". Errors: as parseObject(), MissingField, InvalidField.
    [[nodiscard]] static Expected<EngineHandshake, Error> fromJson(QByteArrayView json);
    [[nodiscard]] QByteArray toJson() const;
};

} // namespace presently::net::socketio
