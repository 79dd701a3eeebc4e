// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/deadlinequeue.h"

#include <algorithm>

namespace presently::net {

void Deadline::arm(Milliseconds fromNow)
{
    armAt(m_queue.clock().now() + fromNow);
}

void Deadline::armAt(SteadyTime due)
{
    m_due = due;
    if (!isArmed()) {
        m_key = due;
        m_queue.insert(*this);
    } else if (due < m_key) {
        m_key = due;
        m_queue.siftUp(m_index);
        m_queue.armTimer();
    }
    // A later moment is noticed when the earlier one comes: no work for each byte of traffic.
}

void Deadline::disarm()
{
    if (isArmed())
        m_queue.remove(*this);
}

DeadlineQueue::DeadlineQueue(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_timerDue.reset();
        runDue();
        armTimer();
    });
}

DeadlineQueue::~DeadlineQueue()
{
    for (Deadline *deadline : m_heap)
        deadline->m_index = -1;
}

std::optional<SteadyTime> DeadlineQueue::nextDue()
{
    settleFront();
    return m_heap.empty() ? std::nullopt : std::optional(m_heap.front()->m_due);
}

int DeadlineQueue::runDue()
{
    // A clock that was moved by hand is nearer to the deadline than the timer knows.
    m_timerDue.reset();
    const SteadyTime now = m_clock.now();
    settleFront();
    int called = 0;
    for (qsizetype left = armedCount(); left > 0 && !m_heap.empty(); --left) {
        Deadline *first = m_heap.front();
        if (first->m_key > now)
            break;
        remove(*first);
        ++called;
        first->m_owner.deadlineReached(*first);
        settleFront();
    }
    armTimer();
    return called;
}

void DeadlineQueue::insert(Deadline &deadline)
{
    m_heap.push_back(&deadline);
    deadline.m_index = qint32(m_heap.size() - 1);
    siftUp(deadline.m_index);
    armTimer();
}

void DeadlineQueue::remove(Deadline &deadline)
{
    const qint32 index = deadline.m_index;
    deadline.m_index = -1;
    Deadline *last = m_heap.back();
    m_heap.pop_back();
    if (last == &deadline)
        return;
    place(index, last);
    siftUp(index);
    siftDown(last->m_index);
}

void DeadlineQueue::place(qint32 index, Deadline *deadline)
{
    m_heap[size_t(index)] = deadline;
    deadline->m_index = index;
}

void DeadlineQueue::siftUp(qint32 index)
{
    Deadline *moving = m_heap[size_t(index)];
    while (index > 0) {
        const qint32 parent = (index - 1) / 2;
        if (m_heap[size_t(parent)]->m_key <= moving->m_key)
            break;
        place(index, m_heap[size_t(parent)]);
        index = parent;
    }
    place(index, moving);
}

void DeadlineQueue::siftDown(qint32 index)
{
    Deadline *moving = m_heap[size_t(index)];
    const auto size = qint32(m_heap.size());
    for (;;) {
        qint32 child = 2 * index + 1;
        if (child >= size)
            break;
        const qint32 sibling = child + 1;
        if (sibling < size && m_heap[size_t(sibling)]->m_key < m_heap[size_t(child)]->m_key)
            child = sibling;
        if (moving->m_key <= m_heap[size_t(child)]->m_key)
            break;
        place(index, m_heap[size_t(child)]);
        index = child;
    }
    place(index, moving);
}

void DeadlineQueue::settleFront()
{
    while (!m_heap.empty() && m_heap.front()->m_key < m_heap.front()->m_due) {
        m_heap.front()->m_key = m_heap.front()->m_due;
        siftDown(0);
    }
}

void DeadlineQueue::armTimer()
{
    if (m_heap.empty()) {
        m_timer.stop();
        m_timerDue.reset();
        return;
    }
    const SteadyTime key = m_heap.front()->m_key;
    if (m_timerDue && *m_timerDue <= key)
        return;
    m_timerDue = key;
    m_timer.start(std::max(key - m_clock.now(), Milliseconds(0)));
}

} // namespace presently::net
