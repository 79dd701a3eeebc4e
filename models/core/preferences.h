// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently {

//! \brief How exactly others may read when somebody was last there.
enum class LastSeenDetail { Exact, Coarse, Hidden };

//! \brief What others see while every window of somebody is hidden.
enum class OnHide { Away, Offline, Unchanged };

//! \brief A person's lasting choices about their own presence.
struct PresencePreferences {
    LastSeenDetail lastSeen = LastSeenDetail::Exact;
    OnHide onHide = OnHide::Away;

    bool operator==(const PresencePreferences &) const = default;
};

} // namespace presently
