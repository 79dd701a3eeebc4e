// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/exitcode.h"

namespace presently::app {

ExitCode exitCodeFor(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated:
    case ErrorCode::InvalidCredentials:
    case ErrorCode::SessionRevoked:
    case ErrorCode::TooManyDevices:
    case ErrorCode::KeychainAbsent:
    case ErrorCode::KeychainLocked:
    case ErrorCode::KeychainTimeout:
    case ErrorCode::KeychainEntryNotFound:
        return ExitCode::NotSignedIn;
    case ErrorCode::Unreachable:
    case ErrorCode::Timeout:
    case ErrorCode::TlsFailed:
    case ErrorCode::UnsupportedServer:
    case ErrorCode::ServerFailure:
        return ExitCode::ServerOutOfReach;
    case ErrorCode::InvalidUrl:
        return ExitCode::Usage;
    default:
        return ExitCode::Failed;
    }
}

} // namespace presently::app
