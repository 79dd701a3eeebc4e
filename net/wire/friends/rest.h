// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QString>

#include <optional>

//! \file
//! The REST side of `friends`: sign-in by cookies, and who is there. See net/wire/friends/README.md.

namespace presently::net::friends {

inline constexpr auto AccessCookie = "accessToken";
inline constexpr auto RefreshCookie = "refreshToken";

//! \brief The body of `POST /api/v1/auth/signin`.
struct SignInRequest {
    QString email; //!< or whatever else the server takes for a login
    QString password;

    bool operator==(const SignInRequest &) const = default;
};

//! \brief Who signed in; also what `GET /api/v1/auth/me` tells.
struct Account {
    UserId id; //!< 24 hexadecimal digits
    QString userName;
    QString email; //!< empty when the server knows none
    std::optional<QString> avatar;
    WallTime createdAt;

    bool operator==(const Account &) const = default;
};

//! \brief Everybody whom one may see, and whether they are there.
struct OnlineStatuses {
    QMap<UserId, bool> statuses;

    bool operator==(const OnlineStatuses &) const = default;
};

//! \brief A refusal. The contract has two shapes for it.
struct Failure {
    enum class Shape {
        Coded, //!< {"code":401,"message","details"}
        Flagged, //!< {"success":false,"message","details"?,"retryAfter"?}
    };
    Shape shape = Shape::Coded;
    int code = 0; //!< the HTTP status; only with Coded
    QString message;
    QString details;
    std::optional<std::chrono::seconds> retryAfter; //!< only with Flagged

    bool operator==(const Failure &) const = default;
};

[[nodiscard]] QJsonObject toJson(const SignInRequest &request);
[[nodiscard]] Expected<SignInRequest, Error> signInRequestFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const Account &account);
[[nodiscard]] Expected<Account, Error> accountFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const OnlineStatuses &statuses);
[[nodiscard]] Expected<OnlineStatuses, Error> onlineStatusesFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const Failure &failure);
//! Errors: MissingField when it has neither shape.
[[nodiscard]] Expected<Failure, Error> failureFromJson(const QJsonObject &object);

//! `{"success":true,"data":…}`.
[[nodiscard]] QByteArray encodeData(const QJsonObject &data);
//! `{"success":true,"message":…}`.
[[nodiscard]] QByteArray encodeDone(const QString &message);
//! What stands in `data` of a reply of success, of at most 8 MiB.
[[nodiscard]] Expected<QJsonObject, Error> decodeData(const QByteArray &body);

} // namespace presently::net::friends
