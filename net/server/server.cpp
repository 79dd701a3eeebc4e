// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/server.h"

#include "net/server/accountwatch.h"
#include "net/server/api/chatapi.h"
#include "net/server/authenticator.h"
#include "net/server/callbackresponder.h"
#include "net/server/dialects.h"
#include "net/server/eventbroadcaster.h"
#include "net/server/healthroutes.h"
#include "net/server/hub.h"
#include "net/server/listener/httpserver.h"
#include "net/server/logging.h"
#include "net/server/metrics.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceroutes.h"
#include "net/server/presenceservice.h"
#include "net/server/requestdispatcher.h"
#include "net/server/secretfile.h"
#include "net/server/sessionroutes.h"
#include "net/wire/mtchat/closecodes.h"

#include <QDir>
#include <QTemporaryDir>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

ListenerOptions toListenerOptions(const ServerOptions &options)
{
    const NetworkOptions &from = options.listener;
    ListenerOptions to;
    to.address = QHostAddress(from.host);
    to.port = from.port;
    to.tls = {from.tlsCertificate, from.tlsKey};
    to.maxConnections = from.maxConnections;
    to.maxConnectionsPerAddress = from.maxConnectionsPerAddress;
    to.maxUnfinished = from.maxUnfinished;
    to.http.maxHeadBytes = from.maxHeaderBytes;
    to.http.maxFields = from.maxHeaderFields;
    to.frames.maxMessageBytes = from.maxMessageBytes;
    to.maxPendingBytes = from.maxQueuedBytes;
    to.headTimeout = from.headerDeadline;
    to.bodyTimeout = from.bodyDeadline;
    to.keepAliveTimeout = from.keepAlive;
    to.pingAfterSilence = options.presence.pingAfter;
    to.pongTimeout = options.presence.pongWithin;
    for (const QString &host : from.allowedHosts)
        to.allowedHosts.append(host.toLower().toLatin1());
    for (const QString &origin : from.allowedOrigins)
        to.allowedOrigins.append(origin.toLatin1());
    return to;
}

} // namespace

//! The parts, in the order in which they need one another.
class Server::Private
{
public:
    Private(ServerOptions given, ServerDatabase &database, const Clock &clock)
        : options(std::move(given))
        , database(database)
        , clock(clock)
        , deadlines(clock)
        , people(database)
        , presence(options, database, people, deadlines)
        , hub(options, database, people, presence, deadlines)
        , broadcaster(hub, presence, people)
        , accounts(database, people,
              {[this] { return openSessions(); },
                  [this](const SessionId &session) { endSession(session); }},
              broadcaster, deadlines)
    {
    }

    Expected<void, Error> loadSecrets();
    Expected<void, Error> prepareFiles();
    void addRoutes();
    void addDialects();
    [[nodiscard]] QSet<SessionId> openSessions() const;
    void endSession(const SessionId &session);
    void tapFrames(const ServerFrameTap &tap);

    ServerOptions options;
    ServerDatabase &database;
    const Clock &clock;
    const Clock *transportClock = nullptr; //!< none: as everything else
    DeadlineQueue deadlines;
    PeopleDirectory people;
    PresenceService presence;
    Hub hub;
    EventBroadcaster broadcaster;
    AccountWatch accounts;
    QHash<PersonKey, QString> initialPasswords; //!< given before the start
    QByteArray secret;
    std::unique_ptr<QTemporaryDir> temporaryFiles; //!< uploads of a server that keeps nothing
    QString filesDirectory;
    std::unique_ptr<SessionService> sessions;
    std::unique_ptr<Authenticator> authenticator;
    std::unique_ptr<ApiContext> api;
    Router router;
    UpgradeRoutes upgrades;
    std::unique_ptr<RequestDispatcher> dispatcher;
    //! All but mtchat. They go first: answers that they still owe pass through the dispatcher.
    std::vector<std::unique_ptr<DialectAdapter>> dialects;
    std::unique_ptr<HttpServer> listener;
    ServerFrameTap tap;
    bool isGoingDown = false;
};

