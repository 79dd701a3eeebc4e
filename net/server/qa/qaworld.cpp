// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaworld.h"

#include "net/server/presenceservice.h"
#include "net/server/tokenservice.h"

#include <QElapsedTimer>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Of the world's time: whoever advances further signs in anew.
constexpr Milliseconds tokenLifetime = 30 * 24h;

std::optional<SteadyTime> earlier(std::optional<SteadyTime> one, std::optional<SteadyTime> other)
{
    if (!one || !other)
        return one ? one : other;
    return std::min(*one, *other);
}

} // namespace

QaWorld::QaWorld(QString name, ServerOptions options, std::shared_ptr<const QaTemplate> seed,
    const Clock &real, QObject *parent)
    : QObject(parent)
    , m_name(std::move(name))
    , m_options(std::move(options))
    , m_seed(std::move(seed))
    , m_real(real)
    , m_secret(makeSecretToken())
    , m_clock(real)
    , m_expectations(m_frames, m_clock,
          [this](PersonKey person) { return m_server->presence().ledger().view(person).status; })
    , m_time(m_clock,
          {[this] {
               return earlier(m_server->nextDeadline(), m_expectations.deadlines().nextDue());
           },
              [this] {
                  m_server->runDeadlines();
                  m_expectations.deadlines().runDue();
              }})
{
    // A seed is a first start: nobody was there before, so nobody is on the way back.
    m_options.presence.holdBack = Milliseconds::zero();
    m_options.storage.dataDirectory.clear();
    m_spareDue.setSingleShot(true);
    connect(&m_spareDue, &QTimer::timeout, this, [this] {
        if (auto copy = m_seed->database->copy())
            m_spare = *std::move(copy);
    });
}

QaWorld::~QaWorld()
{
    tearDown();
}

Expected<void, Error> QaWorld::start()
{
    if (const auto built = build(); !built)
        return built;
    return makeAccounts();
}

Expected<std::chrono::microseconds, Error> QaWorld::reset()
{
    QElapsedTimer elapsed;
    elapsed.start();
    Q_EMIT aboutToReset();
    tearDown();
    m_clock.reset();
    m_frames.clear();
    if (const auto built = build(); !built)
        return Unexpected{built.error()};
    if (const auto restored = restoreSessions(); !restored)
        return Unexpected{restored.error()};
    Q_EMIT wasReset();
    return std::chrono::microseconds{elapsed.nsecsElapsed() / 1000};
}

Expected<std::unique_ptr<ServerDatabase>, Error> QaWorld::takeDatabase()
{
    m_spareDue.start(0);
    if (m_spare)
        return std::move(m_spare);
    return m_seed->database->copy();
}

Expected<void, Error> QaWorld::build()
{
    auto database = takeDatabase();
    if (!database)
        return Unexpected{database.error()};
    m_database = *std::move(database);
    m_server = std::make_unique<Server>(m_options, *m_database, m_clock);
    m_server->setTokenSecret(m_secret);
    m_server->setTransportClock(m_real);
    for (const QaPerson &person : m_seed->people) {
        if (!person.password.isEmpty())
            m_server->setInitialPassword(person.person.key, person.password);
    }
    m_server->setFrameTap([this](const FrameRecord &record) { noteFrame(record); });
    const auto port = m_server->start();
    if (!port)
        return Unexpected{port.error()};
    connect(&m_server->presence(), &PresenceService::changed, this,
        [this](const PresenceChange &change) { m_expectations.presenceChanged(change.person); });
    m_options.listener.port = *port;
    if (m_server->grpcPort() != 0)
        m_options.dialects.userStatus.grpcPort = m_server->grpcPort();
    return {};
}

void QaWorld::tearDown()
{
    m_time.abandon();
    m_expectations.abandon(u"the world was reset, or has ended"_s);
    if (m_server) {
        m_server->setFrameTap({});
        m_server->presence().disconnect(this);
    }
    m_server.reset();
    m_database.reset();
}

Expected<void, Error> QaWorld::makeAccounts()
{
    for (const QaPerson &seeded : m_seed->people) {
        const QString login = seeded.person.login.value_or(QString());
        const DeviceInfo device{
            DeviceId{u"seed-"_s + login}, DeviceType::Desktop, u"presently"_s, {}};
        const auto grant = m_server->grantSession(seeded.person.key, device, tokenLifetime);
        if (!grant)
            return Unexpected{grant.error()};
        const auto session = m_database->sessions().find(grant->session);
        if (!session)
            return Unexpected{session.error()};
        m_accounts.append({seeded.person, seeded.password, grant->token});
        m_sessions.append(*session);
    }
    return {};
}

Expected<void, Error> QaWorld::restoreSessions()
{
    Transaction transaction(m_database->connection());
    for (const SessionRecord &session : std::as_const(m_sessions)) {
        if (auto done = m_database->sessions().add(session); !done)
            return done;
    }
    return transaction.commit();
}

void QaWorld::noteFrame(const FrameRecord &record)
{
    const LoggedFrame &frame = m_frames.add(record, m_clock.wallNow());
    m_time.noteFrame(frame);
    m_expectations.frameLogged(frame);
}

Expected<PersonRecord, Error> QaWorld::find(const QString &name)
{
    PeopleTable &people = m_database->people();
    if (auto found = people.findByLogin(name))
        return found;
    for (const PersonIdKind kind : {PersonIdKind::Mtchat, PersonIdKind::ObjectId,
             PersonIdKind::UserStatus, PersonIdKind::Polling}) {
        if (auto found = people.findById(kind, name))
            return found;
    }
    return Unexpected{Error{
        ErrorCode::NotFound, u"user"_s, u"nobody is called \"%1\" here"_s.arg(name), std::nullopt}};
}

} // namespace presently::net
