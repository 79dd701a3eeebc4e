// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/serverprogram.h"

#include "app/server/databaseplace.h"
#include "app/server/seedchoice.h"
#include "net/server/presenceservice.h"
#include "net/wire/json/boundedjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! A seed is there to be tried out: its tokens hold for a day.
constexpr Milliseconds seedTokenLifetime = 24h;
//! Connections that do not end by themselves do not keep us.
constexpr Milliseconds longestGoodbye = 5s;

QJsonObject idsOf(const PersonIds &ids)
{
    return {{u"mtchat"_s, ids.mtchat.value}, {u"friends"_s, ids.objectId},
        {u"userstatus"_s, ids.userStatus}, {u"polling"_s, ids.polling},
        {u"devices"_s, ids.objectId}};
}

} // namespace

ServerProgram::ServerProgram(net::ServerOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
}

ServerProgram::~ServerProgram() = default;

Expected<QByteArray, Error> ServerProgram::start()
{
    if (m_options.qa.enabled) {
        m_qa = std::make_unique<QaProgram>(m_options, m_clock);
        connect(m_qa.get(), &QaProgram::finished, this, &ServerProgram::finished);
        return m_qa->start();
    }
    auto database = openDatabase(m_options.storage);
    if (!database)
        return Unexpected{database.error()};
    m_database = *std::move(database);
    if (const auto locked = lockData(); !locked)
        return Unexpected{locked.error()};
    // At the first start there was nobody before, so nobody is on the way back.
    const auto epoch = m_database->setting(net::presenceEpochSetting());
    if (epoch && !*epoch)
        m_options.presence.holdBack = Milliseconds::zero();
    if (const auto applied = applySeedTo(*m_database); !applied)
        return Unexpected{applied.error()};

    m_server = std::make_unique<net::Server>(m_options, *m_database, m_clock);
    for (const SeededPerson &person : m_applied.people) {
        if (!person.password.isEmpty())
            m_server->setInitialPassword(person.person.key, person.password);
    }
    connect(m_server.get(), &net::Server::stopped, this, &ServerProgram::finished);
    const auto port = m_server->start();
    if (!port)
        return Unexpected{port.error()};
    return readyLine();
}

// Two servers over one database would each see half of who is there.
Expected<void, Error> ServerProgram::lockData()
{
    const QString database = databasePath(m_options.storage);
    if (database == u":memory:")
        return {};
    m_lock = std::make_unique<QLockFile>(database + u".lock"_s);
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock(0))
        return {};
    return Unexpected{Error{ErrorCode::Conflict, database, u"another server is using it"_s, {}}};
}

Expected<void, Error> ServerProgram::applySeedTo(ServerDatabase &database)
{
    const net::StorageOptions &storage = m_options.storage;
    if (storage.seedFile.isEmpty() && !storage.builtInSeed)
        return {};
    auto seed = chosenSeed(storage);
    if (!seed)
        return Unexpected{seed.error()};
    m_seed = *std::move(seed);
    auto applied = applySeed(m_seed, database, m_clock.wallNow());
    if (!applied)
        return Unexpected{applied.error()};
    m_applied = *std::move(applied);
    return {};
}

Expected<QByteArray, Error> ServerProgram::readyLine()
{
    QJsonArray users;
    QHash<QString, QString> tokens;
    for (const SeededPerson &seeded : m_applied.people) {
        const QString login = seeded.person.login.value_or(QString());
        const DeviceInfo device{
            DeviceId{u"seed-"_s + login}, DeviceType::Desktop, u"presently"_s, {}};
        const auto grant = m_server->grantSession(seeded.person.key, device, seedTokenLifetime);
        if (!grant)
            return Unexpected{grant.error()};
        tokens.insert(login, grant->token);
        users.append(QJsonObject{{u"login"_s, login}, {u"password"_s, seeded.password},
            {u"token"_s, grant->token}, {u"user_id"_s, seeded.person.ids.mtchat.value},
            {u"ids"_s, idsOf(seeded.person.ids)}});
    }
    if (m_options.storage.personas) {
        m_personas = std::make_unique<PersonaPlayer>(*m_server, m_clock);
        m_personas->start(m_seed, m_applied, tokens);
    }
    return net::toAsciiJson(QJsonObject{{u"ready"_s, true}, {u"http"_s, m_server->url().toString()},
        {u"grpc"_s, grpcAddress()}, {u"qa"_s, QJsonValue::Null}, {u"qa_token"_s, QJsonValue::Null},
        {u"users"_s, users}});
}

QJsonValue ServerProgram::grpcAddress() const
{
    if (m_server->grpcPort() == 0)
        return QJsonValue::Null;
    QUrl address = m_server->url();
    address.setPort(m_server->grpcPort());
    return address.authority();
}

void ServerProgram::stop()
{
    m_personas.reset();
    QTimer::singleShot(longestGoodbye, this, &ServerProgram::finished);
    if (m_qa)
        return m_qa->stop();
    m_server->stop();
}

} // namespace presently::app
