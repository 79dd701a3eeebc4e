// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/link.h"
#include "models/core/presence.h"

#include <QString>

//! \file
//! Every word about presence, time, errors and the link, once, for the desktop and the terminal.
//! Times come in as UTC on the server's clock and are shown in the local zone. Nothing here ever
//! names a time in the future or 1970.

namespace presently::ui {

//! "Online", "Away", "Busy", "Offline", "Unknown".
[[nodiscard]] QString statusName(Status status);

//! "Online", "Away", "Busy", "Invisible": what a person chooses for himself.
[[nodiscard]] QString intentName(IntentStatus status);

//! "last seen recently" under five minutes, "last seen 20 minutes ago", "last seen yesterday at
//! 14:02"; empty when nothing is known.
[[nodiscard]] QString lastSeenText(std::optional<WallTime> lastSeen, WallTime now);

//! One line about a person: "Online (2 devices)", "Away", "Busy · In a meeting", "Last seen
//! yesterday at 14:02", "Offline". \a asOf: since when our own link is down; then the line says
//! what was last known of whom and when: "Unknown, as of 14:02".
[[nodiscard]] QString presenceText(
    const Presence &presence, WallTime now, std::optional<WallTime> asOf = std::nullopt);

//! "as of 14:02", with the day when it was not today.
[[nodiscard]] QString asOfText(WallTime lostAt, WallTime now);

//! "14:02" in the local zone.
[[nodiscard]] QString clockText(WallTime time);

//! "Today", "Yesterday", "Monday", "7 February", "7 February 2025".
[[nodiscard]] QString dayText(WallTime time, WallTime now);

//! The short form for a list: "14:02", "Yesterday", "Mon", "7 Feb", "7 Feb 2025".
[[nodiscard]] QString shortTimeText(WallTime time, WallTime now);

//! What happened, in one sentence, and what to do, in another.
struct ErrorWords {
    QString what;
    QString whatToDo; //!< may be empty

    //! Both in one line.
    [[nodiscard]] QString joined() const;
};
[[nodiscard]] ErrorWords errorWords(const Error &error);

//! The slim bar's words: why there is no link.
[[nodiscard]] QString outageReason(const LinkStatus &link);

//! "Next try in 4 s", "Trying again …"; empty when no try is planned.
[[nodiscard]] QString nextTryText(const LinkStatus &link, SteadyTime now);

//! "just you", "2 people", "24 people".
[[nodiscard]] QString peopleCountText(int count);

//! "5 unread".
[[nodiscard]] QString unreadText(int count);

//! "1.4 MB".
[[nodiscard]] QString fileSizeText(qint64 bytes);

} // namespace presently::ui
