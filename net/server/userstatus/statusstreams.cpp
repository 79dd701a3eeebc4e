// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/statusstreams.h"

#include "net/server/dialect.h"
#include "net/server/presenceservice.h"
#include "net/server/userstatus/statusdevices.h"
#include "net/server/userstatus/statusview.h"
#include "net/server/userstatus/watchlist.h"
#include "net/transport/deadlinequeue.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using userstatus::Failure;
using userstatus::Fault;
using userstatus::StatusEvent;
using userstatus::WireStatus;

namespace {

Failure tokenExpired()
{
    return {Fault::Unauthenticated, u"the token has expired"_s, {}};
}

} // namespace

//! \brief One open stream.
class StatusStreams::Stream final : private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(Stream)

public:
    Stream(StatusStreams &host, quint64 id, StatusCaller who, std::unique_ptr<StatusSink> to)
        : id(id)
        , caller(std::move(who))
        , sink(std::move(to))
        , watched(MaxWaiting)
        , m_host(host)
        , m_expiry(host.m_context.deadlines, *this)
    {
        const Clock &clock = host.m_context.deadlines.clock();
        if (caller.expiresAt)
            m_expiry.armAt(clock.now() + (*caller.expiresAt - clock.wallNow()));
    }
    ~Stream() = default;

    const quint64 id;
    const StatusCaller caller;
    const std::unique_ptr<StatusSink> sink;
    WatchList watched;
    bool watchesEverybody = false;
    bool isWriting = false;

private:
    void deadlineReached(Deadline &) override { m_host.end(id, tokenExpired()); }

    StatusStreams &m_host;
    Deadline m_expiry;
};

