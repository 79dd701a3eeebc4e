// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/backoff.h"

#include <algorithm>

namespace presently::net {

Milliseconds backoffCeiling(const BackoffTerms &terms, int attempt)
{
    constexpr int LargestShift = 20; // far beyond any cap, and far from overflow
    const int shift = std::clamp(attempt, 0, LargestShift);
    return std::min(terms.cap, Milliseconds{terms.base.count() * (qint64(1) << shift)});
}

Milliseconds pickBetween(Milliseconds from, Milliseconds until, double random)
{
    if (until <= from)
        return from;
    return from + Milliseconds(qint64(double((until - from).count()) * random));
}

} // namespace presently::net
