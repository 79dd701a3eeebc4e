// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/frame.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace presently::net {

//! \brief What a frame is called in logs and expectations.
struct FrameName {
    QString type; //!< "ping", "user_online"; "ws.ping", "eio.pong", "sio.connect" for the framing
    QString dialect; //!< "mtchat", "friends", "devices"; empty: cannot be told from the frame

    bool operator==(const FrameName &) const = default;
};

//! Reads just enough of a frame of any dialect. Total: what it cannot read is called "?".
[[nodiscard]] FrameName frameNameOf(Opcode opcode, QByteArrayView payload);

//! \a payload without tokens and passwords.
[[nodiscard]] QString withoutSecrets(QByteArrayView payload);

} // namespace presently::net
