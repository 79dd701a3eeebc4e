// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

#include <QString>

#include <optional>

//! \file
//! What can go wrong on this wire, and how gRPC, its metadata and HTTP say it.

namespace presently::net::userstatus {

enum class Fault {
    Internal,
    UserNotFound, //!< also somebody whom the caller may not see
    InvalidStatus,
    InvalidRequest,
    StoreFailed,
    Unauthenticated, //!< no token, or none that is good any more
    PermissionDenied, //!< the token is somebody else's
    RateLimited,
    TooSlow, //!< a reader that does not keep up
    TooMany, //!< streams or devices of one person
    GoingDown,
};

//! The status codes of gRPC that this dialect uses.
enum class CallStatus {
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
};

//! \brief One line of the table.
struct FaultRow {
    Fault fault;
    CallStatus status; //!< which is what counts
    int errorCode; //!< users.status.ErrorCode
    QLatin1StringView name; //!< the same as a word, for `x-error-code`
    int httpStatus;
};

[[nodiscard]] const FaultRow &faultRow(Fault fault);

//! \brief Why a call failed. \a message is English, for developers, and says nothing of others.
struct Failure {
    Fault fault = Fault::Internal;
    QString message;
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const Failure &) const = default;
};

//! What an error from inside the server means on this wire.
[[nodiscard]] Failure failureFor(const Error &error);
//! What a client makes of the end of a call; \a status as gRPC gives it, any number.
[[nodiscard]] Error errorFromStatus(
    int status, const QString &message, std::optional<std::chrono::milliseconds> retryAfter = {});

} // namespace presently::net::userstatus
