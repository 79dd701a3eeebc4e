// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/socketioserver.h"

#include "net/server/listener/accesspolicy.h"
#include "net/server/socketio/clientconnection.h"
#include "net/server/socketio/enginerefusal.h"
#include "net/server/socketio/enginesocket.h"
#include "net/server/socketio/sessionid.h"

#include <QHash>

#include <algorithm>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

class SocketIoServer::Private final : public EngineHost
{
public:
    Private(const SocketIoSettings &given, DeadlineQueue &queue)
        : options(given)
        , queue(queue)
    {
    }

    //! What is wrong with a request over polling; none: it is good, or opens a session.
    [[nodiscard]] std::optional<EngineRefusal> refusePolling(const RequestHead &head) const;
    [[nodiscard]] std::optional<EngineRefusal> refuseUpgrade(const RequestHead &head) const;
    //! The open session that \a head names; null: none.
    [[nodiscard]] std::shared_ptr<EngineSession> named(const RequestHead &head) const;
    [[nodiscard]] bool isFull() const;
    //! Null: its address has too many.
    std::shared_ptr<EngineSession> makeSession(const RequestHead &head);

    [[nodiscard]] const SocketIoSettings &settings() const override { return options; }
    [[nodiscard]] DeadlineQueue &deadlines() const override { return queue; }
    [[nodiscard]] const Space *space(const QString &name) const override;
    [[nodiscard]] quint64 nextSocketId() override { return ++lastSocketId; }
    void countUnconnected(int change) override { unconnected += change; }
    void sessionEnded(EngineSession &session) override;

    SocketIoSettings options;
    DeadlineQueue &queue;
    std::vector<std::unique_ptr<Space>> spaces;
    QHash<QByteArray, std::shared_ptr<EngineSession>> sessions;
    AddressCensus census;
    quint64 lastSocketId = 0;
    qsizetype unconnected = 0;
    bool isGoingDown = false;
};

const Space *SocketIoServer::Private::space(const QString &name) const
{
    const auto found = std::find_if(
        spaces.begin(), spaces.end(), [&name](const auto &space) { return space->name == name; });
    return found == spaces.end() ? nullptr : found->get();
}

std::shared_ptr<EngineSession> SocketIoServer::Private::named(const RequestHead &head) const
{
    const auto session = sessions.value(head.query.value(u"sid").toLatin1());
    return session && session->isOpen() ? session : nullptr;
}

std::optional<EngineRefusal> SocketIoServer::Private::refusePolling(const RequestHead &head) const
{
    const QString transport = head.query.value(u"transport");
    if (transport == "websocket"_L1)
        return EngineRefusal::BadRequest;
    if (transport != "polling"_L1)
        return EngineRefusal::UnknownTransport;
    if (!head.query.contains(u"sid")) {
        if (head.method != "GET")
            return EngineRefusal::BadHandshakeMethod;
        if (head.query.value(u"EIO") != "4"_L1)
            return EngineRefusal::UnsupportedVersion;
        return std::nullopt;
    }
    const auto session = named(head);
    if (!session)
        return EngineRefusal::UnknownSession;
    const bool isKnownMethod = head.method == "GET" || head.method == "POST";
    if (!session->isPolling() || !isKnownMethod)
        return EngineRefusal::BadRequest;
    return std::nullopt;
}

std::optional<EngineRefusal> SocketIoServer::Private::refuseUpgrade(const RequestHead &head) const
{
    const QString transport = head.query.value(u"transport");
    if (transport == "polling"_L1)
        return EngineRefusal::BadRequest;
    if (transport != "websocket"_L1)
        return EngineRefusal::UnknownTransport;
    if (!head.query.contains(u"sid")) {
        if (head.query.value(u"EIO") != "4"_L1)
            return EngineRefusal::UnsupportedVersion;
        return std::nullopt;
    }
    const auto session = named(head);
    if (!session)
        return EngineRefusal::UnknownSession;
    if (!session->mayUpgrade())
        return EngineRefusal::BadRequest;
    return std::nullopt;
}

