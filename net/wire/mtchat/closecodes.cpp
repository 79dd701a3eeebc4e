// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/closecodes.h"

#include <algorithm>
#include <array>

namespace presently::net::mtchat {

namespace {

using namespace std::chrono_literals;

constexpr bool ObeysRetryAfter = true;
constexpr bool Told = true;

constexpr std::array<CloseRule, 15> Rules{{
    {CloseCode::Normal, AfterClose::Reconnect, 0s, 10s, false, false, ErrorCode::Unreachable},
    {CloseCode::GoingAway, AfterClose::Reconnect, 0s, 10s, false, false, ErrorCode::Unreachable},
    {CloseCode::ProtocolError, AfterClose::Reconnect, 0s, 3s, false, false,
        ErrorCode::ProtocolViolation},
    {CloseCode::UnsupportedData, AfterClose::Reconnect, 0s, 3s, false, false,
        ErrorCode::ProtocolViolation},
    {CloseCode::Abnormal, AfterClose::Reconnect, 0s, 3s, false, false, ErrorCode::Unreachable},
    {CloseCode::InvalidPayload, AfterClose::Reconnect, 0s, 3s, false, false,
        ErrorCode::ProtocolViolation},
    {CloseCode::PolicyViolation, AfterClose::Reconnect, 0s, 3s, false, Told, ErrorCode::Forbidden},
    {CloseCode::MessageTooBig, AfterClose::Reconnect, 0s, 3s, false, Told, ErrorCode::TooLarge},
    {CloseCode::InternalError, AfterClose::Reconnect, 0s, 3s, false, false,
        ErrorCode::ServerFailure},
    {CloseCode::ServiceRestart, AfterClose::Reconnect, 0s, 10s, ObeysRetryAfter, false,
        ErrorCode::ServerFailure},
    {CloseCode::TryAgainLater, AfterClose::Reconnect, 0s, 10s, ObeysRetryAfter, false,
        ErrorCode::ServerFailure},
    {CloseCode::TokenExpired, AfterClose::RefreshToken, 0s, 0s, false, false,
        ErrorCode::Unauthenticated},
    {CloseCode::SessionRevoked, AfterClose::SignOut, 0s, 0s, false, Told,
        ErrorCode::SessionRevoked},
    {CloseCode::TooSlow, AfterClose::Reconnect, 5s, 10s, false, false, ErrorCode::RateLimited},
    {CloseCode::TooManyDevices, AfterClose::Stop, 0s, 0s, false, Told, ErrorCode::TooManyDevices},
}};

const CloseRule &lostLink()
{
    return *std::ranges::find(Rules, CloseCode::Abnormal, &CloseRule::code);
}

} // namespace

std::span<const CloseRule> closeRules()
{
    return Rules;
}

const CloseRule &closeRuleFor(quint16 code)
{
    const auto row = std::ranges::find(Rules, code, &CloseRule::code);
    return row == Rules.end() ? lostLink() : *row;
}

} // namespace presently::net::mtchat
