// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"

#include <QMetaType>

#include <optional>

namespace presently {

//! \brief How the one link to the server stands, as coarse as a person needs it.
//!
//!   SignedOut -> Connecting -> Online -> Waiting -> Connecting -> ...
//!   any -> SignedOut (sign-out, session revoked); any -> Stopped (too many devices, quit)
enum class LinkState { SignedOut, Connecting, Online, Waiting, Stopped };

//! \brief The link with the reason of its last loss and the time of the next try.
struct LinkStatus {
    LinkState state = LinkState::SignedOut;
    std::optional<Error> cause; //!< why it is not Online
    std::optional<SteadyTime> nextTryAt; //!< in Waiting
    std::optional<WallTime> lostAt; //!< since when everything is "as of"; this machine's clock

    bool operator==(const LinkStatus &) const = default;
};

} // namespace presently

Q_DECLARE_METATYPE(presently::LinkStatus)
