// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/apianswers.h"

#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/rest.h"

#include <QLoggingCategory>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(apiLog, "presently.server.api")

} // namespace

HttpResponse answerData(const QJsonValue &data)
{
    return HttpResponse::json(200, mtchat::encodeData(data));
}

HttpResponse answerAction(const QJsonObject &object)
{
    return HttpResponse::json(200, toAsciiJson(object));
}

HttpResponse answerNothing(int status)
{
    HttpResponse response;
    response.status = status;
    return response;
}

HttpResponse refuse(mtchat::ApiErrorCode code, const QString &message)
{
    return HttpResponse::json(
        mtchat::apiErrorRow(code).httpStatus, mtchat::encodeError(code, message));
}

HttpResponse refuseFor(const Error &error)
{
    const mtchat::ApiErrorCode code = mtchat::apiErrorFor(error);
    if (code == mtchat::ApiErrorCode::InternalError) {
        qCWarning(apiLog) << "internal error:" << int(error.code) << error.field << error.detail;
        return refuse(code, u"Internal server error"_s);
    }
    const QString message
        = error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail;
    return refuse(code, message);
}

HttpResponse refuseForm(int status, const QString &text)
{
    return HttpResponse::text(status, text.toUtf8());
}

} // namespace presently::net
