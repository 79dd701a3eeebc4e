// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace presently::net {

//! \brief The secrets of one account, as its one keychain entry holds them.
//!
//! The desktop and the terminal client share the entry, so it carries its own version.
struct StoredCredentials {
    QByteArray refreshToken;
    QByteArray accessToken; //!< may be empty: get one with the refresh token
    std::optional<WallTime> accessExpiresAt; //!< the server's clock

    [[nodiscard]] static Expected<StoredCredentials, Error> fromJson(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;
};

//! The name of the entry for \a login at \a server: "https://chat.example.org login". The path,
//! the default port and letter case of the host make no difference.
[[nodiscard]] QString accountEntry(const QUrl &server, const QString &login);

//! Overwrites the bytes with zeros and empties \a secret. Bytes that somebody else shares stay.
void wipe(QByteArray &secret);

} // namespace presently::net