bool SocketIoServer::Private::isFull() const
{
    return isGoingDown || unconnected >= options.maxUnconnected
        || sessions.size() >= options.maxSessions;
}

std::shared_ptr<EngineSession> SocketIoServer::Private::makeSession(const RequestHead &head)
{
    if (!census.enter(head.peer.address, options.maxSessionsPerAddress))
        return nullptr;
    auto session = std::make_shared<EngineSession>(*this, makeSessionId(), head.peer);
    session->setHandler(std::make_unique<ClientConnection>(*this, *session, head));
    sessions.insert(session->sid(), session);
    return session;
}

void SocketIoServer::Private::sessionEnded(EngineSession &session)
{
    if (sessions.remove(session.sid()) > 0)
        census.leave(session.peer().address);
}

SocketIoServer::SocketIoServer(const SocketIoSettings &settings, DeadlineQueue &deadlines)
    : d(std::make_unique<Private>(settings, deadlines))
{
}

SocketIoServer::~SocketIoServer()
{
    for (const auto &session : QList(d->sessions.values()))
        session->drop(presently::CloseKind::Clean);
}

void SocketIoServer::addNamespace(const QString &name, NamespaceHandler &handler)
{
    Q_ASSERT(name.startsWith(u'/'));
    const auto found = std::find_if(d->spaces.begin(), d->spaces.end(),
        [&name](const auto &space) { return space->name == name; });
    if (found != d->spaces.end())
        return (*found)->handlers.push_back(&handler);
    d->spaces.push_back(std::make_unique<Space>(Space{name, int(d->spaces.size()), {&handler}}));
}

BodyPlan SocketIoServer::plan(const RequestHead &head)
{
    if (const auto refusal = d->refusePolling(head))
        return RefuseRequest{pollingRefusal(*refusal)};
    if (head.method == "GET")
        return BufferBody{0};
    const auto session = d->named(head);
    if (!session->beginPost())
        return RefuseRequest{pollingRefusal(EngineRefusal::BadRequest)};
    if (head.contentLength > d->options.maxPayload)
        session->close(presently::CloseKind::Clean);
    return BufferBody{d->options.maxPayload};
}

void SocketIoServer::handle(HttpRequest request, const Responder &responder)
{
    const RequestHead &head = request.head;
    if (const auto refusal = d->refusePolling(head))
        return responder.respond(pollingRefusal(*refusal));
    if (const auto session = d->named(head)) {
        if (head.method == "GET")
            session->poll(responder);
        else
            session->post(request.body, responder);
        return;
    }
    const auto session = d->isFull() ? nullptr : d->makeSession(head);
    if (!session)
        return responder.respond(fullHouse());
    session->open(responder);
}

WebSocketDecision SocketIoServer::upgrade(const RequestHead &head)
{
    if (const auto refusal = d->refuseUpgrade(head))
        return RefuseUpgrade{upgradeRefusal(*refusal)};
    if (const auto session = d->named(head)) {
        return AcceptUpgrade{
            std::make_unique<EngineSocket>([session](WebSocketConnection &connection) {
                session->beginProbe(connection);
                return session;
            })};
    }
    if (d->isFull())
        return RefuseUpgrade{fullHouse()};
    return AcceptUpgrade{
        std::make_unique<EngineSocket>([this, head](WebSocketConnection &connection) {
            const auto session = d->makeSession(head);
            if (session)
                session->open(connection);
            return session;
        })};
}

void SocketIoServer::stop()
{
    d->isGoingDown = true;
    for (const auto &session : QList(d->sessions.values())) {
        if (session->isPolling())
            session->close(presently::CloseKind::Clean);
    }
}

qsizetype SocketIoServer::sessionCount() const
{
    return d->sessions.size();
}

} // namespace presently::net::socketio
