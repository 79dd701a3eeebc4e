// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/httpserver.h"
#include "net/transport/connection.h"
#include "net/transport/deadlinequeue.h"

#include <memory>

namespace presently::net {

class Session;

//! \brief What all sessions of one listener share.
struct ListenerContext {
    RequestHandler &handler;
    const Clock &clock;
    ListenerOptions options;
    DeadlineQueue deadlines;
    ListenerCounters counters;
    FrameTap tap;
};

//! \brief What a session asks of the listener that owns it.
class SessionHost
{
public:
    [[nodiscard]] virtual ListenerContext &context() = 0;
    //! Its first request was let in: it leaves the pool of the unfinished.
    virtual void requestAccepted(Session &session) = 0;
    //! Puts a WebSocket in the place of \a session; \a rest are the bytes after the request.
    virtual void upgrade(
        Session &session, std::unique_ptr<WebSocketHandler> handler, QByteArrayView rest)
        = 0;
    //! Destroys it as soon as the event loop turns.
    virtual void retire(Session &session) = 0;

protected:
    ~SessionHost() = default;
};

//! \brief One connection of the listener, in one of its two ways of speaking.
class Session : public ConnectionHandler, public Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(Session)

public:
    Session(SessionHost &host, quint64 id, std::unique_ptr<Connection> connection);
    virtual ~Session() = default;

    [[nodiscard]] quint64 sessionId() const { return m_id; }
    [[nodiscard]] const PeerAddress &peerAddress() const { return m_peer; }
    [[nodiscard]] bool isUnfinished() const { return m_unfinished; }
    void setFinished() { m_unfinished = false; }
    //! Whether it counts against the limit of its address.
    [[nodiscard]] bool isCounted() const { return m_counted; }
    void setUncounted() { m_counted = false; }
    [[nodiscard]] virtual bool isWebSocket() const = 0;
    [[nodiscard]] std::unique_ptr<Connection> takeConnection() { return std::move(m_connection); }

    //! Ends what can be ended now and the rest as soon as it may.
    virtual void stop(quint16 code, const QByteArray &reason) = 0;
    //! The listener goes: says so to whoever must know. Nothing is destroyed before all were told.
    virtual void drop() = 0;

protected:
    [[nodiscard]] SessionHost &host() const { return m_host; }
    [[nodiscard]] ListenerContext &context() const { return m_host.context(); }
    [[nodiscard]] const ListenerOptions &options() const { return context().options; }
    [[nodiscard]] SteadyTime now() const { return context().clock.now(); }
    [[nodiscard]] Connection &connection() const { return *m_connection; }
    [[nodiscard]] Deadline &deadline() { return m_deadline; }

private:
    SessionHost &m_host;
    std::unique_ptr<Connection> m_connection;
    Deadline m_deadline;
    PeerAddress m_peer;
    quint64 m_id;
    bool m_unfinished = true;
    bool m_counted = true;
};

} // namespace presently::net
