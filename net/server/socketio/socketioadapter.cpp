// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/socketioadapter.h"

#include "net/server/api/router.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using socketio::SocketIoSettings;

namespace {

constexpr int ConformanceAttachments = 10;

SocketIoSettings toSettings(const ServerOptions &options)
{
    const SocketIoOptions &from = options.dialects.socketIo;
    SocketIoSettings to;
    to.pingInterval = from.pingInterval;
    to.pingTimeout = from.pingTimeout;
    to.connectTimeout = from.connectTimeout;
    to.upgradeTimeout = from.upgradeTimeout;
    to.maxPayload = from.maxPayload;
    to.maxQueuedBytes = options.listener.maxQueuedBytes;
    to.maxUnconnected = options.listener.maxUnfinished;
    to.maxSessionsPerAddress = options.listener.maxConnectionsPerAddress;
    to.packets = options.limits.frames;
    if (!from.conformance)
        return to;
    // The numbers that the published suites expect of a server.
    to.pingInterval = Milliseconds{300};
    to.pingTimeout = Milliseconds{200};
    to.connectTimeout = Milliseconds{1000};
    to.maxPayload = 1'000'000;
    to.maxAttachments = ConformanceAttachments;
    return to;
}

} // namespace

SocketIoAdapter::SocketIoAdapter(const DialectContext &context)
    : m_server(toSettings(context.options), context.deadlines)
{
    if (!context.options.dialects.socketIo.conformance)
        return;
    m_server.addNamespace(u"/"_s, m_echo);
    m_server.addNamespace(u"/custom"_s, m_echo);
}

void SocketIoAdapter::addRoutes(Router &router, UpgradeRoutes &upgrades)
{
    const RouteHandler handler = [this](const ApiRequest &call, const Responder &responder) {
        m_server.handle(call.http, responder);
    };
    const RoutePlan plan
        = [this](const RequestHead &head, const QStringList &) { return m_server.plan(head); };
    // With other methods the protocol has an answer of its own.
    for (const char *path : {"/socket.io", "/socket.io/"}) {
        for (const char *method : {"GET", "POST", "PUT", "DELETE", "PATCH"})
            router.add(method, path, RouteAccess::Open, handler).plan = plan;
    }
    const auto decide = [this](const RequestHead &head) { return m_server.upgrade(head); };
    upgrades.push_back({{u"socket.io"_s}, decide});
    upgrades.push_back({{u"socket.io"_s, QString()}, decide});
}

void SocketIoAdapter::stop()
{
    m_server.stop();
}

std::unique_ptr<SocketIoAdapter> makeSocketIoAdapter(const DialectContext &context)
{
    return std::make_unique<SocketIoAdapter>(context);
}

} // namespace presently::net
