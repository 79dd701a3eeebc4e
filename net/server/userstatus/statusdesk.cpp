// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/statusdesk.h"

#include "net/server/dialect.h"
#include "net/server/hub.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"
#include "net/server/sessionservice.h"
#include "net/server/userstatus/statusdevices.h"
#include "net/server/userstatus/statusview.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using userstatus::Failure;
using userstatus::Fault;
using userstatus::RestStatus;
using userstatus::StatusRow;
using userstatus::WireStatus;

namespace {

constexpr qsizetype maxDeviceName = 255;

bool isGoodDeviceName(const QByteArray &name)
{
    return name.size() <= maxDeviceName
        && std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Failure notFound()
{
    return {Fault::UserNotFound, u"no such user"_s, {}};
}

} // namespace

StatusDesk::StatusDesk(
    const DialectContext &context, StatusDevices &devices, const StatusView &view)
    : m_context(context)
    , m_devices(devices)
    , m_view(view)
    , m_changes(context.deadlines.clock(), context.options.limits.intent)
    , m_heartbeats(context.deadlines.clock(), context.options.limits.heartbeat)
    , m_lookups(context.deadlines.clock(), context.options.limits.frames)
    , m_lists(context.deadlines.clock(), context.options.limits.presenceQuery)
{
}

Expected<StatusCaller, Failure> StatusDesk::caller(
    const QByteArray &token, const QByteArray &deviceName) const
{
    if (token.isEmpty())
        return Unexpected{Failure{Fault::Unauthenticated, u"a bearer token is needed"_s, {}}};
    if (!isGoodDeviceName(deviceName))
        return Unexpected{Failure{Fault::InvalidRequest, u"x-device-id is no name"_s, {}}};
    const auto identity = m_context.sessions.check(token);
    if (!identity)
        return Unexpected{userstatus::failureFor(identity.error())};
    StatusCaller caller;
    caller.person = identity->person;
    caller.userId = m_view.userIdOf(identity->person);
    caller.device = DeviceId{u"userstatus"_s};
    caller.expiresAt = identity->claims.expiresAt;
    if (identity->session) {
        caller.session = identity->session->id;
        caller.device = identity->session->device.id;
        caller.deviceType = identity->session->device.type;
    }
    if (!deviceName.isEmpty())
        caller.device = DeviceId{QString::fromLatin1(deviceName)};
    return caller;
}

Expected<void, Failure> StatusDesk::checkOwn(const StatusCaller &caller, const QString &userId)
{
    if (userId == caller.userId)
        return {};
    return Unexpected{
        Failure{Fault::PermissionDenied, u"the token belongs to somebody else"_s, {}}};
}

Expected<void, Failure> StatusDesk::admit(RateLimiter &limiter, const StatusCaller &caller) const
{
    const Milliseconds wait = limiter.take(QString::number(qint64(caller.person)));
    if (wait == Milliseconds::zero())
        return {};
    return Unexpected{Failure{Fault::RateLimited, u"too often"_s, wait}};
}

Expected<StatusDesk::Outcome, Failure> StatusDesk::set(
    const StatusCaller &caller, const QString &userId, WireStatus status)
{
    if (const auto own = checkOwn(caller, userId); !own)
        return Unexpected{own.error()};
    if (const auto admitted = admit(m_changes, caller); !admitted)
        return Unexpected{admitted.error()};
    m_devices.set(caller, status);
    return Outcome{messageAfter(caller, status), toRow(m_view.see(caller.person, caller.person))};
}

QString StatusDesk::messageAfter(const StatusCaller &caller, WireStatus status) const
{
    const int others = m_context.presence.ownRecord(caller.person).presence.deviceCount;
    if (status == WireStatus::Offline && others > 0)
        return u"still online on %1 other device(s)"_s.arg(others);
    return u"User status updated successfully"_s;
}

// The order is such that nobody sees a state in between: a wish that hides comes before the device,
// one that is taken back comes after it.
Expected<QString, Failure> StatusDesk::set(
    const StatusCaller &caller, const QString &userId, RestStatus status)
{
    if (const auto own = checkOwn(caller, userId); !own)
        return Unexpected{own.error()};
    if (const auto admitted = admit(m_changes, caller); !admitted)
        return Unexpected{admitted.error()};
    if (status == RestStatus::Offline) {
        m_devices.set(caller, WireStatus::Offline);
        return messageAfter(caller, WireStatus::Offline);
    }
    const bool isWish = status == RestStatus::Invisible || status == RestStatus::DoNotDisturb;
    const IntentStatus wish = !isWish     ? IntentStatus::Auto
        : status == RestStatus::Invisible ? IntentStatus::Invisible
                                          : IntentStatus::Busy;
    if (isWish) {
        if (const auto set = setIntent(caller, wish); !set)
            return Unexpected{set.error()};
    }
    m_devices.set(caller, status == RestStatus::Away ? WireStatus::Away : WireStatus::Online);
    if (!isWish) {
        if (const auto set = setIntent(caller, wish); !set)
            return Unexpected{set.error()};
    }
    return messageAfter(caller, WireStatus::Online);
}

Expected<void, Failure> StatusDesk::setIntent(const StatusCaller &caller, IntentStatus status)
{
    if (m_context.presence.ledger().ownView(caller.person).intent.status == status)
        return {};
    Intent intent;
    intent.status = status;
    if (const auto set = m_context.hub.setIntent(caller.person, intent); !set)
        return Unexpected{userstatus::failureFor(set.error())};
    return {};
}

Expected<void, Failure> StatusDesk::admitQuestion(const StatusCaller &caller, qsizetype count)
{
    const int most = m_context.options.dialects.userStatus.maxIds;
    if (count > most)
        return Unexpected{Failure{Fault::InvalidRequest, u"more than %1 ids"_s.arg(most), {}}};
    return admit(count == 1 ? m_lookups : m_lists, caller);
}

Expected<StatusRow, Failure> StatusDesk::get(const StatusCaller &caller, const QString &userId)
{
    if (const auto admitted = admitQuestion(caller, 1); !admitted)
        return Unexpected{admitted.error()};
    const auto seen = m_view.see(caller.person, userId);
    if (!seen)
        return Unexpected{notFound()};
    return toRow(*seen);
}

Expected<QList<StatusRow>, Failure> StatusDesk::getMany(
    const StatusCaller &caller, const QStringList &userIds)
{
    if (const auto admitted = admitQuestion(caller, userIds.size()); !admitted)
        return Unexpected{admitted.error()};
    QList<StatusRow> rows;
    rows.reserve(userIds.size());
    for (const QString &id : userIds) {
        const auto seen = m_view.see(caller.person, id);
        rows.append(seen ? toRow(*seen) : StatusRow{id, WireStatus::Unknown, {}, {}});
    }
    return rows;
}

Expected<StatusDesk::Heartbeat, Failure> StatusDesk::beat(
    const StatusCaller &caller, const QString &userId)
{
    if (const auto own = checkOwn(caller, userId); !own)
        return Unexpected{own.error()};
    if (const auto admitted = admit(m_heartbeats, caller); !admitted)
        return Unexpected{admitted.error()};
    if (!m_devices.beat(caller))
        return Heartbeat{};
    const auto half = m_context.options.dialects.userStatus.lease / 2;
    return Heartbeat{
        true, std::max<qint64>(1, std::chrono::floor<std::chrono::seconds>(half).count())};
}

} // namespace presently::net
