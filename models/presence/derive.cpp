// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/derive.h"

#include <algorithm>
#include <tuple>

namespace presently {

namespace {

//! \brief What the live leases say together.
struct LiveDevices {
    int count = 0;
    DeviceTypes types;
    bool anyActive = false;
    std::optional<WallTime> lastEvidence;
};

void raise(std::optional<WallTime> &latest, WallTime time)
{
    if (!latest || *latest < time)
        latest = time;
}

LiveDevices liveDevices(std::span<const LeaseFacts> leases)
{
    LiveDevices live;
    for (std::size_t i = 0; i < leases.size(); ++i) {
        const LeaseFacts &lease = leases[i];
        const bool counted = std::ranges::any_of(leases.first(i),
            [&](const LeaseFacts &earlier) { return earlier.device == lease.device; });
        if (!counted)
            ++live.count;
        live.types |= lease.type;
        live.anyActive |= !lease.idle;
        raise(live.lastEvidence, lease.evidenceAt);
    }
    return live;
}

std::optional<WallTime> told(
    std::optional<WallTime> lastSeen, LastSeenDetail detail, Viewer viewer, WallTime now)
{
    if (!lastSeen || viewer == Viewer::Self)
        return lastSeen;
    const WallTime past = std::min(*lastSeen, now); // the wall clock may have been set back
    switch (detail) {
    case LastSeenDetail::Exact:
        return past;
    case LastSeenDetail::Coarse:
        return std::chrono::floor<std::chrono::hours>(past);
    case LastSeenDetail::Hidden:
        break;
    }
    return std::nullopt;
}

Presence offline(const Traces &traces, Viewer viewer, WallTime now)
{
    Presence presence;
    presence.status = Status::Offline;
    presence.lastSeen = told(traces.lastSeen, traces.detail, viewer, now);
    presence.reason = traces.reason;
    return presence;
}

std::pair<Status, Rule> statusOf(const LiveDevices &live, IntentStatus intent)
{
    if (intent == IntentStatus::Busy)
        return {Status::Busy, Rule::Busy};
    if (intent == IntentStatus::Away)
        return {Status::Away, Rule::Away};
    if (!live.anyActive)
        return {Status::Away, Rule::AllIdle};
    return {Status::Online, Rule::Online};
}

} // namespace

Derivation derive(std::span<const LeaseFacts> leases, const Intent &intent, const Traces &traces,
    Viewer viewer, WallTime now)
{
    if (viewer == Viewer::Stranger) {
        Presence nothing;
        nothing.status = Status::Offline;
        return {nothing, Rule::NotVisible};
    }

    const LiveDevices live = liveDevices(leases);
    if (live.count == 0)
        return {offline(traces, viewer, now), Rule::NoLease};
    if (viewer == Viewer::Other && intent.status == IntentStatus::Invisible)
        return {offline(traces, viewer, now), Rule::Invisible};

    Derivation result;
    Presence &presence = result.presence;
    std::tie(presence.status, result.rule) = statusOf(live, intent.status);
    presence.autoAway = result.rule == Rule::AllIdle;
    presence.customMessage = intent.customMessage;
    presence.until = intent.until;
    std::optional<WallTime> lastSeen = traces.lastSeen;
    raise(lastSeen, *live.lastEvidence);
    presence.lastSeen = told(lastSeen, traces.detail, viewer, now);
    presence.deviceCount = live.count;
    presence.deviceTypes = live.types;
    return result;
}

bool looksSame(const Presence &left, const Presence &right)
{
    return left.status == right.status && left.autoAway == right.autoAway
        && left.deviceCount == right.deviceCount && left.deviceTypes == right.deviceTypes
        && left.reason == right.reason && left.until == right.until
        && left.customMessage == right.customMessage
        && (left.isOnline() || left.lastSeen == right.lastSeen);
}

} // namespace presently
