// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/transport/connection.h"
#include "net/wire/websocket/frame.h"

#include <QByteArray>
#include <QByteArrayView>

namespace presently::net {

//! \brief How a WebSocket came to its end.
enum class CloseKind {
    Clean, //!< the peer sent a close frame first
    Lost, //!< no close frame: reset, silence, end of the stream; the code is 1006
    ByUs, //!< we closed or dropped it; the code is ours
};

//! \brief One open WebSocket as the server sees it.
//!
//! Everything here is safe to call from inside any handler, also after the end; nothing calls back
//! before the event loop turns again.
//! Ownership: the listener's. The reference is good from opened() until closed() returns.
//! Threading: the listener's thread.
class WebSocketConnection
{
public:
    //! Unique in this process, never used again.
    [[nodiscard]] virtual quint64 id() const = 0;
    //! Queues a frame without copying it. When more than ListenerOptions::maxPendingBytes wait, the
    //! connection is dropped with 4008.
    virtual void send(const SharedFrame &frame) = 0;
    void sendText(QByteArrayView text) { send(SharedFrame::text(text)); }
    void sendBinary(QByteArrayView bytes) { send(SharedFrame::binary(bytes)); }
    //! Starts the closing handshake; what was sent before still arrives. closed() follows.
    virtual void close(quint16 code, const QByteArray &reason = {}) = 0;
    [[nodiscard]] virtual qint64 pendingBytes() const = 0;
    [[nodiscard]] virtual const PeerAddress &peer() const = 0;

protected:
    ~WebSocketConnection() = default;
};

//! \brief What the server does with one WebSocket. Destroyed after closed().
class WebSocketHandler
{
public:
    virtual ~WebSocketHandler() = default;

    //! First; the 101 is on its way and frames may be sent.
    virtual void opened(WebSocketConnection &connection) = 0;
    //! Valid UTF-8, a whole message. \a text is good during the call only.
    virtual void textReceived(QByteArrayView text) = 0;
    //! By default closes nothing and does nothing.
    virtual void binaryReceived(QByteArrayView bytes);
    //! A ping came; its pong is sent by the listener.
    virtual void pinged(QByteArrayView payload);
    virtual void ponged(QByteArrayView payload);
    //! Last. \a code is the peer's for Clean (1005: none given), 1006 for Lost.
    virtual void closed(quint16 code, CloseKind kind) = 0;
};

} // namespace presently::net
