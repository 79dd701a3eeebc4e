// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"
#include "models/presence/leasetable.h"

#include <algorithm>
#include <limits>
#include <memory>

namespace presently {

//! \brief An intent that is not the plain "auto" which most people have.
struct Wish {
    Intent current;
    std::optional<Intent> previous; //!< returns when `current.until` passes
};

//! \brief One person in the ledger, as small as it can be: there may be a million.
struct PersonEntry {
    static constexpr qint64 NeverSeen = std::numeric_limits<qint64>::min();
    static constexpr quint32 NoChange = 0xffffffff;

    PersonKey key{};
    qint64 serial = 0;
    qint64 lastSeen = NeverSeen; //!< UTC ms, of leases that ended; stands still while invisible
    std::unique_ptr<Wish> wish; //!< none: auto, without a message
    quint32 firstLease = Lease::None;
    quint32 pendingChange = NoChange;
    OfflineReason reason : 8 = OfflineReason::None; //!< of the last lease that ended
    LastSeenDetail lastSeenDetail : 8 = LastSeenDetail::Exact;
    OnHide onHide : 8 = OnHide::Away;

    //! Never goes back, also when the wall clock does.
    void seenAt(WallTime time)
    {
        lastSeen = std::max<qint64>(lastSeen, time.time_since_epoch().count());
    }
    [[nodiscard]] bool isInvisible() const
    {
        return wish && wish->current.status == IntentStatus::Invisible;
    }
};

} // namespace presently
