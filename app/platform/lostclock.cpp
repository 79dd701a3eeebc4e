// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/lostclock.h"

#include <QtGlobal>

#include <utility>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

namespace presently::app {

namespace {

constexpr std::chrono::milliseconds Tolerance = std::chrono::seconds(2);

} // namespace

LostClock::LostClock(Reader reader)
    : m_reader(std::move(reader))
    , m_known(m_reader())
{
}

bool LostClock::hasLostTime()
{
    const std::chrono::milliseconds slept = m_reader();
    if (slept - m_known <= Tolerance) {
        // Where the wall clock stands in for the second clock it may be set back.
        m_known = std::min(m_known, slept);
        return false;
    }
    m_known = slept;
    return true;
}

void LostClock::settle()
{
    m_known = m_reader();
}

std::chrono::milliseconds LostClock::sleptSinceStart()
{
    using namespace std::chrono;
#ifdef Q_OS_LINUX
    timespec withSleep{};
    timespec withoutSleep{};
    ::clock_gettime(CLOCK_MONOTONIC, &withoutSleep);
    ::clock_gettime(CLOCK_BOOTTIME, &withSleep);
    return duration_cast<milliseconds>(seconds(withSleep.tv_sec - withoutSleep.tv_sec)
        + nanoseconds(withSleep.tv_nsec - withoutSleep.tv_nsec));
#else
    return duration_cast<milliseconds>(
        system_clock::now().time_since_epoch() - steady_clock::now().time_since_epoch());
#endif
}

} // namespace presently::app
