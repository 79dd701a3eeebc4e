// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/subject.h"

#include <optional>

namespace presently::bench {

//! \brief What many clients cost one server. None: it could not be measured.
struct LoadFigures {
    std::optional<double> kibPerConnection;
    std::optional<double> cpuPerHeartbeats; //!< seconds per 100,000
    std::optional<double> heartbeatP50; //!< ms
    std::optional<double> heartbeatP99; //!< ms
    std::optional<double> cpuPerDeliveries; //!< seconds per million, one change after the other
    std::optional<double> cpuPerBurst; //!< seconds per million, a hundred changes at a time
    std::optional<double> cpuPerQuestion; //!< ms, 50 people
    std::optional<double> restartSeconds; //!< from the port's return until all is right
};

//! Connects everybody of \a population, a few at a time, and takes all figures in turn.
[[nodiscard]] LoadFigures measureLoad(Subject &subject, const Population &population);

//! \brief Everybody connects at the same moment.
struct StampedeFigures {
    double seconds = 0; //!< until the last was in
    double p50 = 0; //!< ms from the beginning of a connection until its client was in
    double p99 = 0;
    int failures = 0; //!< refused, failed or never in
    int lostLater = 0; //!< during \a held
    double cpuShare = 0; //!< of one core, while all were held and sent a heartbeat each 30 s
};

//! \a held: how long all stay afterwards, with a heartbeat of each every 30 s.
[[nodiscard]] StampedeFigures measureStampede(
    Subject &subject, const Population &population, std::chrono::milliseconds held);

} // namespace presently::bench
