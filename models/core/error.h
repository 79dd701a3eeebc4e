// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace presently {

//! \brief What callers branch on. Words for people are made from it in `ui/common`, never here.
enum class ErrorCode {
    // Input that cannot be taken
    Malformed, //!< not the format at all (syntax, encoding)
    Incomplete, //!< more bytes are needed; never a reason to close
    TooLarge, //!< a size, count or depth limit; `field` says which
    MissingField, //!< `field` is the path of what is not there
    InvalidField, //!< `field` is the path of what has the wrong type or value
    // Who may do what
    Unauthenticated, //!< no valid token: sign in
    InvalidCredentials, //!< wrong login or password
    Forbidden,
    NotFound,
    Conflict,
    RateLimited, //!< `retryAfter` says how long to wait
    SessionRevoked,
    TooManyDevices,
    // The way there
    InvalidUrl,
    Unreachable, //!< no such host, refused, no network
    Timeout,
    TlsFailed,
    ProtocolViolation, //!< the peer broke the contract
    ServerFailure, //!< 5xx or a close code that says so
    UnsupportedServer, //!< answers, but speaks no dialect of ours
    Cancelled,
    // This machine
    StorageFull,
    StorageCorrupt,
    StorageFailed,
    KeychainAbsent,
    KeychainLocked,
    KeychainTimeout,
    KeychainEntryNotFound,
    Internal,
};

//! \brief A failure: a code to branch on, and context for logs and for the words made from it.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString field; //!< path of the offending field, file or header; may be empty
    QString detail; //!< English, for logs; never shown as it is, never holds secrets
    std::optional<std::chrono::milliseconds>
        retryAfter; //!< set when the peer said how long to wait

    bool operator==(const Error &) const = default;
};

} // namespace presently

Q_DECLARE_METATYPE(presently::Error)
