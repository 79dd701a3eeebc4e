// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qacontrol.h"

#include "net/server/listener/httpserver.h"
#include "net/server/qa/qaroutes.h"
#include "net/server/tokenservice.h"

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

Unexpected<Error> refused(const QString &why)
{
    return Unexpected{Error{ErrorCode::InvalidField, u"qa"_s, why, std::nullopt}};
}

} // namespace

QaControl::QaControl(ServerOptions options, QaSeeding seeding, const Clock &real, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_real(real)
    , m_token(makeSecretToken())
    , m_seeds(std::move(seeding), real)
    , m_handler(m_token)
{
    addQaRoutes(m_handler.router(), *this);
}

QaControl::~QaControl() = default;

Expected<void, Error> QaControl::start()
{
    if (!m_options.isLoopback())
        return refused(u"only while the server listens on a loopback address"_s);
    if (!m_options.storage.dataDirectory.isEmpty())
        return refused(u"only with --memory: a reset forgets everything"_s);
    auto main = startWorld(u"main"_s, m_options, {});
    if (!main)
        return Unexpected{main.error()};
    m_main = *std::move(main);
    connect(&m_main->server(), &Server::stopped, this, &QaControl::stopped);
    connect(m_main.get(), &QaWorld::wasReset, this,
        [this] { connect(&m_main->server(), &Server::stopped, this, &QaControl::stopped); });

    ListenerOptions listening;
    listening.address = QHostAddress::LocalHost;
    listening.port = m_options.qa.port;
    m_listener = std::make_unique<HttpServer>(m_handler, m_real, listening);
    const auto port = m_listener->listen();
    if (port)
        return {};
    Error error = port.error();
    error.field = u"qa.port"_s;
    return Unexpected{error};
}

Expected<std::unique_ptr<QaWorld>, Error> QaControl::startWorld(
    const QString &name, const ServerOptions &options, const QByteArray &seed)
{
    const auto found = m_seeds.find(seed);
    if (!found)
        return Unexpected{found.error()};
    auto world = std::make_unique<QaWorld>(name, options, *found, m_real);
    if (const auto started = world->start(); !started)
        return Unexpected{started.error()};
    return world;
}

void QaControl::stop()
{
    if (m_listener)
        m_listener->stop();
    m_worlds.clear();
    if (m_main)
        m_main->server().stop();
}

QUrl QaControl::url() const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_listener ? m_listener->port() : 0);
    return url;
}

QaWorld *QaControl::world(const QString &name)
{
    if (name == m_main->name())
        return m_main.get();
    for (const auto &[number, world] : m_worlds) {
        if (world->name() == name)
            return world.get();
    }
    return nullptr;
}

QList<QaWorld *> QaControl::worlds() const
{
    QList<QaWorld *> worlds;
    for (const auto &[number, world] : m_worlds)
        worlds.append(world.get());
    return worlds;
}

Expected<QaWorld *, Error> QaControl::makeWorld(const QByteArray &seed)
{
    if (qsizetype(m_worlds.size()) >= MaxWorlds)
        return Unexpected{Error{ErrorCode::Conflict, u"worlds"_s,
            u"there are %1 already, which is as many as there may be"_s.arg(MaxWorlds),
            std::nullopt}};
    ServerOptions options = m_options;
    options.listener.port = 0;
    if (options.dialects.userStatus.grpcPort > 0)
        options.dialects.userStatus.grpcPort = 0;
    auto world = startWorld(u"w%1"_s.arg(m_lastWorld + 1), options, seed);
    if (!world)
        return Unexpected{world.error()};
    return m_worlds.emplace(++m_lastWorld, *std::move(world)).first->second.get();
}

bool QaControl::endWorld(const QString &name)
{
    return std::erase_if(m_worlds, [&name](const auto &entry) {
        return entry.second->name() == name;
    }) > 0;
}

} // namespace presently::net
