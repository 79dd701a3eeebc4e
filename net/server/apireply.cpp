// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/apireply.h"

#include "net/server/logging.h"
#include "net/wire/mtchat/errors.h"
#include "net/wire/mtchat/rest.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

QString wordsOf(const Error &error)
{
    return error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail;
}

} // namespace

HttpResponse dataReply(const QJsonValue &data)
{
    return HttpResponse::json(200, mtchat::encodeData(data));
}

HttpResponse errorReply(const Error &error)
{
    const mtchat::ApiErrorCode code = mtchat::apiErrorFor(error);
    const mtchat::ApiErrorRow &row = mtchat::apiErrorRow(code);
    QString message = wordsOf(error);
    if (row.httpStatus >= 500) {
        qCWarning(serverLog) << "internal error:" << message;
        message = u"Internal server error"_s;
    }
    HttpResponse response = HttpResponse::json(row.httpStatus, mtchat::encodeError(code, message));
    if (error.retryAfter)
        setRetryAfter(response, *error.retryAfter);
    return response;
}

HttpResponse plainReply(int status, const QByteArray &text)
{
    HttpResponse response;
    response.status = status;
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.body = text;
    return response;
}

HttpResponse emptyReply()
{
    HttpResponse response;
    response.status = 204;
    return response;
}

HttpResponse malformedReply(const Error &error)
{
    const bool isSyntax = error.code == ErrorCode::Malformed || error.code == ErrorCode::TooLarge;
    return plainReply(isSyntax ? 400 : 422, wordsOf(error).toUtf8());
}

void setRetryAfter(HttpResponse &response, std::chrono::milliseconds wait)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    response.headers.set("Retry-After", QByteArray::number(qint64(std::max<qint64>(1, seconds))));
}

} // namespace presently::net
