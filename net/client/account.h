// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "models/core/presence.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <optional>

namespace presently::net {

//! \brief Which server, and as which device. Holds no secret.
struct Account {
    QUrl server; //!< scheme, host and port; https, or http to a loopback literal
    DeviceId device; //!< made at the first start of this installation
    DeviceType deviceType = DeviceType::Desktop;
    QString deviceName; //!< as the person's other devices list it
    QString os;

    bool operator==(const Account &) const = default;
};

//! \brief The secrets of one sign-in. Never logged; rest in the keychain.
struct Credentials {
    QByteArray accessToken;
    std::optional<WallTime> expiresAt;
    QByteArray refreshToken; //!< empty: when the access token ends, the person signs in again

    bool operator==(const Credentials &) const = default;
};

} // namespace presently::net

Q_DECLARE_METATYPE(presently::net::Account)
Q_DECLARE_METATYPE(presently::net::Credentials)
