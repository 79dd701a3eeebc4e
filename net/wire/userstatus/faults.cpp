// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/faults.h"

#include <algorithm>
#include <array>

namespace presently::net::userstatus {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MaxDetail = 300;

//! As users.status.ErrorCode; faults without a word of their own are unknown errors there.
enum ErrorNumber {
    UnknownError,
    UserNotFound,
    InvalidStatus,
    RedisError,
    Unauthorized,
    RateLimited
};

constexpr std::array<FaultRow, 11> Rows{{
    {Fault::Internal, CallStatus::Internal, UnknownError, "UNKNOWN_ERROR"_L1, 500},
    {Fault::UserNotFound, CallStatus::NotFound, UserNotFound, "USER_NOT_FOUND"_L1, 404},
    {Fault::InvalidStatus, CallStatus::InvalidArgument, InvalidStatus, "INVALID_STATUS"_L1, 400},
    {Fault::InvalidRequest, CallStatus::InvalidArgument, UnknownError, "UNKNOWN_ERROR"_L1, 400},
    {Fault::StoreFailed, CallStatus::Unavailable, RedisError, "REDIS_ERROR"_L1, 503},
    {Fault::Unauthenticated, CallStatus::Unauthenticated, Unauthorized, "UNAUTHORIZED"_L1, 401},
    {Fault::PermissionDenied, CallStatus::PermissionDenied, Unauthorized, "UNAUTHORIZED"_L1, 403},
    {Fault::RateLimited, CallStatus::ResourceExhausted, RateLimited, "RATE_LIMITED"_L1, 429},
    {Fault::TooSlow, CallStatus::ResourceExhausted, RateLimited, "RATE_LIMITED"_L1, 429},
    {Fault::TooMany, CallStatus::ResourceExhausted, RateLimited, "RATE_LIMITED"_L1, 429},
    {Fault::GoingDown, CallStatus::Unavailable, UnknownError, "UNKNOWN_ERROR"_L1, 503},
}};

ErrorCode codeForStatus(int status)
{
    switch (status) {
    case int(CallStatus::Cancelled):
        return ErrorCode::Cancelled;
    case int(CallStatus::InvalidArgument):
        return ErrorCode::InvalidField;
    case int(CallStatus::NotFound):
        return ErrorCode::NotFound;
    case int(CallStatus::PermissionDenied):
        return ErrorCode::Forbidden;
    case int(CallStatus::ResourceExhausted):
        return ErrorCode::RateLimited;
    case int(CallStatus::Unavailable):
        return ErrorCode::Unreachable;
    case int(CallStatus::Unauthenticated):
        return ErrorCode::Unauthenticated;
    case 4: // DEADLINE_EXCEEDED
        return ErrorCode::Timeout;
    case 12: // UNIMPLEMENTED
        return ErrorCode::UnsupportedServer;
    default:
        return ErrorCode::ServerFailure;
    }
}

} // namespace

const FaultRow &faultRow(Fault fault)
{
    return *std::ranges::find(Rows, fault, &FaultRow::fault);
}

Failure failureFor(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Malformed:
    case ErrorCode::Incomplete:
    case ErrorCode::TooLarge:
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
        return {Fault::InvalidRequest, (error.field + u' ' + error.detail).trimmed(), {}};
    case ErrorCode::Unauthenticated:
    case ErrorCode::SessionRevoked:
    case ErrorCode::InvalidCredentials:
        return {Fault::Unauthenticated, u"the token is not good"_s, {}};
    case ErrorCode::Forbidden:
        return {Fault::PermissionDenied, u"the token belongs to somebody else"_s, {}};
    case ErrorCode::NotFound:
        return {Fault::UserNotFound, u"no such user"_s, {}};
    case ErrorCode::RateLimited:
        return {Fault::RateLimited, u"too often"_s, error.retryAfter};
    case ErrorCode::StorageFull:
    case ErrorCode::StorageCorrupt:
    case ErrorCode::StorageFailed:
        return {Fault::StoreFailed, u"the state cannot be read or written now"_s, {}};
    default:
        return {Fault::Internal, u"internal error"_s, {}};
    }
}

Error errorFromStatus(
    int status, const QString &message, std::optional<std::chrono::milliseconds> retryAfter)
{
    return {codeForStatus(status), {}, message.left(MaxDetail), retryAfter};
}

} // namespace presently::net::userstatus
