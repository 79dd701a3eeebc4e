// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace presently::net {

class DeadlineQueue;

//! \brief A moment at which its owner wants to be called; lives inside its owner.
//!
//! Arming and disarming never allocate once the queue has grown; moving a deadline to a later
//! moment is O(1), so that each byte of traffic may push it.
class Deadline
{
    Q_DISABLE_COPY_MOVE(Deadline)

public:
    //! \brief Who is called; may arm again, and may destroy the deadline.
    class Owner
    {
    public:
        virtual void deadlineReached(Deadline &deadline) = 0;

    protected:
        ~Owner() = default;
    };

    //! Borrows both, which must outlive it.
    Deadline(DeadlineQueue &queue, Owner &owner)
        : m_queue(queue)
        , m_owner(owner)
    {
    }
    ~Deadline() { disarm(); }

    void arm(Milliseconds fromNow);
    void armAt(SteadyTime due);
    void disarm();
    [[nodiscard]] bool isArmed() const { return m_index >= 0; }
    //! Only while armed.
    [[nodiscard]] SteadyTime due() const { return m_due; }

private:
    friend class DeadlineQueue;

    DeadlineQueue &m_queue;
    Owner &m_owner;
    SteadyTime m_due; //!< what the owner wants
    SteadyTime m_key; //!< where it stands in the heap: never later than m_due
    qint32 m_index = -1;
};

//! \brief All deadlines of one thread: a heap, one clock, one timer.
//!
//! Units:     the injected clock's milliseconds.
//! Ownership: borrows \a clock and the deadlines; both know when to leave.
//! Threading: one thread, with an event loop if the timer is to fire by itself. Under a clock that
//!            is moved by hand, call runDue() after moving it.
class DeadlineQueue : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeadlineQueue)

public:
    explicit DeadlineQueue(const Clock &clock, QObject *parent = nullptr);
    ~DeadlineQueue() override;

    //! Calls the owners of what is due, earliest first. At most as many calls as deadlines stood
    //! here when it began: an owner who arms again for now cannot hold the loop. Returns how many.
    int runDue();
    //! The earliest moment at which runDue() has something to do; none: no deadline is armed.
    [[nodiscard]] std::optional<SteadyTime> nextDue();
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] qsizetype armedCount() const { return qsizetype(m_heap.size()); }

private:
    friend class Deadline;

    void insert(Deadline &deadline);
    void remove(Deadline &deadline);
    void place(qint32 index, Deadline *deadline);
    void siftUp(qint32 index);
    void siftDown(qint32 index);
    void settleFront();
    void armTimer();

    const Clock &m_clock;
    std::vector<Deadline *> m_heap;
    QTimer m_timer;
    std::optional<SteadyTime> m_timerDue;
};

} // namespace presently::net
