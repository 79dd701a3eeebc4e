// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/eventrelay.h"

#include <QElapsedTimer>
#include <QTimer>

#include <utility>

namespace presently::app {

EventRelay::EventRelay(Deliver deliver, QObject *parent)
    : QObject(parent)
    , m_deliver(std::move(deliver))
{
}

void EventRelay::push(const Event &event)
{
    bool isFirst = false;
    {
        const QMutexLocker lock(&m_mutex);
        isFirst = m_waiting.empty();
        m_waiting.push_back(event);
    }
    if (isFirst)
        QMetaObject::invokeMethod(this, &EventRelay::deliverSlice, Qt::QueuedConnection);
}

void EventRelay::deliverSlice()
{
    QElapsedTimer elapsed;
    elapsed.start();
    for (;;) {
        Event event = UnknownEvent{};
        {
            const QMutexLocker lock(&m_mutex);
            if (m_waiting.empty())
                return;
            event = std::move(m_waiting.front());
        }
        m_deliver(event);
        // Taken out only now: push() must not start a second round while this one is under way.
        const QMutexLocker lock(&m_mutex);
        m_waiting.pop_front();
        if (m_waiting.empty())
            return;
        if (elapsed.elapsed() >= SliceTime.count())
            break;
    }
    // A timer of zero, and no posted event, lets what the window has to do come first.
    QTimer::singleShot(0, this, &EventRelay::deliverSlice);
}

} // namespace presently::app
