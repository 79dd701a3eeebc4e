// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/server/listener/listeneroptions.h"
#include "net/server/listener/requesthandler.h"

#include <QObject>

#include <functional>
#include <memory>

namespace presently::net {

enum class FrameDirection { Received, Sent };

//! Sees each frame of each WebSocket, for logs of tests and QA. Never keep what it points to.
using FrameTap = std::function<void(
    quint64 connection, FrameDirection direction, Opcode opcode, QByteArrayView payload)>;

//! \brief What the listener has done since it began.
struct ListenerCounters {
    quint64 accepted = 0;
    quint64 refusedByAddress = 0; //!< over the limit of one address
    quint64 requests = 0; //!< complete heads
    quint64 refusedRequests = 0; //!< malformed, too large, too slow, foreign
    quint64 upgrades = 0;
    quint64 framesReceived = 0;
    quint64 framesSent = 0;
    quint64 slowDropped = 0; //!< closed with 4008
    quint64 lost = 0; //!< WebSockets that ended without a close frame
    qsizetype openConnections = 0;
    qsizetype openWebSockets = 0;
};

//! \brief HTTP/1.1 and WebSockets on one port, with a bound on everything.
//!
//! Units:     see ListenerOptions.
//! Errors:    listen() returns why it could not; a bad request is answered and closed, never
//! thrown. Ownership: borrows handler and clock, which must outlive it; owns its connections.
//! Threading: one thread with an event loop; everything is called on it.
class HttpServer : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpServer)

public:
    HttpServer(RequestHandler &handler, const Clock &clock, const ListenerOptions &options,
        QObject *parent = nullptr);
    //! Drops every connection; closed() is called for the open WebSockets.
    ~HttpServer() override;

    //! Returns the port. Waits for it as long as ListenerOptions::bindPatience says.
    [[nodiscard]] Expected<quint16, Error> listen();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] const ListenerOptions &options() const;

    //! Takes no more connections, closes the WebSockets with \a code and lets answers under way
    //! finish; stopped() when the last connection has gone. Everything ends within closeTimeout
    //! plus the linger of the transport, idle keep-alive connections at once.
    void stop(quint16 code = CloseStatus::GoingAway, const QByteArray &reason = {});

    //! Runs what is due by the clock. The own timer does it; a test does it after moving its clock.
    void runDeadlines();

    void setFrameTap(FrameTap tap);
    [[nodiscard]] ListenerCounters counters() const;

Q_SIGNALS:
    //! After stop(): nothing is open any more.
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently::net