Expected<void, Error> Server::Private::loadSecrets()
{
    const QString directory = options.storage.dataDirectory;
    if (directory.isEmpty()) {
        if (secret.isEmpty())
            secret = makeSecretToken();
    } else {
        const auto kept = readOrMakeSecret(QDir(directory).filePath(u"token.secret"_s));
        if (!kept)
            return Unexpected{kept.error()};
        secret = *kept;
    }
    QList<QByteArray> outside;
    if (!options.auth.jwtSecretFile.isEmpty()) {
        const auto read = readSecrets(options.auth.jwtSecretFile);
        if (!read)
            return Unexpected{read.error()};
        outside = *read;
    }
    sessions = std::make_unique<SessionService>(
        options, database, people, clock, TokenService(secret, outside, options.auth.userIdClaim));
    authenticator = std::make_unique<Authenticator>(options, database, people, *sessions, clock);
    return authenticator->load();
}

Expected<void, Error> Server::Private::prepareFiles()
{
    if (options.storage.dataDirectory.isEmpty()) {
        temporaryFiles = std::make_unique<QTemporaryDir>();
        filesDirectory = temporaryFiles->path();
    } else {
        filesDirectory = QDir(options.storage.dataDirectory).filePath(u"files"_s);
    }
    if (!QDir().mkpath(filesDirectory))
        return Unexpected{Error{ErrorCode::StorageFailed, filesDirectory, u"cannot be made"_s, {}}};
    return {};
}

void Server::Private::addRoutes()
{
    api = std::make_unique<ApiContext>(
        ApiContext{database, broadcaster, clock, filesDirectory, fingerprint("files:" + secret), {},
            options.listener.maxUploadBytes, options.listener.maxBodyBytes, {}});
    api->hashPassword = [this](const QString &password, auto done) {
        sessions->hasher().hash(password.toUtf8(), sessions.get(),
            [done = std::move(done)](const Expected<QByteArray, Error> &hash) {
                if (hash)
                    done(QString::fromLatin1(*hash));
                else
                    done(Unexpected{hash.error()});
            });
    };
    addChatRoutes(router, *api);
    addManagementRoutes(router, *api);
    addSessionRoutes(router, *sessions, *authenticator, presence, database);
    addPresenceRoutes(router, presence, hub, *authenticator, database, options, clock);
    addHealthRoutes(
        router,
        [this] { return !isGoingDown && database.setting(presenceEpochSetting()).has_value(); },
        [this] {
            return writeMetrics(listener->counters(), hub, presence, dispatcher->answers());
        });
}

void Server::Private::addDialects()
{
    dialects = makeDialects({options, database, people, presence, *sessions, *authenticator, hub,
        *api, broadcaster, deadlines});
    for (const auto &dialect : dialects)
        dialect->addRoutes(router, upgrades);
    QObject::connect(
        &broadcaster, &EventBroadcaster::personGone, &broadcaster, [this](PersonKey person) {
            for (const auto &dialect : dialects)
                dialect->closePerson(person);
        });
}

QSet<SessionId> Server::Private::openSessions() const
{
    QSet<SessionId> open = hub.openSessions();
    for (const auto &dialect : dialects)
        open.unite(dialect->openSessions());
    return open;
}

void Server::Private::endSession(const SessionId &session)
{
    hub.closeSession(session, mtchat::CloseCode::SessionRevoked, "session ended");
    for (const auto &dialect : dialects)
        dialect->closeSession(session);
}

void Server::Private::tapFrames(const ServerFrameTap &given)
{
    tap = given;
    if (!listener)
        return;
    if (!tap)
        return listener->setFrameTap({});
    listener->setFrameTap([this](quint64 connection, FrameDirection direction, Opcode opcode,
                              QByteArrayView payload) {
        FrameRecord record{
            clock.now(), connection, {}, {}, direction, opcode, payload.toByteArray()};
        if (const ClientLink *link = hub.linkOf(connection)) {
            record.user = link->identity().user;
            record.device = link->identity().device;
        }
        tap(record);
    });
}

Server::Server(ServerOptions options, ServerDatabase &database, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options), database, clock))
{
}

Server::~Server() = default;

