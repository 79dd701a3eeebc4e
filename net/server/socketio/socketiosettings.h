// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/server/serveroptions.h"

namespace presently::net::socketio {

//! \brief Every number and switch of the Socket.IO side.
struct SocketIoSettings {
    Milliseconds pingInterval{25'000};
    Milliseconds pingTimeout{20'000}; //!< after a ping without its pong
    Milliseconds connectTimeout{45'000}; //!< in no namespace for so long: closed
    Milliseconds upgradeTimeout{10'000}; //!< from the WebSocket to the last word of the change
    qint64 maxPayload = 64LL * 1024; //!< bytes of a polling body, both ways
    qint64 maxQueuedBytes
        = 1024LL * 1024; //!< for a client that does not fetch them; more closes it
    qsizetype maxUnconnected = 256; //!< sessions that are in no namespace; then 503
    qsizetype maxSessions = 20'000; //!< then 503
    int maxSessionsPerAddress = 50; //!< loopback is exempt; 0: no limit
    int maxAttachments = 0; //!< bytes beside an event; 0: binary events close the connection
    RateLimit packets{20, Milliseconds{50}}; //!< of one client; more closes it

    bool operator==(const SocketIoSettings &) const = default;
};

} // namespace presently::net::socketio
