// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingreplies.h"

#include "net/server/apireply.h"
#include "net/server/logging.h"
#include "net/wire/json/boundedjson.h"

#include <QCryptographicHash>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using polling::Failure;

namespace {

QByteArray tagOf(const QByteArray &body)
{
    return '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).first(12).toHex() + '"';
}

//! A tag of ours holds no comma, so a list of tags may be cut at each.
bool namesTag(const HeaderList &asked, const QByteArray &tag)
{
    for (const QByteArray &field : asked.values("If-None-Match")) {
        for (const QByteArray &item : field.split(',')) {
            QByteArrayView name = trimmedOfBlanks(item);
            if (name.startsWith("W/"))
                name = name.sliced(2);
            if (name == tag || name == "*")
                return true;
        }
    }
    return false;
}

HttpResponse unauthorized(const Failure &failure)
{
    HttpResponse response = failureReply(401, failure);
    response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

} // namespace

HttpResponse pollingReply(int status, const QJsonObject &body)
{
    HttpResponse response = HttpResponse::json(status, toAsciiJson(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

HttpResponse taggedReply(const QJsonObject &body, const HeaderList &asked)
{
    HttpResponse response = pollingReply(200, body);
    const QByteArray tag = tagOf(response.body);
    if (namesTag(asked, tag)) {
        response = {};
        response.status = 304;
        response.headers.set("Cache-Control", "no-store");
    }
    response.headers.set("ETag", tag);
    return response;
}

HttpResponse failureReply(int status, const Failure &failure)
{
    return pollingReply(status, polling::toJson(failure));
}

HttpResponse noTokenReply()
{
    return unauthorized({Failure::Shape::Detail, u"Sign in first."_s, std::nullopt, {}});
}

HttpResponse badTokenReply()
{
    return unauthorized({Failure::Shape::Detail, u"The token is not good, or not good any more."_s,
        polling::TokenNotValidCode, {}});
}

HttpResponse tooManyReply(Milliseconds wait)
{
    HttpResponse response = failureReply(
        429, {Failure::Shape::Detail, u"Too many requests; try again later."_s, std::nullopt, {}});
    setRetryAfter(response, wait);
    return response;
}

HttpResponse brokenReply(const Error &error)
{
    qCWarning(serverLog) << "polling:" << error.field << error.detail;
    return failureReply(
        500, {Failure::Shape::Detail, u"Internal server error"_s, std::nullopt, {}});
}

} // namespace presently::net
