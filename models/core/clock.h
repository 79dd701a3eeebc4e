// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

namespace presently {

//! Monotonic time, for deadlines and expiry. Never leaves the process.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;
//! UTC, for what people are told. Never used for expiry (ruling L17).
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

//! \brief Where time comes from, so that tests can hold it in their hand.
//!
//! Threading: implementations may be read from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual SteadyTime now() const = 0;
    [[nodiscard]] virtual WallTime wallNow() const = 0;
};

//! \brief The machine's own clocks.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] SteadyTime now() const override
    {
        return std::chrono::time_point_cast<Milliseconds>(std::chrono::steady_clock::now());
    }
    [[nodiscard]] WallTime wallNow() const override
    {
        return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
    }
};

} // namespace presently
