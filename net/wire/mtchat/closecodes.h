// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

#include <chrono>
#include <span>

namespace presently::net::mtchat {

//! Close codes of our WebSocket: net/README.md, "Close codes". Values, because a peer may send any.
namespace CloseCode {
inline constexpr quint16 Normal = 1000;
inline constexpr quint16 GoingAway = 1001;
inline constexpr quint16 ProtocolError = 1002;
inline constexpr quint16 UnsupportedData = 1003;
inline constexpr quint16 Abnormal = 1006; //!< never on the wire: the link was lost
inline constexpr quint16 InvalidPayload = 1007;
inline constexpr quint16 PolicyViolation = 1008;
inline constexpr quint16 MessageTooBig = 1009;
inline constexpr quint16 InternalError = 1011;
inline constexpr quint16 ServiceRestart = 1012;
inline constexpr quint16 TryAgainLater = 1013;
inline constexpr quint16 TokenExpired = 4001;
inline constexpr quint16 SessionRevoked = 4003;
inline constexpr quint16 TooSlow = 4008; //!< or a rate limit was exceeded
inline constexpr quint16 TooManyDevices = 4009;
} // namespace CloseCode

//! \brief What a client does after a close.
enum class AfterClose {
    Reconnect, //!< the first try within the window, then back-off
    RefreshToken, //!< once; then ask for sign-in
    SignOut, //!< the session is gone: no retry
    Stop, //!< no retry by itself; the person may ask for one
};

//! \brief One row of the table that both ends read.
struct CloseRule {
    quint16 code = 0;
    AfterClose action = AfterClose::Reconnect;
    std::chrono::milliseconds firstTryFrom{0}; //!< the first try comes at random between these
    std::chrono::milliseconds firstTryUntil{0};
    bool honoursRetryAfter = false; //!< `retry_after_ms` of a goodbye replaces the window
    bool tellsThePerson = false; //!< worth words even when the next try works
    ErrorCode cause = ErrorCode::Unreachable; //!< what LinkStatus says
};

//! The whole table, in the order of the codes.
[[nodiscard]] std::span<const CloseRule> closeRules();

//! The rule for \a code; a code that the table lacks is treated as a lost link (1006).
[[nodiscard]] const CloseRule &closeRuleFor(quint16 code);

} // namespace presently::net::mtchat
