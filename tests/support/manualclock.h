// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

namespace presently::test {

//! \brief Time in the test's own hand. The wall clock starts at 2026-02-07T14:00:00Z and moves with
//! the steady one.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] SteadyTime now() const override { return m_now; }
    [[nodiscard]] WallTime wallNow() const override { return m_wall; }

    void advance(Milliseconds by)
    {
        m_now += by;
        m_wall += by;
    }
    //! A step of the wall clock alone, as an administrator or NTP makes it.
    void stepWall(Milliseconds by) { m_wall += by; }

private:
    SteadyTime m_now{std::chrono::hours{1}};
    WallTime m_wall{Milliseconds{1770472800000}};
};

} // namespace presently::test
