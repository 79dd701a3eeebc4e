// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/namespacehandler.h"

#include <functional>
#include <memory>
#include <vector>

namespace presently::test {

//! \brief What one socket of the test's namespace has seen.
struct SocketLog {
    net::socketio::Socket *socket = nullptr; //!< null after closed()
    QStringList events;
    int alive = 0;
    QList<presently::CloseKind> closed;
};

//! \brief A namespace that writes down what happens in it, and decides as the test says.
class RecordingNamespace final : public net::socketio::NamespaceHandler
{
public:
    using Decision = std::function<void(
        const net::socketio::ConnectRequest &request, net::socketio::ConnectResponder responder)>;

    std::vector<std::shared_ptr<SocketLog>> sockets;
    Decision decide = [this](const auto &, net::socketio::ConnectResponder responder) {
        responder.accept(makeHandler());
    };

    [[nodiscard]] std::unique_ptr<net::socketio::SocketHandler> makeHandler()
    {
        sockets.push_back(std::make_shared<SocketLog>());
        return std::make_unique<Handler>(sockets.back());
    }
    void connecting(const net::socketio::ConnectRequest &request,
        net::socketio::ConnectResponder responder) override
    {
        decide(request, std::move(responder));
    }

private:
    class Handler final : public net::socketio::SocketHandler
    {
    public:
        explicit Handler(std::shared_ptr<SocketLog> log)
            : m_log(std::move(log))
        {
        }

        void opened(net::socketio::Socket &socket) override { m_log->socket = &socket; }
        void eventReceived(const net::socketio::SocketEvent &event) override
        {
            m_log->events.append(event.name);
        }
        void transportAlive() override { ++m_log->alive; }
        void closed(presently::CloseKind kind) override
        {
            m_log->closed.append(kind);
            m_log->socket = nullptr;
        }

    private:
        std::shared_ptr<SocketLog> m_log;
    };
};

} // namespace presently::test
