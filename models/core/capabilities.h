// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFlags>
#include <QMetaType>

namespace presently {

//! \brief What a server can say or do. The interface shows what exists; the rest is absent, not
//! greyed out.
enum class Capability {
    Push = 0x001, //!< changes come by themselves
    Snapshot = 0x002,
    Messages = 0x004,
    SetStatus = 0x008, //!< away, busy and invisible can be chosen
    StatusText = 0x010,
    TimedStatus = 0x020,
    LastSeen = 0x040,
    Devices = 0x080,
    Typing = 0x100,
    Attachments = 0x200,
    StartConversations = 0x400,
    IdempotentSend = 0x800, //!< honours Idempotency-Key
};
Q_DECLARE_FLAGS(Capabilities, Capability)
Q_DECLARE_OPERATORS_FOR_FLAGS(Capabilities)

} // namespace presently

Q_DECLARE_METATYPE(presently::Capabilities)
