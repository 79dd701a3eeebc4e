// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"
#include "net/server/listener/httpserver.h"

#include <QByteArray>

#include <functional>

namespace presently::net {

//! \brief One WebSocket frame as it went in or out. Holds message text: for tests, never for logs.
struct FrameRecord {
    SteadyTime at;
    quint64 connection = 0;
    UserId user;
    DeviceId device;
    FrameDirection direction = FrameDirection::Received;
    Opcode opcode = Opcode::Text;
    QByteArray payload;
};

using ServerFrameTap = std::function<void(const FrameRecord &frame)>;

} // namespace presently::net
