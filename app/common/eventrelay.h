// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"

#include <QMutex>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace presently::app {

//! \brief Carries Events to a thread in their order: the first at once, a stream in rounds.
//!
//! Ten thousand changes in a second wake the receiver a hundred times and not ten thousand, and are
//! applied over several turns of its event loop, so that keys and paints come in between: no turn
//! spends more than SliceTime on them.
//! Ownership: calls \a deliver, which must outlive it.
//! Threading: push() on any thread; lives and delivers on one with an event loop.
class EventRelay : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventRelay)

public:
    static constexpr std::chrono::milliseconds SliceTime{4};

    using Deliver = std::function<void(const Event &)>;

    //! \a pace is the time between two rounds of a stream.
    EventRelay(Deliver deliver, std::chrono::milliseconds pace, QObject *parent = nullptr);

    void push(const Event &event);

public Q_SLOTS:
    //! Delivers all that waits, now; on the receiver's thread.
    void flush();

private:
    void deliverSlice();
    [[nodiscard]] std::deque<Event> takeWaiting();

    const Deliver m_deliver;
    const std::chrono::milliseconds m_pace;
    std::deque<Event> m_slice; //!< taken, not delivered yet
    QTimer m_nextRound;

    QMutex m_mutex;
    std::deque<Event> m_waiting; //!< guarded by m_mutex
    bool m_isAwake = false; //!< guarded by m_mutex: a round is coming, nobody needs to be woken
};

} // namespace presently::app
