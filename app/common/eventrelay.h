// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"

#include <QMutex>
#include <QObject>

#include <deque>
#include <functional>

namespace presently::app {

//! \brief Carries Events to the window's thread in their order, a slice at a time.
//!
//! Ten thousand changes at once are applied over several turns of the event loop, so that keys and
//! paints come in between: no turn spends more than SliceTime on them.
//! Ownership: calls \a deliver, which must outlive it.
//! Threading: push() on any thread, everything else on the thread that made it.
class EventRelay : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventRelay)

public:
    static constexpr std::chrono::milliseconds SliceTime{4};

    using Deliver = std::function<void(const Event &)>;

    explicit EventRelay(Deliver deliver, QObject *parent = nullptr);

    void push(const Event &event);

private:
    void deliverSlice();

    const Deliver m_deliver;
    QMutex m_mutex;
    std::deque<Event> m_waiting; //!< guarded by m_mutex
};

} // namespace presently::app
