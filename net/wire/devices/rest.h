// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/presence.h"

#include <QJsonObject>
#include <QString>

//! \file
//! The sign-in of `devices`. See net/wire/devices/README.md.

namespace presently::net::devices {

//! \brief The device that signs in. All of its texts may be empty.
struct DeviceInfo {
    DeviceId id;
    DeviceType type = DeviceType::Unknown;
    QString name;
    QString platform;
    QString appVersion;

    bool operator==(const DeviceInfo &) const = default;
};

//! \brief The body of `POST /api/v1/auth/login`.
struct LoginRequest {
    QString phoneNumber; //!< or whatever else the server takes for a login
    QString password;
    DeviceInfo device;

    bool operator==(const LoginRequest &) const = default;
};

//! \brief The answer to it.
struct LoginReply {
    UserId user; //!< 24 hexadecimal digits
    QString phoneNumber;
    bool isActive = true;
    WallTime createdAt;
    QString accessToken;
    QString refreshToken;
    std::chrono::seconds expiresIn{0};
    DeviceInfo device;

    bool operator==(const LoginReply &) const = default;
};

//! \brief A refusal: {"statusCode","message","error"}.
struct Failure {
    int statusCode = 0;
    QString message;
    QString error; //!< the status in words

    bool operator==(const Failure &) const = default;
};

[[nodiscard]] QJsonObject toJson(const LoginRequest &request);
[[nodiscard]] Expected<LoginRequest, Error> loginRequestFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const LoginReply &reply);
[[nodiscard]] Expected<LoginReply, Error> loginReplyFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const Failure &failure);
//! `message` may be a list of texts: the first is taken.
[[nodiscard]] Expected<Failure, Error> failureFromJson(const QJsonObject &object);

} // namespace presently::net::devices
