// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename Enum, size_t Size>
using Words = std::array<std::pair<Enum, QLatin1StringView>, Size>;

// The first row of a word is what it means when it is read.
constexpr Words<Status, 5> Statuses{{{Status::Offline, "offline"_L1}, {Status::Online, "online"_L1},
    {Status::Away, "away"_L1}, {Status::Busy, "busy"_L1}, {Status::Unknown, "offline"_L1}}};
constexpr Words<IntentStatus, 4> Intents{
    {{IntentStatus::Auto, "online"_L1}, {IntentStatus::Away, "away"_L1},
        {IntentStatus::Busy, "busy"_L1}, {IntentStatus::Invisible, "offline"_L1}}};
constexpr Words<OfflineReason, 5> Reasons{{{OfflineReason::Disconnected, "disconnected"_L1},
    {OfflineReason::Inactive, "inactive"_L1}, {OfflineReason::Manual, "manual"_L1},
    {OfflineReason::Shutdown, "disconnected"_L1}, {OfflineReason::None, "disconnected"_L1}}};
constexpr Words<DeviceType, 5> Devices{{{DeviceType::Desktop, "desktop"_L1},
    {DeviceType::Web, "web"_L1}, {DeviceType::Mobile, "mobile"_L1},
    {DeviceType::Terminal, "desktop"_L1}, {DeviceType::Unknown, "desktop"_L1}}};

template <typename Enum, size_t Size>
QString wordOf(const Words<Enum, Size> &words, Enum value)
{
    const auto row
        = std::ranges::find_if(words, [value](const auto &pair) { return pair.first == value; });
    return row == words.end() ? QString() : QString(row->second);
}

template <typename Enum, size_t Size>
std::optional<Enum> valueOf(const Words<Enum, Size> &words, QStringView word)
{
    const auto row
        = std::ranges::find_if(words, [word](const auto &pair) { return pair.second == word; });
    if (row == words.end())
        return std::nullopt;
    return row->first;
}

} // namespace

QString toWire(Status status)
{
    return wordOf(Statuses, status);
}
std::optional<Status> statusFromWire(QStringView word)
{
    return valueOf(Statuses, word);
}
QString toWire(IntentStatus status)
{
    return wordOf(Intents, status);
}
std::optional<IntentStatus> intentStatusFromWire(QStringView word)
{
    return valueOf(Intents, word);
}
QString toWire(OfflineReason reason)
{
    return wordOf(Reasons, reason);
}
OfflineReason offlineReasonFromWire(QStringView word)
{
    return valueOf(Reasons, word).value_or(OfflineReason::None);
}
QString toWire(DeviceType type)
{
    return wordOf(Devices, type);
}
DeviceType deviceTypeFromWire(QStringView word)
{
    return valueOf(Devices, word).value_or(DeviceType::Unknown);
}

} // namespace presently::net::devices
