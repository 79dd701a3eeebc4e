// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "net/transport/deadlinequeue.h"

#include <QHash>

#include <functional>

namespace presently::net {

//! \brief Lets one telling of somebody's devices through in a while, and the last one always.
//!
//! Units:     of the queue's clock.
//! Ownership: borrows the queue.
//! Threading: one thread.
class CountPacer final : private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(CountPacer)

public:
    using Tell = std::function<void(PersonKey)>;

    //! Calls \a tell at most once each \a every for the same person.
    CountPacer(DeadlineQueue &deadlines, Milliseconds every, Tell tell);
    virtual ~CountPacer();

    //! Something changed: tells now, or when it is time.
    void changed(PersonKey person);
    //! It was told by other means just now.
    void told(PersonKey person);

private:
    struct Recent {
        SteadyTime toldAt;
        bool isOwed = false;
    };

    void deadlineReached(Deadline &deadline) override;
    void arm();

    const Clock &m_clock;
    const Milliseconds m_every;
    const Tell m_tell;
    QHash<PersonKey, Recent> m_recent; //!< told within the last while
    Deadline m_due;
};

} // namespace presently::net
