// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QString>

#include <optional>

//! \file
//! The words of the wire for the enums of models/core, one pair of functions each.

namespace presently::net::devices {

//! Unknown is never said by a server: "offline".
[[nodiscard]] QString toWire(Status status);
[[nodiscard]] std::optional<Status> statusFromWire(QStringView word);

//! As a client sets it: auto is "online", invisible "offline".
[[nodiscard]] QString toWire(IntentStatus status);
[[nodiscard]] std::optional<IntentStatus> intentStatusFromWire(QStringView word);

//! This wire has three reasons: a server that went down is "disconnected".
[[nodiscard]] QString toWire(OfflineReason reason);
[[nodiscard]] OfflineReason offlineReasonFromWire(QStringView word); //!< unknown words: None

//! This wire has three types: a terminal is a "desktop", and so is what nobody knows.
[[nodiscard]] QString toWire(DeviceType type);
[[nodiscard]] DeviceType deviceTypeFromWire(QStringView word); //!< unknown words: Unknown

} // namespace presently::net::devices
