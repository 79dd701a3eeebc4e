// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>

namespace presently::app {

//! \brief Notices that the machine slept, by a clock that runs on in sleep and one that does not.
//!
//! A suspended machine stops CLOCK_MONOTONIC, and with it every timer; CLOCK_BOOTTIME goes on.
//! Their difference grows only by sleeping.
class LostClock
{
public:
    //! How long the machine has slept since it was started.
    using Reader = std::function<std::chrono::milliseconds()>;

    explicit LostClock(Reader reader);

    //! Whether more than two seconds have been lost since the last call that said so.
    [[nodiscard]] bool hasLostTime();
    //! Takes what has been lost so far as known.
    void settle();

    [[nodiscard]] static std::chrono::milliseconds sleptSinceStart();

private:
    Reader m_reader;
    std::chrono::milliseconds m_known;
};

} // namespace presently::app
