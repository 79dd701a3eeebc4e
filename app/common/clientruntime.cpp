// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/clientruntime.h"

#include "models/presence/presencestore.h"
#include "net/client/credentialstoreentry.h"
#include "net/client/engine.h"

#include <QSysInfo>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

//! A goodbye that takes longer is one that does not arrive.
constexpr std::chrono::milliseconds QuitDeadline{900};
constexpr int CachedPageSize = 50;
//! A stream of events wakes the window so often; a single one is there at once.
constexpr std::chrono::milliseconds WindowPace{10};

net::EngineOptions engineOptions()
{
    net::EngineOptions options;
    options.asksBeforeRefresh = true;
    return options;
}

} // namespace

ClientRuntime::ClientRuntime(const RuntimeOptions &options, net::CredentialStore &keychain,
    const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_session(clock)
    , m_keeper(keychain, net::accountEntry(options.account.server, options.account.login),
          options.credentialLockFile)
    , m_relay([this](const Event &event) { onEvent(event); }, WindowPace)
    , m_engine(new net::Engine(clock, engineOptions()))
    , m_cache(new CacheWorker(clock))
{
    m_quitDeadline.setSingleShot(true);
    m_quitDeadline.setInterval(QuitDeadline);
    connect(&m_quitDeadline, &QTimer::timeout, this, &ClientRuntime::finish);
    connect(&m_session, &Session::commandSubmitted, this, &ClientRuntime::carry);
    connect(&m_session, &Session::intentChanged, this, [this] {
        // One that ended leaves on disk what it returned to: the server may not be heard for long.
        if (m_isCacheRestored && m_session.intent().until)
            onCache([after = m_session.intentAfter()](
                        CacheWorker &cache) { cache.keepIntentAfter(after); });
    });

    connectEngine();
    connectCredentials();
    startThreads();
}

ClientRuntime::~ClientRuntime()
{
    for (QThread *thread : {&m_networkThread, &m_storageThread}) {
        thread->quit();
        thread->wait();
    }
}

void ClientRuntime::startThreads()
{
    m_networkThread.setObjectName("network"_L1);
    m_storageThread.setObjectName("storage"_L1);
    m_engine->moveToThread(&m_networkThread);
    m_cache->moveToThread(&m_storageThread);
    connect(&m_networkThread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(&m_storageThread, &QThread::finished, m_cache, &QObject::deleteLater);

    connect(m_cache, &CacheWorker::opened, this, &ClientRuntime::onCacheOpened);
    connect(m_cache, &CacheWorker::enqueued, this, [this](const OutgoingMessage &message) {
        // It may have been discarded while the disk was busy.
        if (m_session.outbox().find(message.key))
            send(message);
    });
    connect(m_cache, &CacheWorker::pageRead, this,
        [this](const Event &page) { m_session.apply(page); });
    connect(m_cache, &CacheWorker::troubled, this, &ClientRuntime::storageTroubled);
    connect(m_cache, &CacheWorker::closed, this, &ClientRuntime::finish);

    m_storageThread.start();
    m_networkThread.start();
    onCache([file = m_options.cacheFile](CacheWorker &cache) { cache.open(file); });
}

void ClientRuntime::connectEngine()
{
    connect(
        m_engine, &net::Engine::event, &m_relay,
        [this](const Event &event) {
            m_relay.push(event);
            m_cache->push(event);
        },
        Qt::DirectConnection);
    connect(m_engine, &net::Engine::credentialsChanged, &m_keeper, &CredentialKeeper::keep);
    connect(m_engine, &net::Engine::refreshWanted, &m_keeper, &CredentialKeeper::askForRefresh);
    connect(m_engine, &net::Engine::signInFailed, this, [this](const Error &error) {
        m_isSigningIn = false;
        Q_EMIT signInFailed(error);
    });
    connect(m_engine, &net::Engine::signInNeeded, this, [this](const Error &error) {
        m_keeper.releaseLock();
        Q_EMIT signInNeeded(error);
    });
    connect(m_engine, &net::Engine::finished, this,
        [this] { onCache([](CacheWorker &cache) { cache.close(); }); });
}

void ClientRuntime::connectCredentials()
{
    connect(
        &m_keeper, &CredentialKeeper::loaded, this, [this](const net::Credentials &credentials) {
            whenCacheRestored([this, credentials] {
                onEngine([account = engineAccount(), credentials](
                             net::Engine &engine) { engine.start(account, credentials); });
            });
        });
    connect(&m_keeper, &CredentialKeeper::notLoaded, this, &ClientRuntime::onNotLoaded);
    connect(&m_keeper, &CredentialKeeper::kept, this, [this] {
        if (std::exchange(m_isSigningIn, false))
            Q_EMIT signedIn();
    });
    connect(&m_keeper, &CredentialKeeper::notKept, this, &ClientRuntime::credentialsNotKept);
    connect(&m_keeper, &CredentialKeeper::forgotten, this, &ClientRuntime::signedOut);
    connect(&m_keeper, &CredentialKeeper::refreshAllowed, this,
        [this](const net::Credentials &credentials) {
            onEngine([credentials](net::Engine &engine) { engine.refreshWith(credentials); });
        });
}

void ClientRuntime::startFromKeychain()
{
    m_keeper.setPlace(KeepCredentials::InKeychain);
    m_keeper.load();
}

void ClientRuntime::startWithToken(const QByteArray &token)
{
    m_keeper.setPlace(KeepCredentials::ThisSession);
    net::Credentials credentials;
    credentials.accessToken = token;
    whenCacheRestored([this, credentials] {
        onEngine([account = engineAccount(), credentials](
                     net::Engine &engine) { engine.start(account, credentials); });
    });
}

void ClientRuntime::signIn(const QString &password, KeepCredentials keep)
{
    m_keeper.setPlace(keep);
    m_isSigningIn = true;
    whenCacheRestored([this, password] {
        onEngine([account = engineAccount(), login = m_options.account.login, password](
                     net::Engine &engine) { engine.signIn(account, login, password); });
    });
}

void ClientRuntime::keepForThisSession()
{
    m_keeper.setPlace(KeepCredentials::ThisSession);
    if (std::exchange(m_isSigningIn, false))
        Q_EMIT signedIn();
}

void ClientRuntime::signOut()
{
    m_isSigningIn = false;
    m_session.submit(SignOutCommand{});
}

void ClientRuntime::setActivity(ActivityState state, std::chrono::milliseconds idleFor)
{
    onEngine([state, idleFor](net::Engine &engine) { engine.setActivity(state, idleFor); });
}

void ClientRuntime::networkChanged()
{
    onEngine([](net::Engine &engine) { engine.networkChanged(); });
}

void ClientRuntime::aboutToSleep()
{
    onEngine([](net::Engine &engine) { engine.aboutToSleep(); });
}

void ClientRuntime::woke()
{
    onEngine([](net::Engine &engine) { engine.woke(); });
}

void ClientRuntime::quit()
{
    m_quitDeadline.start();
    onEngine([](net::Engine &engine) { engine.quit(); });
}

void ClientRuntime::finish()
{
    m_quitDeadline.stop();
    if (!std::exchange(m_isFinished, true))
        Q_EMIT finished();
}

net::Account ClientRuntime::engineAccount() const
{
    net::Account account;
    account.server = m_options.account.server;
    account.device = m_options.device;
    account.deviceType = m_options.deviceType;
    account.deviceName = QSysInfo::machineHostName();
    account.os = QSysInfo::prettyProductName();
    return account;
}

void ClientRuntime::carry(const Command &command)
{
    if (const auto *send = std::get_if<SendMessageCommand>(&command)) {
        onCache([message = send->message](CacheWorker &cache) { cache.enqueue(message); });
        return;
    }
    if (const auto *retry = std::get_if<RetryMessageCommand>(&command)) {
        // After a restart the engine has never seen it, so it gets the whole message again.
        if (const OutgoingMessage *message = m_session.outbox().find(retry->key))
            onCache([message = *message](CacheWorker &cache) { cache.enqueue(message); });
        return;
    }
    if (const auto *discard = std::get_if<DiscardMessageCommand>(&command))
        onCache([key = discard->key](CacheWorker &cache) { cache.discard(key); });
    if (const auto *wish = std::get_if<SetIntentCommand>(&command))
        onCache([intent = wish->intent](CacheWorker &cache) { cache.awaitIntent(intent); });
    if (const auto *read = std::get_if<MarkReadCommand>(&command))
        onCache([read = *read](CacheWorker &cache) { cache.awaitRead(read); });
    if (const auto *load = std::get_if<LoadMessagesCommand>(&command);
        load && load->before && !isOnline()) {
        onCache([conversation = load->conversation, before = *load->before](CacheWorker &cache) {
            cache.readBefore(conversation, before, CachedPageSize);
        });
        return;
    }
    onEngine([command](net::Engine &engine) { engine.handle(command); });
}

void ClientRuntime::onEvent(const Event &event)
{
    if (const auto *change = std::get_if<LinkChangedEvent>(&event)) {
        LinkChangedEvent told = *change;
        if (told.link.state == LinkState::Online)
            m_presenceAsOf.reset();
        else if (!told.link.lostAt)
            told.link.lostAt = m_presenceAsOf;
        m_session.apply(told);
        return;
    }
    m_session.apply(event);
    if (const auto *list = std::get_if<ConversationListEvent>(&event); list && list->complete)
        sayWaitingReads();
    if (std::holds_alternative<RosterEvent>(event))
        Q_EMIT rosterReceived();
    if (const auto *presence = std::get_if<PresenceSnapshotEvent>(&event))
        Q_EMIT presenceReceived(presence->snapshot.complete);
    if (const auto *signedOut = std::get_if<SignedOutEvent>(&event); signedOut && !signedOut->cause)
        m_keeper.forget();
}

void ClientRuntime::onCacheOpened(const CachedState &state)
{
    m_presenceAsOf = state.presenceAsOf;
    for (const Event &event : state.events)
        m_session.apply(event);
    m_session.restoreOutbox(state.outbox);
    restoreChoices(state);
    // The engine keeps them until it is online; before that nothing written later can overtake them.
    for (const OutgoingMessage &message : state.outbox) {
        if (!message.failure)
            send(message);
    }
    if (m_presenceAsOf)
        m_session.presence().linkLost(*m_presenceAsOf);
    m_isCacheRestored = true;
    Q_EMIT cacheRestored();
}

//! The engine says them as soon as it is online.
void ClientRuntime::restoreChoices(const CachedState &state)
{
    const WaitingChoices &choices = state.waiting;
    Intent intent;
    for (const Event &event : state.events) {
        if (const auto *own = std::get_if<OwnIntentEvent>(&event))
            intent = own->intent;
    }
    intent = choices.intent.value_or(intent);
    m_session.restoreIntent(intent, choices.intentAfter);
    // One that ended meanwhile is said no more: the server never had it and has no end to see.
    if (choices.intent && m_session.intent() == intent)
        onEngine([intent](net::Engine &engine) { engine.handle(SetIntentCommand{intent}); });
    else if (choices.intent)
        onCache([](CacheWorker &cache) { cache.awaitIntent(std::nullopt); });
    m_session.restoreReads(choices.reads);
    m_waitingReads = choices.reads;
}

//! For the server a conversation is read or it is not: a mark from yesterday must not swallow what
//! came since.
void ClientRuntime::sayWaitingReads()
{
    for (const MarkReadCommand &read : std::exchange(m_waitingReads, {})) {
        const Conversation *known = m_session.conversations().find(read.conversation);
        const bool isNewest
            = known && known->lastMessage && !(read.lastRead < known->lastMessage->id);
        if (isNewest)
            onEngine([read](net::Engine &engine) { engine.handle(read); });
        else
            onCache([read](CacheWorker &cache) { cache.forgetRead(read.conversation); });
    }
}

//! Until somebody signs in again there is no link, and this is why.
void ClientRuntime::onNotLoaded(const Error &error)
{
    whenCacheRestored([this, error] {
        m_session.apply(
            LinkChangedEvent{LinkStatus{LinkState::SignedOut, error, {}, m_presenceAsOf}});
        Q_EMIT signInNeeded(error);
    });
}

void ClientRuntime::whenCacheRestored(std::function<void()> then)
{
    if (m_isCacheRestored)
        then();
    else
        connect(
            this, &ClientRuntime::cacheRestored, this, std::move(then), Qt::SingleShotConnection);
}

void ClientRuntime::send(const OutgoingMessage &message)
{
    onEngine([message](net::Engine &engine) { engine.handle(SendMessageCommand{message}); });
}

template <typename Call>
void ClientRuntime::onEngine(Call call)
{
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, call = std::move(call)] { call(*engine); },
        Qt::QueuedConnection);
}

template <typename Call>
void ClientRuntime::onCache(Call call)
{
    QMetaObject::invokeMethod(
        m_cache, [cache = m_cache, call = std::move(call)] { call(*cache); }, Qt::QueuedConnection);
}

} // namespace presently::app
