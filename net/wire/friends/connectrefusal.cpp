// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/friends/connectrefusal.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::friends {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<std::pair<ConnectRefusal, QLatin1StringView>, 4> Messages{
    {{ConnectRefusal::TokenRequired, "Authentication token required"_L1},
        {ConnectRefusal::InvalidToken, "Invalid token"_L1},
        {ConnectRefusal::UserNotFound, "User not found"_L1},
        {ConnectRefusal::Failed, "Authentication failed"_L1}}};

} // namespace

QString toWire(ConnectRefusal refusal)
{
    const auto row = std::ranges::find_if(
        Messages, [refusal](const auto &pair) { return pair.first == refusal; });
    return row == Messages.end() ? QString() : QString(row->second);
}

std::optional<ConnectRefusal> connectRefusalFromWire(QStringView message)
{
    const auto row = std::ranges::find_if(
        Messages, [message](const auto &pair) { return pair.second == message; });
    return row == Messages.end() ? std::nullopt : std::optional(row->first);
}

} // namespace presently::net::friends
