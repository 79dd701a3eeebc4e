// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/restsession.h"

#include "net/client/urlpolicy.h"
#include "net/wire/json/boundedjson.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto BasePath = "/api/v1"_L1;
constexpr auto UserParameter = "user_id"_L1;

} // namespace

bool endsSession(const Error &error)
{
    return error.code == ErrorCode::Unauthenticated || error.code == ErrorCode::InvalidCredentials
        || error.code == ErrorCode::SessionRevoked;
}

RestSession::RestSession(ApiClient &api, TokenKeeper &tokens, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_tokens(tokens)
{
}

void RestSession::ask(const RestQuestion &question, QObject *context, Handler handler)
{
    send(question, context, std::move(handler), Attempt::First);
}

QString RestSession::segment(const QString &id)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(id));
}

void RestSession::send(const RestQuestion &question, const QPointer<QObject> &context,
    const Handler &handler, Attempt attempt)
{
    if (!context)
        return;
    m_api.send(callFor(question), context,
        [this, question, context, handler, attempt](const Expected<RestReply, Error> &reply) {
            const bool hasExpired = !reply && reply.error().code == ErrorCode::Unauthenticated;
            if (!hasExpired || attempt == Attempt::Second) {
                handler(reply);
                return;
            }
            m_tokens.refresh(
                this, [this, question, context, handler](const Expected<void, Error> &outcome) {
                    if (outcome) {
                        send(question, context, handler, Attempt::Second);
                        return;
                    }
                    if (context)
                        handler(Unexpected{outcome.error()});
                    if (endsSession(outcome.error()))
                        Q_EMIT sessionLost(outcome.error());
                });
        });
}

RestCall RestSession::callFor(const RestQuestion &question) const
{
    RestCall call;
    call.method = question.method;
    call.url = resourceUrl(m_server, BasePath + question.path);
    QUrlQuery query = question.query;
    if (!m_user.isEmpty())
        query.addQueryItem(UserParameter, segment(m_user.value));
    if (!query.isEmpty())
        call.url.setQuery(query);
    call.headers = question.headers;
    if (question.body)
        call.body = toAsciiJson(*question.body);
    return call;
}

} // namespace presently::net
