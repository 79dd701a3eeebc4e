// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/eventrelay.h"

#include <QElapsedTimer>

#include <utility>

namespace presently::app {

EventRelay::EventRelay(Deliver deliver, std::chrono::milliseconds pace, QObject *parent)
    : QObject(parent)
    , m_deliver(std::move(deliver))
    , m_pace(pace)
    , m_nextRound(this)
{
    m_nextRound.setSingleShot(true);
    m_nextRound.setTimerType(Qt::PreciseTimer);
    connect(&m_nextRound, &QTimer::timeout, this, &EventRelay::deliverSlice);
}

void EventRelay::push(const Event &event)
{
    bool sleeps = false;
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.push_back(event);
        sleeps = !std::exchange(m_isAwake, true);
    }
    if (sleeps)
        QMetaObject::invokeMethod(this, &EventRelay::deliverSlice, Qt::QueuedConnection);
}

void EventRelay::flush()
{
    do {
        for (const Event &event : std::exchange(m_slice, {}))
            m_deliver(event);
        m_slice = takeWaiting();
    } while (!m_slice.empty());
}

void EventRelay::deliverSlice()
{
    if (m_slice.empty())
        m_slice = takeWaiting();
    if (m_slice.empty()) {
        // Nothing came for a whole round: the next push has to wake us.
        const QMutexLocker lock(&m_mutex);
        m_isAwake = !m_waiting.empty();
        if (m_isAwake)
            m_nextRound.start(0);
        return;
    }
    QElapsedTimer elapsed;
    elapsed.start();
    while (!m_slice.empty() && elapsed.elapsed() < SliceTime.count()) {
        const Event event = std::move(m_slice.front());
        m_slice.pop_front();
        m_deliver(event);
    }
    // A timer of zero, and no posted event, lets what the window has to do come first.
    m_nextRound.start(m_slice.empty() ? m_pace : std::chrono::milliseconds::zero());
}

std::deque<Event> EventRelay::takeWaiting()
{
    const QMutexLocker lock(&m_mutex);
    return std::exchange(m_waiting, {});
}

} // namespace presently::app
