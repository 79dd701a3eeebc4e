// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "net/wire/userstatus/statuses.h"

#include <QHash>
#include <QStringList>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace presently::net {

//! \brief Whom one stream watches, what it was told of each, and what still waits to be told.
//!
//! Everybody on the list is told once from a snapshot, taken at the moment of telling; after that
//! only what differs from what was told last. So a change that comes before the snapshot of its
//! person is not told twice, and none is lost.
//! Units:     events, of which at most \a maxWaiting wait.
//! Ownership: owns its list.
//! Threading: one thread.
class WatchList
{
public:
    //! The present state of \a userId; none: it cannot be told yet.
    using Snapshot = std::function<std::optional<userstatus::StatusEvent>(const QString &userId)>;

    explicit WatchList(std::size_t maxWaiting)
        : m_maxWaiting(maxWaiting)
    {
    }

    //! Twice the same is once. Told of when its turn comes.
    void add(const QString &userId);
    [[nodiscard]] bool contains(const QString &userId) const { return m_places.contains(userId); }
    //! False: the reader is too slow, and this one had no room any more.
    [[nodiscard]] bool note(const userstatus::StatusEvent &event);
    //! Tells those whose snapshot was not to be had before.
    void retry() { m_next = 0; }
    //! What is told next; none: nothing for now.
    [[nodiscard]] std::optional<userstatus::StatusEvent> take(const Snapshot &snapshot);

private:
    struct Watched {
        QString userId;
        std::optional<userstatus::WireStatus> told;
    };

    std::size_t m_maxWaiting;
    std::vector<Watched> m_watched;
    QHash<QString, std::size_t> m_places;
    std::size_t m_next = 0; //!< whose snapshot is next
    std::deque<userstatus::StatusEvent> m_waiting;
};

} // namespace presently::net