StatusStreams::StatusStreams(
    const DialectContext &context, const StatusView &view, StatusDevices &devices, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_view(view)
    , m_devices(devices)
{
    PresenceService &presence = context.presence;
    connect(&presence, &PresenceService::changed, this, &StatusStreams::presenceChanged);
    connect(
        &presence, &PresenceService::visibilityChanged, this, &StatusStreams::visibilityChanged);
    connect(&presence, &PresenceService::completed, this, [this] {
        for (const auto &[id, stream] : m_streams) {
            stream->watched.retry();
            pump(*stream);
        }
    });
    connect(
        &devices, &StatusDevices::evicted, this, [this](PersonKey person, const DeviceId &device) {
            endAll({Fault::TooMany, u"too many devices"_s, {}}, Lease::Released,
                [person, &device](const StatusCaller &caller) {
                    return caller.person == person && caller.device == device;
                });
        });
}

StatusStreams::~StatusStreams() = default;

Expected<void, Failure> StatusStreams::open(quint64 id, const StatusCaller &caller,
    const QStringList &userIds, std::unique_ptr<StatusSink> sink)
{
    QList<quint64> &streams = m_byPerson[caller.person];
    if (streams.size() >= MaxPerPerson)
        return Unexpected{Failure{Fault::TooMany, u"too many streams"_s, {}}};
    streams.append(id);
    auto stream = std::make_unique<Stream>(*this, id, caller, std::move(sink));
    Stream &opened = *stream;
    m_streams.emplace(id, std::move(stream));
    opened.watchesEverybody = userIds.isEmpty();
    for (const QString &userId : userIds)
        opened.watched.add(userId);
    if (opened.watchesEverybody) {
        for (const PersonKey person : m_context.presence.graph().viewersOf(caller.person))
            opened.watched.add(m_view.userIdOf(person));
    }
    m_devices.streamOpened(caller);
    pump(opened);
    return {};
}

void StatusStreams::pump(Stream &stream)
{
    if (stream.isWriting)
        return;
    const PersonKey viewer = stream.caller.person;
    const auto event = stream.watched.take(
        [this, viewer](const QString &userId) { return m_view.snapshot(viewer, userId); });
    if (!event)
        return;
    stream.isWriting = true;
    stream.sink->write(*event);
}

void StatusStreams::written(quint64 id)
{
    const auto stream = m_streams.find(id);
    if (stream == m_streams.end())
        return;
    stream->second->isWriting = false;
    pump(*stream->second);
}

// What others see goes to those who may see it; what only the person's own devices see, to them.
void StatusStreams::presenceChanged(const PresenceChange &change)
{
    StatusEvent event{m_view.userIdOf(change.person), {}, change.at};
    event.status = userstatus::wireStatusFor(change.own.presence.status);
    tell(change.person, event);
    if (change.audience != Audience::Everybody)
        return;
    event.status = userstatus::wireStatusFor(change.after.status);
    for (const PersonKey viewer : m_context.presence.graph().viewersOf(change.person))
        tell(viewer, event);
}

void StatusStreams::visibilityChanged(PersonKey one, PersonKey other)
{
    retell(one, other);
    retell(other, one);
}

void StatusStreams::retell(PersonKey viewer, PersonKey subject)
{
    const QList<quint64> ids = m_byPerson.value(viewer);
    if (ids.isEmpty())
        return;
    const QString userId = m_view.userIdOf(subject);
    const auto event = m_view.snapshot(viewer, userId);
    if (!event)
        return;
    const bool isVisible = m_context.presence.graph().canSee(viewer, subject);
    for (const quint64 id : ids) {
        Stream &stream = *m_streams.at(id);
        if (stream.watchesEverybody && isVisible)
            stream.watched.add(userId);
    }
    tell(viewer, *event);
}

void StatusStreams::tell(PersonKey viewer, const StatusEvent &event)
{
    for (const quint64 id : m_byPerson.value(viewer)) {
        Stream &stream = *m_streams.at(id);
        if (stream.watched.note(event))
            pump(stream);
        else
            end(id, {Fault::TooSlow, u"the stream is not read fast enough"_s, {}});
    }
}

std::unique_ptr<StatusStreams::Stream> StatusStreams::remove(quint64 id)
{
    const auto place = m_streams.find(id);
    if (place == m_streams.end())
        return {};
    std::unique_ptr<Stream> stream = std::move(place->second);
    m_streams.erase(place);
    const auto streams = m_byPerson.find(stream->caller.person);
    streams->removeOne(id);
    if (streams->isEmpty())
        m_byPerson.erase(streams);
    return stream;
}

void StatusStreams::closed(quint64 id)
{
    const std::unique_ptr<Stream> stream = remove(id);
    if (!stream)
        return;
    stream->sink->abandon();
    m_devices.streamEnded(stream->caller);
}

void StatusStreams::end(quint64 id, const Failure &failure, Lease lease)
{
    const std::unique_ptr<Stream> stream = remove(id);
    if (!stream)
        return;
    stream->sink->finish(failure);
    if (lease == Lease::Released)
        m_devices.streamEnded(stream->caller);
}

template <typename Matches>
void StatusStreams::endAll(const Failure &failure, Lease lease, Matches matches)
{
    std::vector<quint64> ids;
    for (const auto &[id, stream] : m_streams) {
        if (matches(stream->caller))
            ids.push_back(id);
    }
    for (const quint64 id : ids)
        end(id, failure, lease);
}

void StatusStreams::closeSession(const SessionId &session)
{
    endAll({Fault::Unauthenticated, u"the session has ended"_s, {}}, Lease::Released,
        [&session](const StatusCaller &caller) { return caller.session == session; });
}

void StatusStreams::closePerson(PersonKey person)
{
    endAll({Fault::Unauthenticated, u"the account is no more"_s, {}}, Lease::Released,
        [person](const StatusCaller &caller) { return caller.person == person; });
}

// Leases that stand behind a stream end with the server, not a few seconds before it.
void StatusStreams::stop()
{
    endAll({Fault::GoingDown, u"the server is going down"_s, {}}, Lease::Kept,
        [](const StatusCaller &) { return true; });
}

QSet<SessionId> StatusStreams::openSessions() const
{
    QSet<SessionId> open;
    for (const auto &[id, stream] : m_streams) {
        if (stream->caller.session)
            open.insert(*stream->caller.session);
    }
    return open;
}

qsizetype StatusStreams::count() const
{
    return qsizetype(m_streams.size());
}

} // namespace presently::net
