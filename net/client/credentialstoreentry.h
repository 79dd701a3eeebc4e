// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/client/account.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace presently::net {

//! The secrets of one account, as its one keychain entry holds them. The desktop and the terminal
//! client share the entry, so it carries its own version.
[[nodiscard]] QByteArray entryFromCredentials(const Credentials &credentials);
//! Errors: Malformed, TooLarge, MissingField or InvalidField for what we cannot have written.
[[nodiscard]] Expected<Credentials, Error> credentialsFromEntry(const QByteArray &json);

//! The name of the entry for \a login at \a server: "https://chat.example.org login". The path,
//! the default port and letter case of the host make no difference.
[[nodiscard]] QString accountEntry(const QUrl &server, const QString &login);

//! Overwrites the bytes with zeros and empties \a secret. Bytes that somebody else shares stay.
void wipe(QByteArray &secret);
void wipe(Credentials &credentials);

} // namespace presently::net
