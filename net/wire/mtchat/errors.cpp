// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/errors.h"

#include "net/wire/json/boundedjson.h"

#include <algorithm>
#include <array>

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto ErrorKey = "error"_L1;
constexpr auto CodeKey = "code"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr qsizetype MaxDetail = 300;

using enum ApiErrorCode;

constexpr std::array<ApiErrorRow, 20> Rows{{
    {ConversationNotFound, "DIALOG_NOT_FOUND"_L1, 404, ErrorCode::NotFound},
    {MessageNotFound, "MESSAGE_NOT_FOUND"_L1, 404, ErrorCode::NotFound},
    {ParticipantNotFound, "PARTICIPANT_NOT_FOUND"_L1, 404, ErrorCode::NotFound},
    {AttachmentNotFound, "ATTACHMENT_NOT_FOUND"_L1, 404, ErrorCode::NotFound},
    {NotFound, "NOT_FOUND"_L1, 404, ErrorCode::NotFound},
    {InvalidInput, "INVALID_INPUT"_L1, 400, ErrorCode::InvalidField},
    {FileTooLarge, "FILE_TOO_LARGE"_L1, 400, ErrorCode::TooLarge},
    {UnsupportedFileType, "UNSUPPORTED_FILE_TYPE"_L1, 400, ErrorCode::InvalidField},
    {TooManyAttachments, "TOO_MANY_ATTACHMENTS"_L1, 400, ErrorCode::TooLarge},
    {BadRequest, "BAD_REQUEST"_L1, 400, ErrorCode::InvalidField},
    {NotParticipant, "NOT_PARTICIPANT"_L1, 403, ErrorCode::Forbidden},
    {NotMessageAuthor, "NOT_MESSAGE_AUTHOR"_L1, 403, ErrorCode::Forbidden},
    {ScopeMismatch, "SCOPE_MISMATCH"_L1, 403, ErrorCode::Forbidden},
    {Forbidden, "FORBIDDEN"_L1, 403, ErrorCode::Forbidden},
    {Unauthorized, "UNAUTHORIZED"_L1, 401, ErrorCode::Unauthenticated},
    {InvalidCredentials, "INVALID_CREDENTIALS"_L1, 401, ErrorCode::InvalidCredentials},
    {TooManyDevices, "TOO_MANY_DEVICES"_L1, 409, ErrorCode::TooManyDevices},
    {Conflict, "CONFLICT"_L1, 409, ErrorCode::Conflict},
    {RateLimitExceeded, "RATE_LIMIT_EXCEEDED"_L1, 429, ErrorCode::RateLimited},
    {InternalError, "INTERNAL_ERROR"_L1, 500, ErrorCode::ServerFailure},
}};

ErrorCode errorForStatus(int status)
{
    switch (status) {
    case 400:
    case 415:
    case 422:
        return ErrorCode::InvalidField;
    case 401:
        return ErrorCode::Unauthenticated;
    case 403:
        return ErrorCode::Forbidden;
    case 404:
    case 410:
        return ErrorCode::NotFound;
    case 408:
        return ErrorCode::Timeout;
    case 409:
        return ErrorCode::Conflict;
    case 413:
        return ErrorCode::TooLarge;
    case 429:
        return ErrorCode::RateLimited;
    default:
        return status >= 500 ? ErrorCode::ServerFailure : ErrorCode::ProtocolViolation;
    }
}

} // namespace

const ApiErrorRow &apiErrorRow(ApiErrorCode code)
{
    return *std::ranges::find(Rows, code, &ApiErrorRow::code);
}

std::optional<ApiErrorCode> apiErrorFromWire(QStringView wire)
{
    const auto row = std::ranges::find_if(
        Rows, [wire](const ApiErrorRow &candidate) { return candidate.wire == wire; });
    if (row == Rows.end())
        return std::nullopt;
    return row->code;
}

QByteArray encodeError(ApiErrorCode code, const QString &message)
{
    return toAsciiJson(QJsonObject{{ErrorKey,
        QJsonObject{{CodeKey, QString(apiErrorRow(code).wire)}, {MessageKey, message}}}});
}

ApiErrorCode apiErrorFor(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Malformed:
    case ErrorCode::Incomplete:
        return BadRequest;
    case ErrorCode::TooLarge:
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
        return InvalidInput;
    case ErrorCode::Unauthenticated:
    case ErrorCode::SessionRevoked:
        return Unauthorized;
    case ErrorCode::InvalidCredentials:
        return InvalidCredentials;
    case ErrorCode::Forbidden:
        return Forbidden;
    case ErrorCode::NotFound:
        return NotFound;
    case ErrorCode::Conflict:
        return Conflict;
    case ErrorCode::RateLimited:
        return RateLimitExceeded;
    case ErrorCode::TooManyDevices:
        return TooManyDevices;
    default:
        return InternalError;
    }
}

Error errorFromReply(
    int httpStatus, QByteArrayView body, std::optional<std::chrono::milliseconds> retryAfter)
{
    Error error{
        errorForStatus(httpStatus), {}, QStringLiteral("HTTP %1").arg(httpStatus), retryAfter};
    const auto reply = parseObject(body);
    if (!reply)
        return error;
    const QJsonObject inner = reply->value(ErrorKey).toObject();
    if (const auto code = apiErrorFromWire(inner.value(CodeKey).toString()))
        error.code = apiErrorRow(*code).error;
    if (const QString message = inner.value(MessageKey).toString(); !message.isEmpty())
        error.detail = message.left(MaxDetail);
    return error;
}

} // namespace presently::net::mtchat
