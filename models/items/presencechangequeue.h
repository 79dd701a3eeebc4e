// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QObject>
#include <QSet>

#include <chrono>
#include <functional>

namespace presently {

//! \brief Spreads many changes over several turns of the event loop, so that no turn takes long.
//!
//! A person who changes twice before his turn comes is handled once. The first slice is worked off
//! at once: a single change costs no extra turn.
//! Threading: the window's thread.
class PresenceChangeQueue : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresenceChangeQueue)

public:
    //! The longest that one slice may take, beside the person that it is at.
    static constexpr std::chrono::milliseconds Budget{4};

    //! \a handle is called for each person in the order of arrival, \a sliceDone after each slice.
    PresenceChangeQueue(std::function<void(const UserId &)> handle, std::function<void()> sliceDone,
        QObject *parent = nullptr);

    void add(const QList<UserId> &users);
    void clear();
    [[nodiscard]] bool isEmpty() const { return m_next >= m_users.size(); }

private:
    void drain();
    void schedule();

    std::function<void(const UserId &)> m_handle;
    std::function<void()> m_sliceDone;
    QList<UserId> m_users;
    QSet<UserId> m_waiting;
    qsizetype m_next = 0;
    bool m_scheduled = false;
};

} // namespace presently
