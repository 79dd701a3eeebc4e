// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <algorithm>

namespace presently::net {

//! \brief How many control frames a peer may still send: a burst, then so many a second.
class ControlBudget
{
public:
    ControlBudget(int burst, int perSecond, SteadyTime now)
        : m_left(burst)
        , m_burst(burst)
        , m_perSecond(perSecond)
        , m_at(now)
    {
    }

    //! False: it has sent too many.
    [[nodiscard]] bool spend(SteadyTime now)
    {
        const double earned = double((now - m_at).count()) * m_perSecond / 1000;
        m_left = std::min(m_left + earned, double(m_burst));
        m_at = now;
        if (m_left < 1)
            return false;
        m_left -= 1;
        return true;
    }

private:
    double m_left;
    int m_burst;
    int m_perSecond;
    SteadyTime m_at;
};

} // namespace presently::net
