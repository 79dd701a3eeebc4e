// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/stage.h"

#include "net/server/presenceservice.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString &person()
{
    static const QString login = u"bao"_s;
    return login;
}
const QString &watcher()
{
    static const QString login = u"ana"_s;
    return login;
}
const QString &marker()
{
    static const QString login = u"chi"_s;
    return login;
}

//! The graces of production, and no limit that a fast test would hit.
void setUp(net::ServerOptions &options)
{
    options.presence.graceClean = options.dialects.friends.graceClean
        = options.dialects.devices.graceClean = 3s;
    options.presence.graceLost = options.dialects.friends.graceLost
        = options.dialects.devices.graceLost = 10s;
    options.auth.accessLifetime = 1h;
#ifdef PRESENTLY_TESTS_GRPC
    options.dialects.userStatus.grpcPort = 0;
#endif
    const net::RateLimit plenty{10'000, 1ms};
    options.limits.frames = options.limits.heartbeat = options.limits.presenceQuery = plenty;
}

} // namespace

Stage::Stage(const DialectFace &face, const QList<DialectFace> &observers)
    : m_face(face)
    , m_watching(observers)
    , m_server(ServerTime::Manual)
{
    setUp(m_server.options);
    m_server.options.storage.dataDirectory = m_directory.path();
    m_truth.status = Status::Offline;
    if (!check(m_server.start(), u"the server: "_s + m_server.errorText()))
        return;
    m_actor = makeProbe(face, m_server, person(), u"one"_s);
    m_second = makeProbe(face, m_server, person(), u"two"_s);
    for (const DialectFace &watching : m_watching) {
        auto probe
            = makeProbe(watching, m_server, watcher(), u"watch-%1"_s.arg(int(watching.kind)));
        if (!check(probe->signIn(), QString::fromLatin1(watching.name) + u": "_s + probe->error()))
            return;
        m_observers.emplace(watching.kind, std::move(probe));
    }
    check(bringWatchers(), u"watching"_s);
}

Stage::~Stage() = default;

bool Stage::check(bool holds, const QString &what)
{
    if (!holds && m_error.isEmpty())
        m_error = what;
    return holds;
}

bool Stage::bringWatchers()
{
    for (const auto &[kind, probe] : m_observers) {
        if (!probe->connect())
            return check(false,
                u"%1 cannot connect: %2"_s.arg(
                    QString::fromLatin1(faceOf(kind).name), probe->error()));
    }
    for (const auto &[kind, probe] : m_observers) {
        if (probe->toldByStream() && !hasBegun(faceOf(kind), *probe))
            return check(false, u"a stream does not begin"_s);
    }
    if (!settle())
        return false;
    for (const auto &[kind, probe] : m_observers) {
        (void)probe->takeTold();
        (void)probe->takePushed();
    }
    m_heard.clear();
    return true;
}

//! A stream begins with the state of everybody of whom something can be known.
bool Stage::hasBegun(const DialectFace &face, DialectProbe &probe)
{
    QSet<QString> due;
    for (const QString &login : m_server.logins) {
        const PersonKey subject = m_server.key(login);
        net::PresenceService &presence = m_server.server().presence();
        const PersonKey viewer = m_server.key(watcher());
        if (subject != viewer && presence.graph().canSee(viewer, subject)
            && presence.row(viewer, m_server.id(login)))
            due.insert(personId(m_server, face.ids, login));
    }
    return waitUntil([&] {
        for (const Told &told : probe.takeTold())
            due.remove(told.person);
        return due.isEmpty();
    });
}

void Stage::flipMarker()
{
    net::PresenceService &presence = m_server.server().presence();
    if (m_marker.isNull()) {
        LeaseRequest request;
        request.person = m_server.key(marker());
        request.device = DeviceId{u"marker"_s};
        request.state = ActivityState::Locked; // counts without heartbeats
        m_marker = presence.openLease(request);
    } else {
        presence.ledger().end(std::exchange(m_marker, {}));
        presence.settle();
    }
}

