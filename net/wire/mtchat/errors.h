// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace presently::net::mtchat {

//! \brief Every error code of the REST API: net/README.md, "Errors".
enum class ApiErrorCode {
    ConversationNotFound,
    MessageNotFound,
    ParticipantNotFound,
    AttachmentNotFound,
    NotFound,
    InvalidInput,
    FileTooLarge,
    UnsupportedFileType,
    TooManyAttachments,
    BadRequest,
    NotParticipant,
    NotMessageAuthor,
    ScopeMismatch,
    Forbidden,
    Unauthorized,
    InvalidCredentials,
    TooManyDevices,
    Conflict,
    RateLimitExceeded,
    InternalError,
};

//! \brief How a code stands on the wire, and what a client makes of it.
struct ApiErrorRow {
    ApiErrorCode code;
    QLatin1StringView wire;
    int httpStatus;
    ErrorCode error;
};

[[nodiscard]] const ApiErrorRow &apiErrorRow(ApiErrorCode code);
//! Nothing for a code that we do not know.
[[nodiscard]] std::optional<ApiErrorCode> apiErrorFromWire(QStringView wire);

//! The body `{"error":{"code","message"}}`. \a message is English and for developers.
[[nodiscard]] QByteArray encodeError(ApiErrorCode code, const QString &message);

//! Which code answers \a error on the server's side.
[[nodiscard]] ApiErrorCode apiErrorFor(const Error &error);

//! What a client makes of a reply outside 200 to 299: by its code, or without one by its status.
//! \a retryAfter is the header of the same name.
[[nodiscard]] Error errorFromReply(
    int httpStatus, QByteArrayView body, std::optional<std::chrono::milliseconds> retryAfter = {});

} // namespace presently::net::mtchat
