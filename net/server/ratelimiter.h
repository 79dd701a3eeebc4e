// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/server/serveroptions.h"

#include <QHash>
#include <QString>

namespace presently::net {

//! \brief One bucket of tokens: `burst` at once, then one each `every`.
//!
//! Kept as the time at which the bucket will be full again, so that it costs one number and is
//! exact to one request.
class TokenBucket
{
public:
    //! Whether one more may pass at \a now; if so it is counted.
    [[nodiscard]] bool take(const RateLimit &limit, SteadyTime now)
    {
        if (wait(limit, now) > Milliseconds::zero())
            return false;
        m_fullAt = std::max(m_fullAt, now) + limit.every;
        return true;
    }
    //! How long until the next one may pass; zero: now.
    [[nodiscard]] Milliseconds wait(const RateLimit &limit, SteadyTime now) const
    {
        const Milliseconds backlog = m_fullAt - now;
        return std::max(Milliseconds::zero(), backlog - limit.every * (limit.burst - 1));
    }
    [[nodiscard]] bool isFull(SteadyTime now) const { return m_fullAt <= now; }

private:
    SteadyTime m_fullAt;
};

//! \brief A bucket for each name (an address, a login, a person), forgotten when it is full again.
//!
//! Units:     time of the clock given to the constructor.
//! Ownership: borrows the clock.
//! Threading: one thread.
class RateLimiter
{
public:
    RateLimiter(const Clock &clock, const RateLimit &limit)
        : m_clock(clock)
        , m_limit(limit)
    {
    }

    //! Zero when one more of \a name may pass, which is counted; else how long it has to wait.
    [[nodiscard]] Milliseconds take(const QString &name);
    //! The same without counting.
    [[nodiscard]] Milliseconds wait(const QString &name) const;
    [[nodiscard]] qsizetype size() const { return m_buckets.size(); }

private:
    void forgetFull(SteadyTime now);

    const Clock &m_clock;
    RateLimit m_limit;
    QHash<QString, TokenBucket> m_buckets;
    qsizetype m_forgetAt = 1024;
};

} // namespace presently::net
