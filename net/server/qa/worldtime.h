// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/qa/framelog.h"
#include "net/server/qa/offsetclock.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

namespace presently::net {

//! \brief Moves the time of one world from deadline to deadline, so that everything happens at its
//! own moment and in order.
//!
//! A peer whose program has to answer a ping lives in real time: before the time goes on it is given
//! a moment, or every advance would take it for dead.
//! Units:     virtual milliseconds.
//! Ownership: borrows the clock.
//! Threading: one thread with an event loop, to which it returns between steps.
class WorldTime : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorldTime)

public:
    //! When something is due next, and what does it.
    struct Work {
        std::function<std::optional<SteadyTime>()> next;
        std::function<void()> run;
    };
    //! Called once: with the number of steps, or with none when it was abandoned.
    using Done = std::function<void(std::optional<int> steps)>;

    WorldTime(AdjustableClock &clock, Work work, QObject *parent = nullptr);

    //! Not while isAdvancing().
    void advance(Milliseconds by, Done done);
    [[nodiscard]] bool isAdvancing() const { return bool(m_done); }
    void abandon();
    //! Each frame of the world, for the answers that are waited for.
    void noteFrame(const LoggedFrame &frame);

private:
    void work();
    bool step();
    void finish(std::optional<int> steps);

    AdjustableClock &m_clock;
    const Work m_work;
    Milliseconds m_left{0};
    int m_steps = 0;
    int m_stalled = 0; //!< steps in a row that did not move the time
    QSet<quint64> m_awaited; //!< connections that owe an answer
    QTimer m_turn;
    Done m_done; //!< set: advancing
};

} // namespace presently::net
