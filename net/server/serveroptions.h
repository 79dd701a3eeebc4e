// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace presently::net {

//! Where the server listens and what it takes from strangers.
struct NetworkOptions {
    QString host = QStringLiteral("127.0.0.1"); //!< an address, not a name
    quint16 port = 8080; //!< 0: any free one
    std::chrono::milliseconds bindPatience{5'000}; //!< for a port in use; 0: one try
    QString tlsCertificate; //!< PEM file; empty: plain
    QString tlsKey; //!< PEM file; needed with a certificate
    QStringList allowedHosts; //!< names taken in `Host` beside loopback and the address bound to
    QStringList allowedOrigins; //!< origins whose pages may talk to us; "*": any
    int backlog = 4096; //!< connections waiting for accept, 1 to 65535
    int maxConnections = 0; //!< 0: descriptors of the process less 64
    int maxConnectionsPerAddress = 50; //!< loopback is exempt; 0: no limit
    int maxUnfinished = 8'192; //!< connections that have not made a request yet, 1 to 65535
    int maxHeaderBytes = 8 * 1024; //!< 1 KiB to 64 KiB
    int maxHeaderFields = 64; //!< 8 to 1000
    int maxBodyBytes = 256 * 1024; //!< of a request, uploads excepted; 1 KiB to 16 MiB
    qint64 maxUploadBytes = 100LL * 1024 * 1024; //!< of one attachment; 1 KiB to 4 GiB
    int maxMessageBytes = 64 * 1024; //!< of a WebSocket message; 1 KiB to 1 MiB
    int maxQueuedBytes = 1024 * 1024; //!< for a reader that is too slow, then 4008; from 64 KiB
    std::chrono::milliseconds headerDeadline{10'000}; //!< from accept to the end of the head
    std::chrono::milliseconds bodyDeadline{30'000};
    std::chrono::milliseconds keepAlive{30'000}; //!< between two requests
};

//! Where things are kept.
struct StorageOptions {
    QString dataDirectory; //!< empty: nothing is kept (`--memory`)
    QString database; //!< SQLite file; empty: `presently.sqlite` in the data directory
    QString seedFile; //!< JSON; empty: none, or the built-in seed in memory
    bool builtInSeed = false; //!< people, conversations and messages to try things with
    bool personas = false; //!< the seed's personas come and go by themselves
};

//! Who may come in, and at what cost.
struct AuthOptions {
    std::chrono::milliseconds accessLifetime{15 * 60'000};
    std::chrono::milliseconds refreshLifetime{30LL * 24 * 3'600'000};
    int hashPasses = 2; //!< Argon2id operations, 1 to 64
    int hashMemoryKib = 19 * 1024; //!< Argon2id memory, 8 KiB to 1 GiB
    int hashThreads = 1; //!< worker threads, 1 to 16
    int maxWaitingHashes = 64; //!< sign-ins in line, then 429; 1 to 4096
    QString adminTokenFile; //!< bearer of the Management API and of /metrics; empty: loopback only
    QString jwtSecretFile; //!< secrets of outside issuers, one a line; empty: none is trusted
    QString userIdClaim = QStringLiteral("sub"); //!< whose name an outside token carries
    bool trustUserId = false; //!< `?user_id=` acts without a token; loopback only
};

//! The timing of presence. Units: milliseconds on the wire and in the configuration.
struct PresenceOptions {
    std::chrono::milliseconds heartbeat{30'000}; //!< asked of clients
    std::chrono::milliseconds lease{60'000}; //!< at least twice the heartbeat
    std::chrono::milliseconds slack{15'000}; //!< more while the transport proves alive
    std::chrono::milliseconds pingAfter{16'000}; //!< silence before the server pings
    std::chrono::milliseconds pongWithin{10'000}; //!< ping and pong together at most the lease
    std::chrono::milliseconds graceClean{3'000}; //!< after a clean close; 0: none
    std::chrono::milliseconds graceLost{10'000}; //!< after a lost link; 0: none
    std::chrono::milliseconds holdBack{45'000}; //!< no "offline" after a start; 0: at once
    std::chrono::milliseconds idleAfter{300'000}; //!< of no input: away by itself
    int snapshotPart = 500; //!< people in one frame, 1 to 500
};

//! How much one client may ask. A bucket holds `burst` and refills one each `every`.
struct RateLimit {
    int burst = 1;
    std::chrono::milliseconds every{1'000};
    bool operator==(const RateLimit &) const = default;
};

struct LimitOptions {
    int devicesPerUser = 10; //!< the oldest is closed with 4009; 1 to 1000
    RateLimit login{5, std::chrono::milliseconds{12'000}}; //!< per address and per login
    RateLimit heartbeat{10, std::chrono::milliseconds{2'000}}; //!< more is answered, does nothing
    RateLimit frames{20, std::chrono::milliseconds{50}}; //!< of any kind; more closes with 4008
    RateLimit intent{5, std::chrono::milliseconds{6'000}};
    RateLimit typing{1, std::chrono::milliseconds{3'000}}; //!< passed on to others
    RateLimit presenceQuery{30, std::chrono::milliseconds{2'000}};
    RateLimit messages{10, std::chrono::milliseconds{100}};
    int presenceQueryIds = 200; //!< people in one question, 1 to 1000
    int resumeEvents = 1024; //!< kept per session, 16 to 65536
    std::chrono::milliseconds resumeWindow{600'000}; //!< kept after a lost link; 0: no resume
    std::chrono::milliseconds restartSpread{10'000}; //!< clients come back spread over this
};

//! The dialect `friends`; the names of the numbers are those of PresenceOptions.
struct FriendsOptions {
    std::chrono::milliseconds heartbeat{30'000};
    std::chrono::milliseconds lease{60'000};
    std::chrono::milliseconds slack{15'000};
    std::chrono::milliseconds graceClean{3'000};
    std::chrono::milliseconds graceLost{10'000};
};

//! The dialect `userstatus`.
struct UserStatusOptions {
    int grpcPort = -1; //!< -1: off, 0: any free one
    bool laterNumbers = false; //!< AWAY is 2 and OFFLINE 3 on the wire, as in the later revision
    std::chrono::milliseconds heartbeat{15'000};
    std::chrono::milliseconds lease{30'000};
    std::chrono::milliseconds awayLease{600'000}; //!< of a device that was set to AWAY
    std::chrono::milliseconds streamEndMax{15'000}; //!< left at most once a stream has ended
    int maxIds = 1000; //!< people in one question, 1 to 1000
};

//! The dialect `polling`.
struct PollingOptions {
    std::chrono::milliseconds heartbeat{120'000};
    std::chrono::milliseconds lease{300'000}; //!< the last moment still counts
    bool listEverybody = false; //!< list also people with whom one shares nothing
};

//! The dialect `devices`.
struct DevicesOptions {
    std::chrono::milliseconds heartbeat{30'000};
    std::chrono::milliseconds lease{120'000};
    std::chrono::milliseconds graceClean{3'000};
    std::chrono::milliseconds graceLost{10'000};
    std::chrono::milliseconds countsEvery{1'000}; //!< a device count that changes is told so often
    int maxIds = 500; //!< people in one question, 1 to 1000
};

//! The framing below `friends` and `devices`.
struct SocketIoOptions {
    std::chrono::milliseconds pingInterval{25'000};
    std::chrono::milliseconds pingTimeout{20'000};
    std::chrono::milliseconds connectTimeout{45'000}; //!< from the handshake to a namespace
    std::chrono::milliseconds upgradeTimeout{10'000}; //!< from the probe to the upgrade
    int maxPayload = 64 * 1024; //!< bytes of one message or one body; 1 KiB to 1 MiB
    bool conformance = false; //!< serve what the published conformance suites expect; loopback only
};

struct DialectOptions {
    FriendsOptions friends;
    UserStatusOptions userStatus;
    PollingOptions polling;
    DevicesOptions devices;
    SocketIoOptions socketIo;
};

//! The control port of QA; see net/server/qa.
struct QaOptions {
    bool enabled = false; //!< loopback only
    quint16 port = 0; //!< 0: any free one
};

//! \brief Every number and switch of the server, with its default.
//!
//! Errors: validated() names the key, as the configuration file spells it, and the reason.
struct ServerOptions {
    NetworkOptions listener;
    StorageOptions storage;
    AuthOptions auth;
    PresenceOptions presence;
    LimitOptions limits;
    DialectOptions dialects;
    QaOptions qa;

    //! Checks ranges, and the numbers against one another.
    [[nodiscard]] Expected<void, Error> validate() const;
    //! Whether only this machine can reach the listener.
    [[nodiscard]] bool isLoopback() const;
};

} // namespace presently::net
