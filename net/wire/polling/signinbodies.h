// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace presently::net::polling {

//! \brief The body of `POST /api/auth/login/`.
struct SignInRequest {
    QString email; //!< or whatever else the server takes for a login
    QString password;

    bool operator==(const SignInRequest &) const = default;
};

[[nodiscard]] QJsonObject toJson(const SignInRequest &request);
[[nodiscard]] Expected<SignInRequest, Error> signInRequestFromJson(const QJsonObject &object);

//! \brief An account as the sign-in tells it. What it has beside, servers of ours leave empty.
struct Account {
    qint64 id = 0;
    QString email;
    QString username;
    QString firstName;
    QString lastName;
    bool isActive = true;
    std::optional<WallTime> joined;

    bool operator==(const Account &) const = default;
};

//! \brief The two tokens: one for each request, one for a new pair.
struct Tokens {
    QString access;
    QString refresh;

    bool operator==(const Tokens &) const = default;
};

//! \brief The answer to a sign-in.
struct SignInReply {
    Account account;
    Tokens tokens;

    bool operator==(const SignInReply &) const = default;
};

[[nodiscard]] QJsonObject toJson(const SignInReply &reply);
[[nodiscard]] Expected<SignInReply, Error> signInReplyFromJson(const QJsonObject &object);

//! The body of `POST /api/auth/token/refresh/`: the refresh token.
[[nodiscard]] QJsonObject refreshRequestToJson(const QString &refresh);
[[nodiscard]] Expected<QString, Error> refreshRequestFromJson(const QJsonObject &object);

[[nodiscard]] QJsonObject toJson(const Tokens &tokens);
//! A server that does not rotate sends no new refresh token: `refresh` is then empty.
[[nodiscard]] Expected<Tokens, Error> tokensFromJson(const QJsonObject &object);

} // namespace presently::net::polling
