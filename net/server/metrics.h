// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/httpserver.h"

#include <QByteArray>
#include <QMap>

namespace presently::net {

class Hub;
class PresenceService;

//! The figures of a server in the text format of Prometheus.
[[nodiscard]] QByteArray writeMetrics(const ListenerCounters &listener, const Hub &hub,
    const PresenceService &presence, const QMap<int, quint64> &answers);

} // namespace presently::net
