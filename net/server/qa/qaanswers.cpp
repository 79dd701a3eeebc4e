// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaanswers.h"

#include "net/wire/json/boundedjson.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

HttpResponse qaReply(const QJsonObject &body)
{
    return qaReply(200, body);
}

HttpResponse qaReply(int status, const QJsonObject &body)
{
    HttpResponse response = HttpResponse::json(status, toAsciiJson(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

HttpResponse qaRefusal(int status, const QString &words)
{
    return qaReply(status, {{u"error"_s, words}});
}

HttpResponse qaRefusal(const Error &error)
{
    const QString words
        = error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail;
    switch (error.code) {
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
        return qaRefusal(400, words);
    case ErrorCode::NotFound:
        return qaRefusal(404, words);
    case ErrorCode::Conflict:
        return qaRefusal(409, words);
    default:
        return qaRefusal(500, words);
    }
}

} // namespace presently::net
