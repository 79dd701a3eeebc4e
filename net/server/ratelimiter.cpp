// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/ratelimiter.h"

namespace presently::net {

Milliseconds RateLimiter::take(const QString &name)
{
    const SteadyTime now = m_clock.now();
    if (m_buckets.size() >= m_forgetAt)
        forgetFull(now);
    TokenBucket &bucket = m_buckets[name];
    const Milliseconds wait = bucket.wait(m_limit, now);
    if (wait == Milliseconds::zero())
        (void)bucket.take(m_limit, now);
    return wait;
}

Milliseconds RateLimiter::wait(const QString &name) const
{
    const auto found = m_buckets.constFind(name);
    return found == m_buckets.cend() ? Milliseconds::zero() : found->wait(m_limit, m_clock.now());
}

// A full bucket says nothing. Walking all of them when their number has doubled costs O(1) a call.
void RateLimiter::forgetFull(SteadyTime now)
{
    m_buckets.removeIf([now](auto entry) { return entry.value().isFull(now); });
    m_forgetAt = std::max<qsizetype>(1024, 2 * m_buckets.size());
}

} // namespace presently::net
