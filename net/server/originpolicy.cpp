// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/originpolicy.h"

#include "net/server/apireply.h"
#include "net/server/listener/accesspolicy.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

bool OriginPolicy::allowsEverybody() const
{
    return m_allowed.contains("*"_L1);
}

bool OriginPolicy::isAllowed(const RequestHead &head, const QByteArray &origin) const
{
    return allowsEverybody() || isOwnOrigin(origin, head.headers.value("Host"))
        || m_allowed.contains(QString::fromLatin1(origin));
}

std::optional<HttpResponse> OriginPolicy::answer(const RequestHead &head) const
{
    const QByteArray origin = head.headers.value("Origin");
    const bool asksFirst = head.method == "OPTIONS";
    if (!origin.isEmpty() && !isAllowed(head, origin))
        return plainReply(403,
            "Origin not allowed. Pages of " + origin
                + " may come in when the server is started with --allow-origin " + origin);
    if (!asksFirst)
        return {};
    HttpResponse response;
    response.status = 204;
    decorate(origin, response);
    return response;
}

QByteArray OriginPolicy::acceptedOrigin(const RequestHead &head) const
{
    const QByteArray origin = head.headers.value("Origin");
    return isAllowed(head, origin) ? origin : QByteArray();
}

void OriginPolicy::decorate(const QByteArray &origin, HttpResponse &response) const
{
    if (origin.isEmpty())
        return;
    HeaderList &headers = response.headers;
    const bool isNamed = !allowsEverybody() || m_allowed.contains(QString::fromLatin1(origin));
    headers.set("Access-Control-Allow-Origin", isNamed ? origin : QByteArray("*"));
    // Cookies go to pages that were named, never to just anybody's.
    if (isNamed)
        headers.set("Access-Control-Allow-Credentials", "true");
    headers.set("Vary", "Origin");
    headers.set("Access-Control-Allow-Methods", "GET,POST,PUT,DELETE,OPTIONS");
    // Named one by one: a star does not cover Authorization.
    headers.set("Access-Control-Allow-Headers",
        "authorization, content-type, x-scope-config, idempotency-key, x-presently-state");
    headers.set("Access-Control-Expose-Headers", "retry-after");
    headers.set("Access-Control-Max-Age", "3600");
}

} // namespace presently::net
