// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/transport/acceptor.h"
#include "net/wire/http/requestparser.h"
#include "net/wire/websocket/framedecoder.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>

namespace presently::net {

//! \brief Every number and switch of the listener. Durations of zero and counts of zero are not
//! "unlimited" unless it says so.
struct ListenerOptions {
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 0; //!< 0: any free one
    Milliseconds bindPatience{0}; //!< for a port that somebody else has; 0: one try
    TlsFiles tls; //!< empty: plain HTTP
    AcceptorKind acceptor = AcceptorKind::Best;

    // Caps (net/README.md, "Limits")
    qsizetype maxConnections = 0; //!< 0: descriptors of the process less 64
    int maxConnectionsPerAddress = 50; //!< IPv6 by /64; loopback has no limit; 0: no limit
    int maxUnfinished
        = 256; //!< connections without a first accepted request; then the backlog waits
    HttpLimits http;
    FrameLimits frames;
    qint64 maxPendingBytes = 1024LL * 1024; //!< queued for one WebSocket; more is 4008
    int controlFrameBurst = 200; //!< pings and pongs in a row; more is 4008
    int controlFramesPerSecond = 20; //!< regained budget

    // Deadlines
    Milliseconds headTimeout{10'000}; //!< accept to head, and first byte to head afterwards
    Milliseconds bodyTimeout{30'000};
    qint64 minBodyRate
        = 16LL * 1024; //!< bytes a second that a body may go on at after its deadline
    Milliseconds keepAliveTimeout{30'000}; //!< idle between two requests
    Milliseconds writeTimeout{30'000}; //!< an answer of which the peer takes nothing
    Milliseconds frameTimeout{10'000}; //!< first byte of a message to its last
    Milliseconds pingAfterSilence{16'000};
    Milliseconds pongTimeout{10'000};
    Milliseconds closeTimeout{2'000}; //!< our close frame to the peer's

    // Who may ask. An empty Host (HTTP/1.0) and an empty Origin (not a browser) are allowed.
    QList<QByteArray>
        allowedHosts; //!< beside loopback and the own address; lower case, no port; "*": any
    QList<QByteArray> allowedOrigins; //!< for the upgrade, "https://chat.example"; "*": any
};

} // namespace presently::net
