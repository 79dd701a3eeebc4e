// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"

namespace presently::app {

//! \file
//! The ids of what a seed makes. They follow from what the seed says, so that each start with the
//! same seed has the same ids. No randomness, no state; any thread.

//! A UUID of version 8 (RFC 9562 5.8) for the person with \a login.
[[nodiscard]] UserId seedUserId(const QString &login);
//! 24 lower-case hexadecimal digits for the person with \a login.
[[nodiscard]] QString seedObjectId(const QString &login);
//! A UUID of version 8 for the conversation with \a key.
[[nodiscard]] ConversationId seedConversationId(const QString &key);
//! A UUID of version 7 as old as \a sentAt, so that old messages sort before new ones, for message
//! \a index of the conversation with \a key.
[[nodiscard]] MessageId seedMessageId(const QString &key, qsizetype index, WallTime sentAt);

} // namespace presently::app
