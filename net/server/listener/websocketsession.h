// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/controlbudget.h"
#include "net/server/listener/session.h"
#include "net/wire/websocket/framedecoder.h"

#include <optional>

namespace presently::net {

//! \brief One connection that speaks WebSocket.
//!
//!   Open -> Closing (our close frame is out) -> Finishing -> gone
//!   Open -> Finishing (the peer's close, a failure, a drop): the last bytes leave, input is ignored
//! closed() is called once, on the way out of Open or Closing, and never from inside a call of the
//! WebSocketHandler.
class WebSocketSession final : public Session, public WebSocketConnection
{
public:
    WebSocketSession(SessionHost &host, quint64 id, std::unique_ptr<Connection> connection,
        std::unique_ptr<WebSocketHandler> handler);
    //! Opens it; \a rest are bytes that came with the request.
    void start(QByteArrayView rest);

    [[nodiscard]] quint64 id() const override { return sessionId(); }
    void send(const SharedFrame &frame) override;
    void close(quint16 code, const QByteArray &reason) override;
    [[nodiscard]] qint64 pendingBytes() const override;
    [[nodiscard]] const PeerAddress &peer() const override { return peerAddress(); }

    void dataReceived(QByteArrayView bytes) override;
    void inputEnded() override;
    void flushed() override;
    void ended(ConnectionEnd how) override;
    void stop(quint16 code, const QByteArray &reason) override;
    void drop() override;
    [[nodiscard]] bool isWebSocket() const override { return true; }

private:
    enum class State : quint8 { Open, Closing, Finishing };

    void takeMessage(const FrameDecoder::Message &message);
    void takeControl(const FrameDecoder::Message &message);
    void takeClose(const FrameDecoder::Close &close);
    void pong(const QByteArray &payload);
    void fail(quint16 code, const QByteArray &reason);
    void dropAsSlow();
    void finish(quint16 code, CloseKind kind);
    void lose();
    void tellClosed(quint16 code, CloseKind kind);
    void write(const SharedFrame &frame);
    void look(FrameDirection direction, Opcode opcode, QByteArrayView payload);

    void deadlineReached(Deadline &deadline) override;
    void armDeadline();

    std::unique_ptr<WebSocketHandler> m_handler;
    FrameDecoder m_decoder;
    ControlBudget m_budget;
    std::optional<QByteArray> m_owedPong; //!< the latest, while the peer takes nothing
    SteadyTime m_lastHeard;
    SteadyTime m_messageBegan;
    SteadyTime m_pingSent;
    SteadyTime m_closeDue;
    quint16 m_closeCode = 0; //!< of our own close frame
    State m_state = State::Open;
    bool m_insideMessage = false;
    bool m_awaitsPong = false;
    bool m_tellSlow = false; //!< closed(4008) is owed
};

} // namespace presently::net
