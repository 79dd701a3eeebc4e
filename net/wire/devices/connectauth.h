// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/presence.h"
#include "net/wire/devices/clientevents.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace presently::net::devices {

//! \brief What a client says when it enters the namespace: who it is, and on which device.
struct ConnectAuth {
    QString token; //!< at most MaxTokenLength characters
    std::optional<DeviceId> device; //!< none: the socket itself is the device
    DeviceType type = DeviceType::Unknown;
    QString platform; //!< "ios", "android", "web", "windows", "mac"; cut at MaxDetailLength
    std::optional<Vocabulary> vocabulary; //!< none: what it says first shows it

    static constexpr qsizetype MaxTokenLength = 4'096;

    bool operator==(const ConnectAuth &) const = default;
};

[[nodiscard]] QJsonObject toJson(const ConnectAuth &auth);
//! Errors: MissingField and InvalidField with the path.
[[nodiscard]] Expected<ConnectAuth, Error> connectAuthFromJson(const QJsonObject &object);

//! The message and the data of the refusal of a token.
[[nodiscard]] QString invalidTokenMessage();
[[nodiscard]] QJsonObject invalidTokenData();
//! Whether a CONNECT_ERROR with \a data says that the token was not good.
[[nodiscard]] bool saysUnauthorized(const QJsonValue &data);

} // namespace presently::net::devices
