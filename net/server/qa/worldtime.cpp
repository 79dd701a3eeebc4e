// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/worldtime.h"

#include <utility>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int stepsPerTurn = 500; //!< a millisecond or two of the event loop
constexpr Milliseconds answerWithin = 250ms; //!< real time
constexpr int mostStalled = 1000;

} // namespace

WorldTime::WorldTime(AdjustableClock &clock, Work work, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_work(std::move(work))
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, [this] {
        m_awaited.clear();
        this->work();
    });
}

void WorldTime::advance(Milliseconds by, Done done)
{
    Q_ASSERT(!isAdvancing());
    m_left = by;
    m_steps = 0;
    m_stalled = 0;
    m_done = std::move(done);
    work();
}

void WorldTime::abandon()
{
    if (isAdvancing())
        finish(std::nullopt);
}

void WorldTime::noteFrame(const LoggedFrame &frame)
{
    if (!isAdvancing())
        return;
    if (frame.direction == FrameDirection::Received)
        m_awaited.remove(frame.connection);
    else if (frame.type == u"eio.ping")
        m_awaited.insert(frame.connection);
    if (m_awaited.isEmpty() && m_turn.isActive())
        m_turn.start(0);
}

void WorldTime::work()
{
    for (int left = stepsPerTurn; left > 0; --left) {
        if (!m_awaited.isEmpty())
            return m_turn.start(answerWithin);
        if (!step())
            return finish(m_steps);
    }
    m_turn.start(0);
}

//! False: the time has come to where it was to go.
bool WorldTime::step()
{
    const std::optional<SteadyTime> next = m_work.next();
    Milliseconds gap = next ? std::max(Milliseconds::zero(), *next - m_clock.now()) : m_left;
    m_stalled = gap == Milliseconds::zero() ? m_stalled + 1 : 0;
    if (m_stalled > mostStalled)
        gap = 1ms; // somebody is always due
    const bool isLast = !next || gap > m_left;
    gap = std::min(gap, m_left);
    m_left -= gap;
    m_clock.advance(gap);
    m_work.run();
    ++m_steps;
    return !isLast;
}

void WorldTime::finish(std::optional<int> steps)
{
    m_turn.stop();
    m_awaited.clear();
    if (const Done done = std::exchange(m_done, {}))
        done(steps);
}

} // namespace presently::net
