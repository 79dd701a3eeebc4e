// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/apiquestion.h"

#include "models/core/uuid.h"
#include "net/server/api/apianswers.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/restconversations.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

ApiQuestion::ApiQuestion(const ApiRequest &request, ApiContext &context)
    : m_request(request)
    , m_context(context)
{
}

void ApiQuestion::setRefusal(const HttpResponse &refusal)
{
    if (!m_refusal)
        m_refusal = refusal;
}

QString ApiQuestion::argument(qsizetype argument) const
{
    return m_request.arguments.value(argument);
}

QString ApiQuestion::uuid(qsizetype place)
{
    const QString text = argument(place);
    if (!isUuid(text))
        setRefusal(refuseForm(400, u"Invalid UUID in path"_s));
    return text.toLower();
}

QString ApiQuestion::query(QStringView name) const
{
    return m_request.http.head.query.value(name);
}

int ApiQuestion::number(QStringView name, int fallback, int most)
{
    if (!m_request.http.head.query.contains(name))
        return fallback;
    bool isNumber = false;
    const qlonglong number = query(name).toLongLong(&isNumber);
    if (!isNumber || number < 0) {
        setRefusal(refuseForm(400, u"%1 must be a number from 0"_s.arg(name)));
        return fallback;
    }
    return int(std::min<qlonglong>(number, most));
}

std::optional<bool> ApiQuestion::flag(QStringView name)
{
    if (!m_request.http.head.query.contains(name))
        return std::nullopt;
    const QString word = query(name);
    if (word != "true"_L1 && word != "false"_L1)
        setRefusal(refuseForm(400, u"%1 must be true or false"_s.arg(name)));
    return word == "true"_L1;
}

std::optional<QString> ApiQuestion::uuidQuery(QStringView name)
{
    if (!m_request.http.head.query.contains(name))
        return std::nullopt;
    const QString text = query(name);
    if (!isUuid(text))
        setRefusal(refuseForm(400, u"%1 must be a UUID"_s.arg(name)));
    return text.toLower();
}

std::optional<AccessScope> ApiQuestion::scope()
{
    const HeaderList &headers = m_request.http.head.headers;
    if (!headers.contains("X-Scope-Config"))
        return std::nullopt;
    const auto scope = mtchat::decodeScopeHeader(headers.value("X-Scope-Config"));
    if (!scope) {
        setRefusal(refuse(ApiErrorCode::BadRequest, u"Invalid X-Scope-Config header"_s));
        return std::nullopt;
    }
    return AccessScope{scope->level0, scope->level1, scope->level2};
}

AccessScope ApiQuestion::requiredScope()
{
    const auto given = scope();
    if (!given)
        setRefusal(refuse(ApiErrorCode::BadRequest, u"X-Scope-Config header required"_s));
    return given.value_or(AccessScope());
}

std::optional<QJsonObject> ApiQuestion::bodyObject()
{
    const QByteArray type
        = m_request.http.head.headers.value("Content-Type").split(';').first().trimmed();
    if (type.toLower() != "application/json") {
        setRefusal(refuseForm(415, u"Expected application/json"_s));
        return std::nullopt;
    }
    const auto object = parseObject(m_request.http.body, {qsizetype(m_context.maxBodyBytes), 32});
    if (!object) {
        setRefusal(refuseForm(400, u"Not a JSON object: %1"_s.arg(object.error().detail)));
        return std::nullopt;
    }
    return *object;
}

void ApiQuestion::refuseBody(const Error &error)
{
    setRefusal(refuseForm(422, error.field + u": "_s + error.detail));
}

std::function<HttpResponse(const ApiRequest &)> answering(ApiAnswering answer, ApiContext &context)
{
    return [answer, &context](const ApiRequest &request) {
        ApiQuestion question(request, context);
        HttpResponse response = answer(question);
        return question.refusal() ? *question.refusal() : response;
    };
}

} // namespace presently::net
