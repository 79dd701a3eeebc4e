// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/expected.h"
#include "models/storage/serverdatabase.h"
#include "net/server/api/broadcaster.h"
#include "net/server/listener/requesthandler.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace presently::net {

//! \brief Who asks, after authentication.
struct Caller {
    PersonKey person{};
    UserId user; //!< the mtchat id
    QString displayName;
    std::optional<SessionId> session; //!< none: a token of an outside issuer, or none at all
};

//! \brief One request on its way to its handler.
struct ApiRequest {
    HttpRequest http;
    QStringList arguments; //!< the variable segments of the path, in order
    std::optional<Caller> caller; //!< set for RouteAccess::Person
};

//! Turns a password into what is stored, on another thread; calls back on the server's.
using PasswordHashing = std::function<void(
    const QString &password, std::function<void(Expected<QString, Error> hash)> done)>;

//! \brief What the routes of the API work with.
//!
//! Ownership: borrows everything; the routes live no longer than it.
struct ApiContext {
    ServerDatabase &database;
    Broadcaster &broadcaster;
    const Clock &clock;
    QString filesDirectory; //!< where uploads are kept; made when missing
    QByteArray urlSecret; //!< signs the addresses of files; at least 32 bytes
    QString publicUrl; //!< "https://chat.example" behind a proxy; empty: from the Host of a request
    qint64 maxUploadBytes = 100LL * 1024 * 1024;
    qint64 maxBodyBytes = 256 * 1024;
    PasswordHashing hashPassword; //!< for people made by the Management API
};

} // namespace presently::net
