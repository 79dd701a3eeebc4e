// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/lease.h"
#include "net/server/listener/requesthandler.h"
#include "net/server/ratelimiter.h"
#include "net/server/socketio/enginehost.h"
#include "net/wire/socketio/enginepacket.h"

#include <memory>
#include <vector>

namespace presently::net::socketio {

//! \brief What is spoken over an Engine.IO session.
class EngineHandler
{
public:
    virtual ~EngineHandler() = default;

    virtual void messageReceived(QByteArrayView text) = 0;
    virtual void binaryReceived(QByteArrayView bytes) = 0;
    //! The peer has shown life.
    virtual void transportAlive() = 0;
    //! Last, once; never from inside a call of the session.
    virtual void ended(presently::CloseKind kind) = 0;
};

//! \brief One Engine.IO session: heartbeats, what waits to be fetched, and the way it goes.
//!
//!   polling -> probing (a WebSocket with its sid said "2probe") -> websocket ("5")
//!   probing -> polling (it said something else, closed, or took too long)
//!   any -> closing -> ended, at the latest when the event loop turns
//! Ownership: shared between the server's table and the WebSocket handlers that lead to it.
//! Threading: the listener's thread.
class EngineSession final : public std::enable_shared_from_this<EngineSession>,
                            private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(EngineSession)

public:
    EngineSession(EngineHost &host, const QByteArray &sid, const PeerAddress &peer);
    ~EngineSession() = default;

    //! Before anything else.
    void setHandler(std::unique_ptr<EngineHandler> handler) { m_handler = std::move(handler); }
    //! Says who the session is: as the answer to the first GET, or over a WebSocket.
    void open(const Responder &responder);
    void open(WebSocketConnection &connection);

    [[nodiscard]] const QByteArray &sid() const { return m_sid; }
    [[nodiscard]] const PeerAddress &peer() const { return m_peer; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    [[nodiscard]] bool isPolling() const { return !m_socket; }

    //! \name Polling
    //! @{
    //! A GET: answered when there is something. A second one at the same time ends the session.
    void poll(const Responder &responder);
    //! The head of a POST has come. False: there is one under way already, and the session ends.
    [[nodiscard]] bool beginPost();
    void post(QByteArrayView body, const Responder &responder);
    //! @}

    //! \name WebSocket
    //! @{
    [[nodiscard]] bool mayUpgrade() const { return isOpen() && isPolling() && !m_probe; }
    void beginProbe(WebSocketConnection &connection);
    void textReceived(WebSocketConnection &connection, QByteArrayView text);
    void binaryReceived(WebSocketConnection &connection, QByteArrayView bytes);
    void aliveOn(WebSocketConnection &connection);
    void socketClosed(WebSocketConnection &connection, presently::net::CloseKind kind);
    //! @}

    //! Now over a WebSocket, with the next GET over polling. Too much that waits ends the session.
    void send(const SharedFrame &frame);
    //! Ends the session once the event loop turns; what was sent before still goes. \a code is for
    //! the WebSocket.
    void close(presently::CloseKind kind, quint16 code = CloseStatus::NoStatus);
    //! Ends it now.
    void drop(presently::CloseKind kind);

private:
    enum class State : quint8 { Open, Closing, Ended };

    [[nodiscard]] QByteArray handshake(bool canUpgrade) const;
    [[nodiscard]] SteadyTime now() const { return m_host.deadlines().clock().now(); }

    void take(const EnginePacket &packet);
    void takePong();
    [[nodiscard]] bool mayTakeMore();
    void takeProbe(QByteArrayView text);
    void completeUpgrade();
    void dropProbe();

    void queue(const SharedFrame &frame);
    void answerPoll(QByteArrayView last = {});
    void end();

    void deadlineReached(Deadline &deadline) override;
    void beat();
    void arm();

    EngineHost &m_host;
    QByteArray m_sid;
    PeerAddress m_peer;
    std::unique_ptr<EngineHandler> m_handler;
    WebSocketConnection *m_socket = nullptr; //!< null: polling
    WebSocketConnection *m_probe = nullptr; //!< wants to take over
    Responder m_poll; //!< the GET that waits
    std::vector<SharedFrame> m_queue; //!< to be fetched
    qint64 m_queuedBytes = 0;
    Deadline m_deadline;
    SteadyTime m_heartbeatDue; //!< of the next ping, or of the pong
    SteadyTime m_probeDue;
    TokenBucket m_packets;
    presently::CloseKind m_endKind = presently::CloseKind::Clean;
    State m_state = State::Open;
    bool m_awaitsPong = false;
    bool m_probed = false; //!< the probe was answered: GETs are sent home
    bool m_posting = false;
    bool m_peerLeft = false; //!< it said so itself
};

} // namespace presently::net::socketio
