// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

//! \file
//! Frames are logged by type and size only; tokens and texts of messages never.

namespace presently::net {

Q_DECLARE_LOGGING_CATEGORY(linkLog) //!< "presently.client.link": states, deadlines, closes
Q_DECLARE_LOGGING_CATEGORY(apiLog) //!< "presently.client.api": methods, routes, status codes
Q_DECLARE_LOGGING_CATEGORY(syncLog) //!< "presently.client.sync": hydration, resume, outbox

} // namespace presently::net
