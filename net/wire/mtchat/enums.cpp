// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/enums.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename Enum, size_t Size>
using Words = std::array<std::pair<Enum, QLatin1StringView>, Size>;

constexpr Words<Status, 5> Statuses{
    {{Status::Unknown, "unknown"_L1}, {Status::Offline, "offline"_L1},
        {Status::Online, "online"_L1}, {Status::Away, "away"_L1}, {Status::Busy, "busy"_L1}}};
constexpr Words<IntentStatus, 4> Intents{
    {{IntentStatus::Auto, "auto"_L1}, {IntentStatus::Away, "away"_L1},
        {IntentStatus::Busy, "busy"_L1}, {IntentStatus::Invisible, "invisible"_L1}}};
constexpr Words<ActivityState, 4> States{
    {{ActivityState::Active, "active"_L1}, {ActivityState::Idle, "idle"_L1},
        {ActivityState::Hidden, "hidden"_L1}, {ActivityState::Locked, "locked"_L1}}};
constexpr Words<OfflineReason, 4> Reasons{
    {{OfflineReason::Disconnected, "disconnected"_L1}, {OfflineReason::Inactive, "inactive"_L1},
        {OfflineReason::Manual, "manual"_L1}, {OfflineReason::Shutdown, "shutdown"_L1}}};
constexpr Words<DeviceType, 5> Devices{{{DeviceType::Unknown, "unknown"_L1},
    {DeviceType::Desktop, "desktop"_L1}, {DeviceType::Terminal, "terminal"_L1},
    {DeviceType::Web, "web"_L1}, {DeviceType::Mobile, "mobile"_L1}}};
constexpr Words<LastSeenDetail, 3> LastSeenDetails{{{LastSeenDetail::Exact, "exact"_L1},
    {LastSeenDetail::Coarse, "coarse"_L1}, {LastSeenDetail::Hidden, "hidden"_L1}}};
constexpr Words<OnHide, 3> OnHides{{{OnHide::Away, "away"_L1}, {OnHide::Offline, "offline"_L1},
    {OnHide::Unchanged, "unchanged"_L1}}};
constexpr Words<JoinedAs, 3> Joins{{{JoinedAs::Creator, "creator"_L1},
    {JoinedAs::Participant, "participant"_L1}, {JoinedAs::Joined, "joined"_L1}}};
constexpr Words<MessageKind, 2> Kinds{
    {{MessageKind::User, "user"_L1}, {MessageKind::System, "system"_L1}}};

template <typename Enum, size_t Size>
QLatin1StringView wordOf(const Words<Enum, Size> &words, Enum value)
{
    const auto row
        = std::ranges::find_if(words, [value](const auto &pair) { return pair.first == value; });
    return row == words.end() ? QLatin1StringView() : row->second;
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

QLatin1StringView toWire(Status status)
{
    return wordOf(Statuses, status);
}
std::optional<Status> statusFromWire(QStringView word)
{
    return valueOf(Statuses, word);
}
QLatin1StringView toWire(IntentStatus status)
{
    return wordOf(Intents, status);
}
std::optional<IntentStatus> intentStatusFromWire(QStringView word)
{
    return valueOf(Intents, word);
}
QLatin1StringView toWire(ActivityState state)
{
    return wordOf(States, state);
}
std::optional<ActivityState> activityStateFromWire(QStringView word)
{
    return valueOf(States, word);
}
QLatin1StringView toWire(OfflineReason reason)
{
    return wordOf(Reasons, reason);
}
OfflineReason offlineReasonFromWire(QStringView word)
{
    return valueOf(Reasons, word).value_or(OfflineReason::None);
}
QLatin1StringView toWire(DeviceType type)
{
    return wordOf(Devices, type);
}
DeviceType deviceTypeFromWire(QStringView word)
{
    return valueOf(Devices, word).value_or(DeviceType::Unknown);
}
QLatin1StringView toWire(LastSeenDetail detail)
{
    return wordOf(LastSeenDetails, detail);
}
std::optional<LastSeenDetail> lastSeenDetailFromWire(QStringView word)
{
    return valueOf(LastSeenDetails, word);
}
QLatin1StringView toWire(OnHide onHide)
{
    return wordOf(OnHides, onHide);
}
std::optional<OnHide> onHideFromWire(QStringView word)
{
    return valueOf(OnHides, word);
}
QLatin1StringView toWire(JoinedAs joinedAs)
{
    return wordOf(Joins, joinedAs);
}
JoinedAs joinedAsFromWire(QStringView word)
{
    return valueOf(Joins, word).value_or(JoinedAs::Participant);
}
QLatin1StringView toWire(MessageKind kind)
{
    return wordOf(Kinds, kind);
}
MessageKind messageKindFromWire(QStringView word)
{
    return valueOf(Kinds, word).value_or(MessageKind::User);
}

} // namespace presently::net::mtchat
