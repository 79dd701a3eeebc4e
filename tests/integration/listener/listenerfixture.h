// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/httpserver.h"
#include "tests/support/manualclock.h"

#include <QHash>
#include <QList>
#include <QTcpSocket>
#include <QTest>

#include <functional>
#include <memory>

//! \file
//! A listener with an application that does as each test says, and a client that says exactly the
//! bytes it is told to.

namespace presently::test {

using namespace presently::net;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct ClosedEvent {
    quint16 code = 0;
    CloseKind kind = CloseKind::Lost;
};

//! \brief What one WebSocket of the application saw.
struct SocketLog {
    WebSocketConnection *connection = nullptr; //!< null after closed()
    QList<QByteArray> texts;
    QList<QByteArray> binaries;
    QList<QByteArray> pings;
    std::optional<ClosedEvent> closed;
};

//! \brief An application made of functions.
class TestApplication final : public RequestHandler
{
public:
    std::function<BodyPlan(const RequestHead &)> onPlan
        = [](const RequestHead &) { return BufferBody{}; };
    std::function<void(HttpRequest, Responder)> onRequest
        = [](HttpRequest request, Responder respond) {
              respond(HttpResponse::text(200, "you sent "_ba + request.body));
          };
    //! A refusal, or nothing to let the WebSocket in.
    std::function<std::optional<HttpResponse>(const RequestHead &)> onUpgrade
        = [](const RequestHead &) { return std::nullopt; };
    std::function<void(SocketLog &, const QByteArray &)> onText
        = [](SocketLog &log, const QByteArray &text) { log.connection->sendText(text); };
    std::function<void(SocketLog &)> onOpened = [](SocketLog &) {};

    QList<HttpRequest> requests;
    std::vector<std::shared_ptr<SocketLog>> sockets;

    BodyPlan plan(const RequestHead &head) override { return onPlan(head); }
    void handle(HttpRequest request, Responder responder) override
    {
        requests.append(request);
        onRequest(std::move(request), std::move(responder));
    }
    WebSocketDecision upgrade(const RequestHead &head) override;
};

class TestSocketHandler final : public WebSocketHandler
{
public:
    TestSocketHandler(TestApplication &application, std::shared_ptr<SocketLog> log)
        : m_application(application)
        , m_log(std::move(log))
    {
    }

    void opened(WebSocketConnection &connection) override
    {
        m_log->connection = &connection;
        m_application.onOpened(*m_log);
    }
    void textReceived(QByteArrayView text) override
    {
        m_log->texts.append(text.toByteArray());
        m_application.onText(*m_log, text.toByteArray());
    }
    void binaryReceived(QByteArrayView bytes) override
    {
        m_log->binaries.append(bytes.toByteArray());
    }
    void pinged(QByteArrayView payload) override { m_log->pings.append(payload.toByteArray()); }
    void closed(quint16 code, CloseKind kind) override
    {
        m_log->closed = ClosedEvent{code, kind};
        m_log->connection = nullptr;
    }

private:
    TestApplication &m_application;
    std::shared_ptr<SocketLog> m_log;
};

inline WebSocketDecision TestApplication::upgrade(const RequestHead &head)
{
    if (auto refusal = onUpgrade(head))
        return RefuseUpgrade{*refusal};
    sockets.push_back(std::make_shared<SocketLog>());
    return AcceptUpgrade{std::make_unique<TestSocketHandler>(*this, sockets.back())};
}

//! \brief The listener under test, on a free port of loopback.
struct ListenerFixture {
    ManualClock clock;
    TestApplication application;
    std::unique_ptr<HttpServer> server;
    quint16 port = 0;

    void start(ListenerOptions options = {})
    {
#ifdef PRESENTLY_TEST_QT_SOCKETS
        options.acceptor = AcceptorKind::Qt;
#endif
        server = std::make_unique<HttpServer>(application, clock, options);
        const auto listening = server->listen();
        QVERIFY2(listening.has_value(), "cannot listen on loopback");
        port = *listening;
    }
    //! Moves time and runs what has become due.
    void pass(Milliseconds time)
    {
        clock.advance(time);
        server->runDeadlines();
    }
    [[nodiscard]] SocketLog &socket(size_t index = 0)
    {
        return *application.sockets.at(index);
    }
};

//! \brief A TCP client that says what it is told and keeps what it hears.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        [this] { QTRY_COMPARE(m_socket.state(), QAbstractSocket::ConnectedState); }();
    }

    void say(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    //! All that has been heard so far.
    [[nodiscard]] const QByteArray &heard()
    {
        m_heard += m_socket.readAll();
        return m_heard;
    }
    [[nodiscard]] bool isOpen() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    void forget() { m_heard.clear(); }
    [[nodiscard]] QTcpSocket &socket() { return m_socket; }

    //! From now on the kernel's buffers fill.
    void stopReading() { m_socket.setReadBufferSize(1); }

    //! Opens a WebSocket and forgets the 101.
    void upgrade(const HeaderList &extra = {})
    {
        say("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + fieldLines(extra) + "\r\n");
        [this] { QTRY_VERIFY(heard().contains("\r\n\r\n")); }();
        [this] { QVERIFY(heard().startsWith("HTTP/1.1 101 ")); }();
        m_heard = m_heard.sliced(m_heard.indexOf("\r\n\r\n") + 4);
    }
    void sayFrame(Opcode opcode, QByteArrayView payload, bool final = true)
    {
        say(encodeFrame(opcode, payload, {final, 0x12345678}));
    }

private:
    static QByteArray fieldLines(const HeaderList &fields)
    {
        QByteArray lines;
        for (const auto &[name, value] : fields.fields())
            lines += name + ": " + value + "\r\n";
        return lines;
    }

    QTcpSocket m_socket;
    QByteArray m_heard;
};

//! "GET \a target" of HTTP/1.1 with a good Host.
inline QByteArray getRequest(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n";
}

inline QByteArray postRequest(const QByteArray &target, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

//! Lets the event loop serve somebody else from connect to answer: whatever was said or asked before
//! has had its turn then, and when nothing has come of it nothing will.
inline void serveABystander()
{
    ListenerFixture fixture;
    fixture.start();
    RawClient bystander(fixture.port);
    bystander.say(getRequest("/"));
    QTRY_VERIFY(bystander.heard().contains("200 OK"));
}

} // namespace presently::test
