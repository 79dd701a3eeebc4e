// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingpresence.h"

#include "net/server/logging.h"
#include "net/server/peopledirectory.h"
#include "net/server/polling/pollingreplies.h"
#include "net/server/presenceservice.h"
#include "net/transport/deadlinequeue.h"
#include "net/wire/json/boundedjson.h"

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using polling::Failure;

namespace {

//! Clocks that differ less are as good as equal.
constexpr Milliseconds skewWorthALine = std::chrono::minutes{1};

QString bucketOf(const PollingCaller &caller)
{
    return QString::number(qint64(caller.person)) + u'/' + caller.device.value;
}

//! The published servers do not read the body of a heartbeat; so none is fine.
Expected<polling::HeartbeatRequest, Error> readBeat(const QByteArray &body)
{
    if (body.isEmpty())
        return polling::HeartbeatRequest{};
    const auto object = parseObject(body);
    if (!object)
        return Unexpected{object.error()};
    return polling::heartbeatRequestFromJson(*object);
}

QJsonObject markedOffline(const std::optional<polling::PersonNumber> &user)
{
    return polling::toJson(polling::MarkOfflineReply{u"User marked as offline"_s, user});
}

std::optional<bool> flagOf(const HttpHead &head, QStringView name)
{
    const QString text = head.query.value(name);
    if (text.isEmpty() || text == u"0")
        return false;
    return text == u"1" ? std::optional(true) : std::nullopt;
}

} // namespace

PollingPresence::PollingPresence(const DialectContext &context)
    : m_context(context)
    , m_clock(context.deadlines.clock())
    , m_devices(context.presence, context.database, context.options.limits.devicesPerUser)
    , m_beats(m_clock, context.options.limits.heartbeat)
    , m_lists(m_clock, context.options.limits.frames)
{
}

HttpResponse PollingPresence::beat(const HttpRequest &request)
{
    auto found = pollingCallerOf(request.head, m_context.sessions);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return std::move(*refused);
    const auto *caller = std::get_if<PollingCaller>(&found);
    if (!caller && pollingFaceOf(request.head) == PollingFace::Backend)
        return noTokenReply();
    if (!caller)
        return failureReply(401, {Failure::Shape::Error, u"Not authenticated"_s, std::nullopt, {}});
    const auto beat = readBeat(request.body);
    if (!beat)
        return failureReply(400, polling::failureOf(beat.error()));
    if (beat->meansOffline()) {
        m_devices.end(*caller);
        return beatReply(caller->person);
    }
    noteSkew(*beat);
    if (m_beats.take(bucketOf(*caller)) == Milliseconds::zero())
        m_devices.touch(*caller);
    return beatReply(caller->person);
}

HttpResponse PollingPresence::beatReply(PersonKey person) const
{
    const auto seen = m_context.presence.ledger().ownView(person).presence.lastSeen;
    return pollingReply(200,
        polling::toJson(polling::HeartbeatReply{
            seen.value_or(m_clock.wallNow()), m_context.people.idsOf(person).polling}));
}

void PollingPresence::noteSkew(const polling::HeartbeatRequest &request) const
{
    if (!request.timestamp)
        return;
    const Milliseconds skew = *request.timestamp - m_clock.wallNow();
    if (std::chrono::abs(skew) > skewWorthALine)
        qCDebug(serverLog) << "polling: a client's clock is off by" << qint64(skew.count()) << "ms";
}

HttpResponse PollingPresence::leave(const HttpRequest &request)
{
    auto found = pollingCallerOf(request.head, m_context.sessions);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return std::move(*refused);
    const auto *caller = std::get_if<PollingCaller>(&found);
    if (!caller && pollingFaceOf(request.head) == PollingFace::Backend)
        return noTokenReply();
    if (const auto read = readBeat(request.body); !read)
        return failureReply(400, polling::failureOf(read.error()));
    if (!caller)
        return pollingReply(200, markedOffline(std::nullopt));
    m_devices.end(*caller);
    return pollingReply(200, markedOffline(m_context.people.idsOf(caller->person).polling));
}

HttpResponse PollingPresence::list(const HttpRequest &request)
{
    auto found = pollingCallerOf(request.head, m_context.sessions);
    if (auto *refused = std::get_if<HttpResponse>(&found))
        return std::move(*refused);
    const auto *caller = std::get_if<PollingCaller>(&found);
    if (!caller && pollingFaceOf(request.head) == PollingFace::Backend)
        return noTokenReply();
    if (!caller)
        return taggedReply(polling::toJson(polling::OnlineUsers{}), request.head.headers);
    const std::optional<bool> detail = flagOf(request.head, u"detail");
    if (!detail)
        return failureReply(
            400, {Failure::Shape::Field, u"is 0 or 1"_s, std::nullopt, u"detail"_s});
    const Milliseconds wait = m_lists.take(bucketOf(*caller));
    if (wait > Milliseconds::zero())
        return tooManyReply(wait);
    // A list is of this moment, whatever the timer has come to (after a suspend, for example).
    m_context.presence.ledger().advance();
    m_context.presence.settle();
    const polling::OnlineUsers online
        = listFor(caller->person, *detail ? Detail::Wanted : Detail::Left);
    return taggedReply(polling::toJson(online), request.head.headers);
}

std::vector<PersonKey> PollingPresence::candidates(PersonKey viewer) const
{
    if (!m_context.options.dialects.polling.listEverybody)
        return m_context.presence.graph().viewersOf(viewer);
    const QSet<PersonKey> everybody = m_context.people.keys();
    std::vector<PersonKey> others(everybody.begin(), everybody.end());
    std::erase(others, viewer);
    return others;
}

polling::OnlineUsers PollingPresence::listFor(PersonKey viewer, Detail detail) const
{
    polling::OnlineUsers online;
    const auto add = [&](PersonKey person, const Presence &presence) {
        if (!presence.isOnline())
            return;
        const polling::PersonNumber user = m_context.people.idsOf(person).polling;
        online.users.append(user);
        if (detail == Detail::Wanted && presence.lastSeen)
            online.lastActivity.insert(user, *presence.lastSeen);
    };
    const PresenceLedger &ledger = m_context.presence.ledger();
    add(viewer, ledger.view(viewer, Viewer::Self));
    for (const PersonKey person : candidates(viewer))
        add(person, ledger.view(person, Viewer::Other));
    std::sort(online.users.begin(), online.users.end());
    return online;
}

} // namespace presently::net
