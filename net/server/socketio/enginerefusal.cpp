// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/enginerefusal.h"

#include <array>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<const char *, 6> Messages{"Transport unknown", "Session ID unknown",
    "Bad handshake method", "Bad request", "Forbidden", "Unsupported protocol version"};

int statusOf(EngineRefusal refusal)
{
    return refusal == EngineRefusal::Forbidden ? 403 : 400;
}

QByteArray messageOf(EngineRefusal refusal)
{
    return Messages.at(size_t(refusal));
}

} // namespace

HttpResponse pollingRefusal(EngineRefusal refusal)
{
    return HttpResponse::json(statusOf(refusal),
        "{\"code\":" + QByteArray::number(int(refusal)) + ",\"message\":\"" + messageOf(refusal)
            + "\"}");
}

HttpResponse upgradeRefusal(EngineRefusal refusal)
{
    HttpResponse response = HttpResponse::text(statusOf(refusal), {});
    response.body = messageOf(refusal);
    return response;
}

HttpResponse fullHouse()
{
    HttpResponse response = HttpResponse::text(503, "Too many sessions"_ba);
    response.headers.add("Retry-After", "5");
    return response;
}

HttpResponse pollingReply(const QByteArray &body)
{
    return {200,
        {{"Content-Type"_ba, "text/plain; charset=UTF-8"_ba}, {"Cache-Control"_ba, "no-store"_ba}},
        body, {}};
}

} // namespace presently::net::socketio
