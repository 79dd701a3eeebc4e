// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/personaplayer.h"

#include "net/server/hub.h"
#include "net/server/listener/requesthandler.h"
#include "net/server/presenceservice.h"
#include "net/server/server.h"
#include "net/wire/http/response.h"
#include "net/wire/json/boundedjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QRandomGenerator>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

Q_LOGGING_CATEGORY(personaLog, "presently.personas", QtWarningMsg)

namespace {

//! A script without pauses must not keep the server from everything else.
constexpr Milliseconds shortestPause{200};

} // namespace

struct PersonaPlayer::Actor {
    struct Device {
        LeaseId lease;
        ActivityState state = ActivityState::Active;
    };
    QString login;
    PersonKey person{};
    QString token;
    QList<PersonaStep> steps;
    QHash<qsizetype, qsizetype> lines; //!< by step: which line is said next
    QHash<DeviceType, Device> devices;
    qsizetype next = 0;
    QTimer timer;
};

PersonaPlayer::PersonaPlayer(net::Server &server, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_clock(clock)
{
    m_beat.setInterval(server.options().presence.heartbeat / 2);
    connect(&m_beat, &QTimer::timeout, this, &PersonaPlayer::beat);
}

PersonaPlayer::~PersonaPlayer() = default;

void PersonaPlayer::start(
    const Seed &seed, const AppliedSeed &applied, const QHash<QString, QString> &tokens)
{
    m_conversations = applied.conversations;
    for (qsizetype i = 0; i < seed.people.size() && i < applied.people.size(); ++i) {
        const SeedPerson &person = seed.people.at(i);
        if (person.isPersona())
            addActor(person, applied.people.at(i), tokens.value(person.login));
    }
    m_beat.start();
}

void PersonaPlayer::addActor(
    const SeedPerson &person, const SeededPerson &seeded, const QString &token)
{
    auto actor = std::make_unique<Actor>();
    actor->login = person.login;
    actor->person = seeded.person.key;
    actor->token = token;
    actor->steps = person.persona;
    actor->timer.setSingleShot(true);
    connect(&actor->timer, &QTimer::timeout, this, [this, played = actor.get()] { play(*played); });
    scheduleNext(*actor);
    m_actors.push_back(std::move(actor));
}

void PersonaPlayer::scheduleNext(Actor &actor)
{
    const PersonaStep &step = actor.steps.at(actor.next);
    const qint64 jitter = step.jitter.count() > 0
        ? QRandomGenerator::global()->bounded(qint64(step.jitter.count()) + 1)
        : 0;
    actor.timer.start(std::max(shortestPause, step.after + Milliseconds{jitter}));
}

void PersonaPlayer::play(Actor &actor)
{
    const PersonaStep &step = actor.steps.at(actor.next);
    switch (step.action) {
    case Action::Come:
        come(actor, step);
        break;
    case Action::Go:
    case Action::Drop:
        leave(actor, step);
        break;
    case Action::Report:
        report(actor, step);
        break;
    case Action::SetStatus:
        setStatus(actor, step);
        break;
    case Action::Type:
        m_server.hub().typing(actor.person, m_conversations.value(step.conversation));
        break;
    case Action::Say:
        say(actor, step);
        break;
    case Action::Read:
        read(actor, step);
        break;
    }
    actor.next = (actor.next + 1) % actor.steps.size();
    scheduleNext(actor);
}

void PersonaPlayer::come(Actor &actor, const PersonaStep &step)
{
    if (actor.devices.contains(step.device))
        return;
    LeaseRequest request;
    request.person = actor.person;
    request.device = DeviceId{u"persona-%1-%2"_s.arg(actor.login).arg(int(step.device))};
    request.deviceType = step.device;
    const OpenedLease opened = m_server.presence().ledger().open(request);
    actor.devices.insert(step.device, {opened.lease, ActivityState::Active});
    m_server.presence().settle();
}

void PersonaPlayer::leave(Actor &actor, const PersonaStep &step)
{
    const auto device = actor.devices.constFind(step.device);
    if (device == actor.devices.cend())
        return;
    PresenceLedger &ledger = m_server.presence().ledger();
    if (step.action == Action::Go)
        ledger.end(device->lease, OfflineReason::Manual);
    else
        ledger.close(device->lease, CloseKind::Lost);
    actor.devices.erase(device);
    m_server.presence().settle();
}

void PersonaPlayer::report(Actor &actor, const PersonaStep &step)
{
    const auto device = actor.devices.find(step.device);
    if (device == actor.devices.end())
        return;
    device->state = step.activity;
    m_server.presence().ledger().beat(device->lease, step.activity);
    m_server.presence().settle();
}

void PersonaPlayer::setStatus(Actor &actor, const PersonaStep &step)
{
    Intent intent{step.status, step.customMessage, {}};
    if (step.statusFor)
        intent.until = m_clock.wallNow() + *step.statusFor;
    if (const auto set = m_server.hub().setIntent(actor.person, intent); !set)
        qCWarning(personaLog) << actor.login << "cannot set a status:" << set.error().detail;
}

void PersonaPlayer::say(Actor &actor, const PersonaStep &step)
{
    if (step.lines.isEmpty())
        return;
    qsizetype &line = actor.lines[actor.next];
    const QByteArray body
        = net::toAsciiJson(QJsonObject{{u"content"_s, step.lines.at(line % step.lines.size())}});
    ++line;
    const QString path
        = u"/api/v1/dialogs/%1/messages"_s.arg(m_conversations.value(step.conversation).value);
    call(actor, "POST", path, body);
}

void PersonaPlayer::read(Actor &actor, const PersonaStep &step)
{
    const QString path
        = u"/api/v1/dialogs/%1/"_s.arg(m_conversations.value(step.conversation).value);
    call(actor, "GET", path + u"messages"_s, {},
        [this, read = &actor, path](const net::HttpResponse &response) {
            const auto page = net::parseObject(response.body, {1024 * 1024, 32});
            if (!page)
                return;
            const QJsonArray messages
                = page->value("data"_L1).toObject().value("messages"_L1).toArray();
            if (messages.isEmpty())
                return;
            const QJsonObject body{
                {u"last_read_message_id"_s, messages.last().toObject().value("id"_L1)}};
            call(*read, "POST", path + u"read"_s, net::toAsciiJson(body));
        });
}

void PersonaPlayer::beat()
{
    PresenceLedger &ledger = m_server.presence().ledger();
    for (const auto &actor : m_actors) {
        for (const Actor::Device &device : std::as_const(actor->devices)) {
            ledger.transportAlive(device.lease);
            ledger.beat(device.lease, device.state);
        }
    }
    m_server.presence().settle();
}

void PersonaPlayer::call(const Actor &actor, const QByteArray &method, const QString &path,
    const QByteArray &body, std::function<void(const net::HttpResponse &)> done)
{
    net::HttpRequest request;
    request.head.method = method;
    request.head.segments = path.mid(1).split(u'/');
    request.head.peer.address = QHostAddress(QHostAddress::LocalHost);
    request.head.headers.add("Authorization", "Bearer " + actor.token.toLatin1());
    request.head.headers.add("Content-Type", "application/json");
    request.body = body;
    m_server.handle(std::move(request),
        [login = actor.login, done = std::move(done)](const net::HttpResponse &response) {
            if (response.status >= 300)
                qCWarning(personaLog) << login << "was answered with" << response.status;
            else if (done)
                done(response);
        });
}

} // namespace presently::app
