// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/link.h"
#include "models/core/presence.h"
#include "net/client/backoff.h"

#include <optional>
#include <variant>
#include <vector>

//! \file
//! How a client stays connected, as a pure function: no clock, no sockets, no randomness of its
//! own. Deadlines are data of the states; LinkController arms one timer for the next of them.

namespace presently::net::link {

//! \brief Every time that the machine reckons with.
struct Terms {
    BackoffTerms backoff;
    Milliseconds attempt{65'000}; //!< address lookup to welcome; a black hole takes TCP 60 s
    Milliseconds handshake{10'000}; //!< TCP up to welcome
    Milliseconds probe{15'000}; //!< asking REST why the handshake was refused
    Milliseconds refresh{30'000}; //!< getting a new token
    Milliseconds stable{60'000}; //!< a link that lived so long clears the count of failures
    Milliseconds pingEvery{15'000}; //!< transport ping
    Milliseconds pongWithin{10'000};
    Milliseconds hintWithin{500}; //!< a wake or network hint leads to a try within this time
    Milliseconds hintSpacing{5'000}; //!< a younger link is probed by a ping instead
    Milliseconds hintPong{2'000}; //!< the answer to that ping
    double windowScale = 1; //!< of the first tries in the close-code table; tests take less
};

// States

//! Nobody is signed in.
struct SignedOut {
    std::optional<Error> cause;
};
//! Addresses, TCP and TLS.
struct Connecting {
    int failures = 0; //!< tries that failed in a row
    bool refreshed = false; //!< the token is new: another refusal asks the person
    SteadyTime deadline;
    ActivityState announced = ActivityState::Active; //!< what the handshake tells the server
};
//! TCP is up; waiting for the upgrade and the server's first frame.
struct Handshaking {
    int failures = 0;
    bool refreshed = false;
    SteadyTime deadline;
    ActivityState announced = ActivityState::Active;
};
//! The handshake was refused without a usable reason: REST is asked for it.
struct Probing {
    int failures = 0;
    bool refreshed = false;
    SteadyTime deadline;
    Error refusal;
};
struct Online {
    int failures = 0; //!< as they stood; cleared when the link proves stable
    SteadyTime since;
    SteadyTime pingDueAt;
    std::optional<SteadyTime> pongDeadline; //!< a ping is on its way
    std::optional<SteadyTime> beatDueAt; //!< none: paused, nobody looks
    Milliseconds beatInterval{30'000};
};
struct Waiting {
    int failures = 0;
    SteadyTime tryAt;
    Error cause;
};
//! The token has expired; a new one is on its way.
struct Refreshing {
    int failures = 0;
    SteadyTime deadline;
    bool waitsAfter = false; //!< the link had been up, too shortly to try again at once
};
//! No retry by itself; the person may ask for one, unless the program quits.
struct Stopped {
    std::optional<Error> cause; //!< none: the program quits
};

using Phase = std::variant<SignedOut, Connecting, Handshaking, Probing, Online, Waiting, Refreshing,
    Stopped>;

//! \brief The state of one link.
//!
//!   SignedOut --Start--> Connecting --TcpUp--> Handshaking --Welcomed--> Online
//!       ^                  ^  | failed           | failed    | refused     | closed, no pong
//!       |                  |  v                  v           v             v
//!       |                  | Waiting <-----------+------- Probing       (close-code table)
//!       |                  |  | time, hint,        other    |             |
//!       |                  +--+ TryNow                      | 401         | 4001
//!       |                  |                                v             v
//!       |                  +----------- new token ----- Refreshing <------+
//!       +------------------- refused for good, 4003 --------+
//!   4009 leads to Stopped (TryNow leads on to Connecting), Quit always, SignOut to SignedOut.
struct State {
    Phase phase;
    ActivityState activity = ActivityState::Active; //!< kept over all phases
    std::optional<SteadyTime> troubledSince = std::nullopt; //!< since when no link was stable
};

// Events

struct Start {
};
struct SignOut {
};
struct Quit {
};
struct TryNow {
};
struct TcpUp {
};
//! The server's first frame; the interval is the server's, or the default of its dialect.
struct Welcomed {
    Milliseconds beatInterval{30'000};
};
//! The socket failed before it was welcomed.
struct AttemptFailed {
    Error error;
    bool wasAnswered = false; //!< the server answered, but did not upgrade
};
//! The socket closed after it was welcomed, or with a close frame before.
struct Closed {
    quint16 code = 0;
    std::optional<Milliseconds> retryAfter; //!< from a goodbye
};
//! What REST says of our session: none means all is well there.
struct ProbeAnswered {
    std::optional<Error> error;
};
struct TokenRefreshed {
};
struct RefreshFailed {
    Error error;
};
struct PongReceived {
};
struct ActivityChanged {
    ActivityState activity = ActivityState::Active;
};
//! The machine woke, or the network changed.
struct Hint {
};
//! The machine is about to sleep: leave politely, until a Hint.
struct Sleep {
};
//! A deadline of the state may have passed.
struct Tick {
};

using Event = std::variant<Start, SignOut, Quit, TryNow, TcpUp, Welcomed, AttemptFailed, Closed,
    ProbeAnswered, TokenRefreshed, RefreshFailed, PongReceived, ActivityChanged, Hint, Sleep, Tick>;

// Actions

struct OpenSocket {
}; //!< a fresh one
struct AbortSocket {
};
struct CloseSocket {
    quint16 code = 1000;
};
struct SendGoodbye {
};
struct SendPing {
}; //!< transport
struct SendBeat {
    ActivityState activity = ActivityState::Active;
};
struct AskWhy {
}; //!< REST: who am I
struct RefreshToken {
};
struct AskSignIn {
    Error error;
};

using Action = std::variant<OpenSocket, AbortSocket, CloseSocket, SendGoodbye, SendPing, SendBeat,
    AskWhy, RefreshToken, AskSignIn>;

//! \brief What the outside world lends to one step.
struct Moment {
    SteadyTime now;
    double random = 0; //!< in [0, 1)
};

struct Step {
    State next;
    std::vector<Action> actions;
};

//! What \a event leads to. An event that means nothing in a state changes nothing.
[[nodiscard]] Step step(
    const Terms &terms, const State &state, const Event &event, const Moment &moment);

//! When the next Tick is due; none: never.
[[nodiscard]] std::optional<SteadyTime> nextDeadline(const State &state);

//! What the rest of the program sees; `lostAt` is not the machine's to know.
[[nodiscard]] LinkStatus statusOf(const State &state);

} // namespace presently::net::link

namespace presently::net {

using LinkTerms = link::Terms;

} // namespace presently::net
