// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingcaller.h"

#include "net/server/logging.h"
#include "net/server/polling/pollingreplies.h"
#include "net/server/sessionservice.h"

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto DeviceHeader = "X-Device-Id";
constexpr qsizetype MaxDeviceBytes = 255;

} // namespace

PollingFace pollingFaceOf(const HttpHead &head)
{
    return head.rawPath.endsWith('/') ? PollingFace::Backend : PollingFace::Proxy;
}

Expected<std::optional<DeviceId>, Error> namedDevice(const HttpHead &head)
{
    if (!head.headers.contains(DeviceHeader))
        return std::optional<DeviceId>();
    const QByteArray bytes = head.headers.value(DeviceHeader);
    const QString name = QString::fromUtf8(bytes);
    const bool isPlain = std::all_of(name.begin(), name.end(),
        [](QChar c) { return c.isPrint() && c != QChar::ReplacementCharacter; });
    if (bytes.isEmpty() || bytes.size() > MaxDeviceBytes || !isPlain)
        return Unexpected{Error{ErrorCode::InvalidField, QString::fromLatin1(DeviceHeader),
            u"not an id of 1 to 255 bytes"_s, std::nullopt}};
    return std::optional(DeviceId{name});
}

std::variant<PollingCaller, PollingStranger, HttpResponse> pollingCallerOf(
    const HttpHead &head, SessionService &sessions)
{
    QByteArray token = head.bearerToken();
    if (token.isEmpty() && head.headers.contains("Authorization"))
        return badTokenReply();
    if (token.isEmpty())
        token = head.cookie("auth-token");
    if (token.isEmpty())
        return PollingStranger{};
    const auto identity = sessions.check(token);
    if (!identity) {
        qCDebug(serverLog) << "polling: token refused:" << identity.error().detail;
        return badTokenReply();
    }
    const auto named = namedDevice(head);
    if (!named)
        return failureReply(400, polling::failureOf(named.error()));

    PollingCaller caller;
    caller.person = identity->person;
    caller.device = DeviceId{u"default"_s};
    if (const auto &session = identity->session) {
        caller.session = session->id;
        caller.device = session->device.id;
        caller.deviceType = session->device.type;
    }
    if (*named && **named != caller.device) {
        caller.device = **named;
        caller.deviceType = DeviceType::Web;
    }
    return caller;
}

} // namespace presently::net
