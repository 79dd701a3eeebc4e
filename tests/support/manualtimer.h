// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/store/oneshottimer.h"

#include <optional>

namespace presently::test {

//! \brief A timer that fires when the test says so.
class ManualTimer final : public OneShotTimer
{
public:
    using OneShotTimer::OneShotTimer;

    void start(Milliseconds delay) override { m_delay = delay; }
    void stop() override { m_delay.reset(); }

    [[nodiscard]] const std::optional<Milliseconds> &delay() const { return m_delay; }
    void fire()
    {
        m_delay.reset();
        Q_EMIT timeout();
    }

private:
    std::optional<Milliseconds> m_delay;
};

} // namespace presently::test