// What comes over a WebSocket has come when a pong has. Events of a stream keep their order among
// themselves, so one that is about somebody else closes the step.
bool Stage::settle()
{
    const bool anyStream = std::any_of(m_observers.begin(), m_observers.end(),
        [](const auto &watching) { return watching.second->toldByStream(); });
    if (anyStream)
        flipMarker();
    const bool markerIsThere = !m_marker.isNull();
    for (const auto &[kind, probe] : m_observers) {
        if (!probe->toldByStream()) {
            if (!probe->settle())
                return check(false,
                    u"the connection of %1 is gone"_s.arg(QString::fromLatin1(faceOf(kind).name)));
            m_heard[kind] += probe->takeTold();
            continue;
        }
        const QString id = personId(m_server, faceOf(kind).ids, marker());
        const bool closed = waitUntil([&, kind = kind, probe = probe.get()] {
            const QList<Told> news = probe->takeTold();
            m_heard[kind] += news;
            return std::any_of(news.begin(), news.end(), [&](const Told &told) {
                return told.person == id && (told.what.status == Status::Away) == markerIsThere;
            });
        });
        if (!closed)
            return check(false, u"%1 does not hear"_s.arg(QString::fromLatin1(faceOf(kind).name)));
    }
    return true;
}

void Stage::step(const QString &what, const Act &act)
{
    if (!m_error.isEmpty() || !check(act(), what + u" fails: "_s + m_actor->error()))
        return;
    StageStep step{what, m_truth, m_knowledge, {}};
    observe(step);
    m_steps.push_back(std::move(step));
}

void Stage::passing(const QString &what, Milliseconds time)
{
    step(what, [this, time] {
        pass(time);
        return true;
    });
}

void Stage::quietly(const Act &act)
{
    if (m_error.isEmpty())
        check(act(), u"something in between fails: "_s + m_actor->error());
}

void Stage::observe(StageStep &step)
{
    if (!settle())
        return;
    for (const auto &[kind, probe] : m_observers) {
        Noticed &noticed = step.noticed[kind];
        sortOut(faceOf(kind), std::exchange(m_heard[kind], {}), noticed);
        noticed.answered = probe->ask(person());
        sortOut(faceOf(kind), probe->takeTold(), noticed);
    }
}

void Stage::sortOut(const DialectFace &face, const QList<Told> &told, Noticed &into)
{
    for (const Told &push : told) {
        // Who asked of people while nothing could be known is told when it can be.
        const bool isOwedWord = m_wasRestarted && push.what.status == Status::Offline;
        if (push.person == personId(m_server, face.ids, person()))
            into.told.append(push.what);
        else if (!isOwedWord && push.person != personId(m_server, face.ids, marker())
            && push.person != personId(m_server, face.ids, watcher()))
            into.astray.append(u"%1 is %2"_s.arg(push.person, toText(push.what)));
    }
}

QList<Sighting> Stage::toldIn(DialectFace::Kind kind)
{
    Noticed noticed;
    if (settle())
        sortOut(faceOf(kind), std::exchange(m_heard[kind], {}), noticed);
    return noticed.told;
}

void Stage::restart()
{
    if (!m_error.isEmpty())
        return;
    m_marker = {};
    m_wasRestarted = true;
    m_server.options.presence.holdBack = 45s;
    if (check(m_server.restart(), u"the server again: "_s + m_server.errorText()))
        check(bringWatchers(), u"watching again"_s);
}

void Stage::isThere(Status status, int devices)
{
    m_truth.status = status;
    m_truth.deviceCount = devices;
    m_truth.autoAway = status == Status::Away && m_face.setsTheDevice;
    m_truth.reason = OfflineReason::None;
    m_knowledge = Knowledge::Full;
}

void Stage::isGone(OfflineReason reason)
{
    m_truth.status = Status::Offline;
    m_truth.deviceCount = 0;
    m_truth.autoAway = false;
    m_truth.customMessage.clear();
    m_truth.reason = reason;
}

bool Stage::endLink(DialectProbe &probe, const std::function<void()> &how)
{
    const auto connected = [this] {
        const auto devices = m_server.server().explain(m_server.key(person())).devices;
        return std::count_if(devices.begin(), devices.end(), [](const DeviceExplanation &device) {
            return device.binding == Binding::Attached && device.state != LeaseState::Held;
        });
    };
    const auto before = connected();
    how();
    return !probe.isOpen() && waitUntil([&] { return connected() < before; });
}

} // namespace presently::test
