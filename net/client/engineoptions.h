// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/connectionmachine.h"

namespace presently::net {

//! \brief What tests and settings may change of an Engine. The defaults are the product's.
struct EngineOptions {
    LinkTerms link; //!< deadlines, back-off and both heartbeats
    Milliseconds requestDeadline{20'000}; //!< of one REST call, from start to end
    Milliseconds transferDeadline{60'000}; //!< of an upload or download without any progress
    Milliseconds closeDeadline{2'000}; //!< for a polite close, then abort
    Milliseconds gapDeadline{5'000}; //!< how long missed frames are waited for before a resync
    Milliseconds resyncSpacing{5'000}; //!< at most one resync in this time
    Milliseconds snapshotRetry{15'000}; //!< asks again while the server's snapshots are incomplete
    Milliseconds typingSpacing{3'000}; //!< at most one "typing" in this time and conversation
    int pageSize = 50; //!< messages in a page
    //! Before a refresh `refreshWanted` is emitted and `refreshWith` awaited: for programs that
    //! share one keychain entry, because a refresh token works once.
    bool asksBeforeRefresh = false;
    quint32 seed = 0; //!< of the jitter; 0: from the system
};

} // namespace presently::net
