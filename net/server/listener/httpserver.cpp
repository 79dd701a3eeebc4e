// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/httpserver.h"

#include "net/server/listener/accesspolicy.h"
#include "net/server/listener/httpsession.h"
#include "net/server/listener/websocketsession.h"

#include <atomic>
#include <unordered_map>
#include <vector>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

quint64 nextSessionId()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

} // namespace

//! \brief The listener's sessions, each until it retires.
class HttpServer::Private final : public ConnectionTaker, public SessionHost
{
public:
    Private(HttpServer &server, RequestHandler &handler, const Clock &clock,
        const ListenerOptions &options)
        : q(server)
        , m_context{handler, clock, options, DeadlineQueue(clock), {}, {}}
        , m_acceptor(makeAcceptor(*this, m_context.deadlines,
              {4096, options.maxConnections, options.tls}, options.acceptor))
    {
    }

    [[nodiscard]] ListenerContext &context() override { return m_context; }
    [[nodiscard]] Acceptor &acceptor() { return *m_acceptor; }

    void connectionAccepted(std::unique_ptr<Connection> connection) override;
    void requestAccepted(Session &session) override;
    void upgrade(
        Session &session, std::unique_ptr<WebSocketHandler> handler, QByteArrayView rest) override;
    void retire(Session &session) override;

    void stop(quint16 code, const QByteArray &reason);
    void dropAll();

    quint16 port = 0;

private:
    void leavePool(Session &session);
    void updateAccepting();
    void purge();

    HttpServer &q;
    ListenerContext m_context;
    std::unique_ptr<Acceptor> m_acceptor;
    AddressCensus m_census;
    std::unordered_map<quint64, std::unique_ptr<Session>> m_sessions;
    std::vector<std::unique_ptr<Session>> m_retired;
    int m_unfinished = 0;
    bool m_purgePosted = false;
    bool m_stopping = false;
};

void HttpServer::Private::connectionAccepted(std::unique_ptr<Connection> connection)
{
    ++m_context.counters.accepted;
    ++m_context.counters.openConnections;
    const QHostAddress address = connection->peer().address;
    const bool isWelcome = m_census.enter(address, m_context.options.maxConnectionsPerAddress);
    const quint64 id = nextSessionId();
    auto session = std::make_unique<HttpSession>(*this, id, std::move(connection));
    HttpSession &added = *session;
    m_sessions.emplace(id, std::move(session));
    ++m_unfinished;
    updateAccepting();
    if (!isWelcome) {
        ++m_context.counters.refusedByAddress;
        added.setUncounted();
        added.refuse(429, "Too many connections from this address."_ba);
    }
}

void HttpServer::Private::requestAccepted(Session &session)
{
    leavePool(session);
}

void HttpServer::Private::leavePool(Session &session)
{
    if (!session.isUnfinished())
        return;
    session.setFinished();
    --m_unfinished;
    updateAccepting();
}

void HttpServer::Private::updateAccepting()
{
    m_acceptor->setAccepting(!m_stopping && m_unfinished < m_context.options.maxUnfinished);
}

void HttpServer::Private::upgrade(
    Session &session, std::unique_ptr<WebSocketHandler> handler, QByteArrayView rest)
{
    const quint64 id = session.sessionId();
    auto socket = std::make_unique<WebSocketSession>(
        *this, id, session.takeConnection(), std::move(handler));
    socket->setFinished();
    WebSocketSession &opened = *socket;
    const auto place = m_sessions.find(id);
    m_retired.push_back(std::exchange(place->second, std::move(socket)));
    purge();
    ++m_context.counters.upgrades;
    ++m_context.counters.openWebSockets;
    opened.start(rest);
}

void HttpServer::Private::retire(Session &session)
{
    const auto place = m_sessions.find(session.sessionId());
    if (place == m_sessions.end() || place->second.get() != &session)
        return;
    leavePool(session);
    --m_context.counters.openConnections;
    if (session.isWebSocket())
        --m_context.counters.openWebSockets;
    if (session.isCounted())
        m_census.leave(session.peerAddress().address);
    m_retired.push_back(std::move(place->second));
    m_sessions.erase(place);
    purge();
}

//! Destroys the retired when nothing of theirs is on the stack any more.
void HttpServer::Private::purge()
{
    if (m_purgePosted)
        return;
    m_purgePosted = true;
    QMetaObject::invokeMethod(
        &q,
        [this] {
            m_purgePosted = false;
            std::vector<std::unique_ptr<Session>> retired;
            retired.swap(m_retired);
            retired.clear();
            if (m_stopping && m_sessions.empty())
                Q_EMIT q.stopped();
        },
        Qt::QueuedConnection);
}

void HttpServer::Private::stop(quint16 code, const QByteArray &reason)
{
    m_stopping = true;
    m_acceptor->close();
    std::vector<quint64> ids;
    for (const auto &[id, session] : m_sessions)
        ids.push_back(id);
    for (const quint64 id : ids) {
        const auto place = m_sessions.find(id);
        if (place != m_sessions.end())
            place->second->stop(code, reason);
    }
    purge();
}

void HttpServer::Private::dropAll()
{
    m_stopping = true;
    m_acceptor->close();
    for (const auto &[id, session] : m_sessions)
        session->drop();
    m_sessions.clear();
    m_retired.clear();
}

HttpServer::HttpServer(
    RequestHandler &handler, const Clock &clock, const ListenerOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, handler, clock, options))
{
}

HttpServer::~HttpServer()
{
    d->dropAll();
}

Expected<quint16, Error> HttpServer::listen()
{
    const auto listening = listenPatiently(
        d->acceptor(), options().address, options().port, options().bindPatience);
    if (listening)
        d->port = *listening;
    return listening;
}

quint16 HttpServer::port() const
{
    return d->port;
}

const ListenerOptions &HttpServer::options() const
{
    return d->context().options;
}

void HttpServer::stop(quint16 code, const QByteArray &reason)
{
    d->stop(code, reason);
}

void HttpServer::runDeadlines()
{
    d->context().deadlines.runDue();
}

void HttpServer::setFrameTap(FrameTap tap)
{
    d->context().tap = std::move(tap);
}

ListenerCounters HttpServer::counters() const
{
    return d->context().counters;
}

} // namespace presently::net
