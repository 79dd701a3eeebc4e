// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/httpserver.h"
#include "net/server/socketio/echonamespace.h"
#include "net/server/socketio/socketioserver.h"
#include "tests/integration/socketio/rawpeers.h"
#include "tests/support/manualclock.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace presently::test {

//! \brief The real listener with nothing behind it but Socket.IO, on a free port of loopback, in a
//! time that the test holds in its hand. `/` and `/custom` say back what they hear.
class SocketIoBench : private net::RequestHandler
{
public:
    net::socketio::SocketIoSettings settings;
    ManualClock clock;

    //! \a time: another clock than the one in the test's hand.
    explicit SocketIoBench(const Clock *time = nullptr)
        : m_time(time ? *time : static_cast<const Clock &>(clock))
    {
    }

    void start()
    {
        m_deadlines = std::make_unique<net::DeadlineQueue>(m_time);
        server = std::make_unique<net::socketio::SocketIoServer>(settings, *m_deadlines);
        server->addNamespace(QStringLiteral("/"), m_echo);
        server->addNamespace(QStringLiteral("/custom"), m_echo);
        m_listener = std::make_unique<net::HttpServer>(
            static_cast<net::RequestHandler &>(*this), m_time, net::ListenerOptions());
        const auto listening = m_listener->listen();
        QVERIFY2(listening.has_value(), "cannot listen on loopback");
        port = *listening;
    }
    ~SocketIoBench() override { stop(); }
    //! Everything ends; namespaces that came from outside may go.
    void stop()
    {
        m_listener.reset();
        server.reset();
    }

    //! Moves time and runs what has become due.
    void pass(Milliseconds time)
    {
        clock.advance(time);
        m_listener->runDeadlines();
        m_deadlines->runDue();
    }
    //! Everything that is due now, as the timer would.
    void settle() { pass(Milliseconds::zero()); }

    [[nodiscard]] static QByteArray pollingPath(const QByteArray &sid = {})
    {
        const QByteArray path = "/socket.io/?EIO=4&transport=polling";
        return sid.isEmpty() ? path : path + "&sid=" + sid;
    }
    [[nodiscard]] static QByteArray webSocketPath(const QByteArray &sid = {})
    {
        const QByteArray path = "/socket.io/?EIO=4&transport=websocket";
        return sid.isEmpty() ? path : path + "&sid=" + sid;
    }
    //! Opens a session over polling; its sid.
    [[nodiscard]] QByteArray openPolling() const
    {
        RawRequest request(port, "GET", pollingPath());
        return sidOf(request.body());
    }
    [[nodiscard]] static QByteArray sidOf(const QByteArray &open)
    {
        return QJsonDocument::fromJson(open.mid(1))
            .object()
            .value(QLatin1String("sid"))
            .toString()
            .toLatin1();
    }
    //! What one GET brings.
    [[nodiscard]] QByteArray fetch(const QByteArray &sid) const
    {
        RawRequest request(port, "GET", pollingPath(sid));
        return request.body();
    }
    //! The status of a POST of \a body.
    int post(const QByteArray &sid, const QByteArray &body) const
    {
        RawRequest request(port, "POST", pollingPath(sid), body);
        return request.status();
    }

    std::unique_ptr<net::socketio::SocketIoServer> server;
    quint16 port = 0;

private:
    net::BodyPlan plan(const net::RequestHead &head) override { return server->plan(head); }
    void handle(net::HttpRequest request, net::Responder responder) override
    {
        server->handle(std::move(request), responder);
    }
    net::WebSocketDecision upgrade(const net::RequestHead &head) override
    {
        return server->upgrade(head);
    }

    const Clock &m_time;
    net::socketio::EchoNamespace m_echo;
    std::unique_ptr<net::DeadlineQueue> m_deadlines;
    std::unique_ptr<net::HttpServer> m_listener;
};

} // namespace presently::test