Expected<quint16, Error> Server::start()
{
    if (const auto valid = d->options.validate(); !valid)
        return Unexpected{valid.error()};
    if (const auto loaded = d->people.load(); !loaded)
        return Unexpected{loaded.error()};
    if (const auto loaded = d->presence.load(); !loaded)
        return Unexpected{loaded.error()};
    if (const auto loaded = d->loadSecrets(); !loaded)
        return Unexpected{loaded.error()};
    if (const auto prepared = d->prepareFiles(); !prepared)
        return Unexpected{prepared.error()};

    for (auto entry = d->initialPasswords.cbegin(); entry != d->initialPasswords.cend(); ++entry)
        d->sessions->setInitialPassword(entry.key(), entry.value());
    d->initialPasswords.clear();
    connect(d->sessions.get(), &SessionService::sessionEnded, this,
        [this](const SessionId &session) { d->endSession(session); });
    d->dispatcher = std::make_unique<RequestDispatcher>(
        d->options, d->router, d->upgrades, *d->authenticator, d->hub, d->clock);
    d->addRoutes();
    d->addDialects();
    d->listener = std::make_unique<HttpServer>(*d->dispatcher,
        d->transportClock ? *d->transportClock : d->clock, toListenerOptions(d->options));
    connect(d->listener.get(), &HttpServer::stopped, this, &Server::stopped);
    const auto port = d->listener->listen();
    if (!port) {
        Error error = port.error();
        if (error.field.isEmpty())
            error.field = u"%1:%2"_s.arg(d->options.listener.host).arg(d->options.listener.port);
        return Unexpected{error};
    }
    for (const auto &dialect : d->dialects) {
        if (const auto started = dialect->start(); !started)
            return Unexpected{started.error()};
    }
    d->tapFrames(d->tap);
    d->accounts.start();
    return port;
}

void Server::stop()
{
    if (d->isGoingDown || !d->listener)
        return;
    d->isGoingDown = true;
    d->dispatcher->refuseEverything(d->options.limits.restartSpread);
    d->hub.sayGoodbye();
    for (const auto &dialect : d->dialects)
        dialect->stop();
    d->presence.shutDown();
    // Not 1012, which Qt's client takes for a broken frame: net/README.md, "Close codes".
    d->listener->stop(mtchat::CloseCode::GoingAway, "restart");
}

quint16 Server::port() const
{
    return d->listener ? d->listener->port() : 0;
}

quint16 Server::grpcPort() const
{
    for (const auto &dialect : d->dialects) {
        if (dialect->ownPort() != 0)
            return dialect->ownPort();
    }
    return 0;
}

QUrl Server::url() const
{
    QUrl url;
    url.setScheme(d->options.listener.tlsCertificate.isEmpty() ? u"http"_s : u"https"_s);
    url.setHost(d->options.listener.host);
    url.setPort(port());
    return url;
}

const ServerOptions &Server::options() const
{
    return d->options;
}

void Server::setInitialPassword(PersonKey person, const QString &password)
{
    if (d->sessions)
        d->sessions->setInitialPassword(person, password);
    else
        d->initialPasswords.insert(person, password);
}

Expected<mtchat::SessionGrant, Error> Server::grantSession(
    PersonKey person, const DeviceInfo &device, Milliseconds lifetime)
{
    if (!d->sessions)
        return Unexpected{Error{ErrorCode::Internal, {}, u"not started"_s, {}}};
    return d->sessions->grant(person, device, lifetime);
}

void Server::setTokenSecret(const QByteArray &secret)
{
    d->secret = secret;
}

void Server::setTransportClock(const Clock &clock)
{
    d->transportClock = &clock;
}

std::optional<SteadyTime> Server::nextDeadline()
{
    return d->deadlines.nextDue();
}

void Server::runDeadlines()
{
    if (d->listener)
        d->listener->runDeadlines();
    d->deadlines.runDue();
}

void Server::setFrameTap(ServerFrameTap tap)
{
    d->tapFrames(tap);
}

PresenceExplanation Server::explain(PersonKey person) const
{
    return d->presence.ledger().why(person);
}

Hub &Server::hub()
{
    return d->hub;
}

Broadcaster &Server::broadcaster()
{
    return d->broadcaster;
}

PresenceService &Server::presence()
{
    return d->presence;
}

void Server::handle(HttpRequest request, std::function<void(HttpResponse)> done)
{
    d->dispatcher->handle(std::move(request), makeResponder(std::move(done)));
}

} // namespace presently::net
