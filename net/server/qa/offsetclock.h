// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QMutex>

#include <optional>

namespace presently::net {

//! \brief The real time plus what it was advanced by; may stand still. Steady and wall time move
//! together.
//!
//! Ownership: borrows the real clock, which must outlive it.
//! Threading: moved on one thread, read on any.
class AdjustableClock final : public Clock
{
public:
    explicit AdjustableClock(const Clock &real)
        : m_real(real)
    {
    }

    [[nodiscard]] SteadyTime now() const override
    {
        const QMutexLocker lock(&m_mutex);
        return (m_stoppedAt ? m_stoppedAt->steady : m_real.now()) + m_steadyOffset;
    }
    [[nodiscard]] WallTime wallNow() const override
    {
        const QMutexLocker lock(&m_mutex);
        return (m_stoppedAt ? m_stoppedAt->wall : m_real.wallNow()) + m_wallOffset;
    }

    void advance(Milliseconds by)
    {
        const QMutexLocker lock(&m_mutex);
        m_steadyOffset += by;
        m_wallOffset += by;
    }
    //! From now on only advance() moves it. Twice is once.
    void freeze()
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_stoppedAt)
            m_stoppedAt = Moment{m_real.now(), m_real.wallNow()};
    }
    //! Goes on from where it stands: neither time goes back.
    void resume()
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_stoppedAt)
            return;
        m_steadyOffset -= m_real.now() - m_stoppedAt->steady;
        m_wallOffset -= m_real.wallNow() - m_stoppedAt->wall;
        m_stoppedAt.reset();
    }
    //! Real time again. Whatever lived by this clock must be made anew.
    void reset()
    {
        const QMutexLocker lock(&m_mutex);
        m_steadyOffset = Milliseconds::zero();
        m_wallOffset = Milliseconds::zero();
        m_stoppedAt.reset();
    }

    [[nodiscard]] bool isFrozen() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_stoppedAt.has_value();
    }
    //! How far it is ahead of the real time; behind it after it has stood still.
    [[nodiscard]] Milliseconds offset() const
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_stoppedAt)
            return m_steadyOffset;
        return m_steadyOffset - (m_real.now() - m_stoppedAt->steady);
    }

private:
    struct Moment {
        SteadyTime steady;
        WallTime wall;
    };

    const Clock &m_real;
    mutable QMutex m_mutex;
    Milliseconds m_steadyOffset{0};
    Milliseconds m_wallOffset{0}; //!< the same, but for the part of a millisecond
    std::optional<Moment> m_stoppedAt; //!< in real time
};

} // namespace presently::net
