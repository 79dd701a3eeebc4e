// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/preferences.h"
#include "models/core/presence.h"

#include <QStringView>

#include <span>

namespace presently {

//! \brief Who is looking.
enum class Viewer {
    Self, //!< the person: everything, also while invisible
    Other, //!< somebody who shares a conversation or a contact
    Stranger, //!< everybody else: learns nothing at all
};

//! \brief What one live lease says for the derivation.
struct LeaseFacts {
    QStringView device; //!< several leases of one device count once
    DeviceType type = DeviceType::Unknown;
    bool idle = false;
    WallTime evidenceAt; //!< last heartbeat, or the close
};

//! \brief What is left of somebody without a lease.
struct Traces {
    std::optional<WallTime> lastSeen; //!< none: never seen
    OfflineReason reason = OfflineReason::None;
    LastSeenDetail detail = LastSeenDetail::Exact; //!< for others
};

//! \brief Which rule decided; numbered as in models/presence/README.md, "Derivation".
enum class Rule { NotVisible = 1, NoLease, Invisible, Busy, Away, AllIdle, Online };

struct Derivation {
    Presence presence;
    Rule rule = Rule::NoLease;
};

//! \brief What \a viewer sees: the one place where presence is decided. Pure.
//!
//! \a leases are those that are live \a now; nothing that is told lies after it.
[[nodiscard]] Derivation derive(std::span<const LeaseFacts> leases, const Intent &intent,
    const Traces &traces, Viewer viewer, WallTime now);

//! Whether two presences look the same: last seen counts only for people who are not there, because
//! it moves with every heartbeat of those who are.
[[nodiscard]] bool looksSame(const Presence &left, const Presence &right);

} // namespace presently
