// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/presencechangequeue.h"

#include <QElapsedTimer>
#include <QTimer>

namespace presently {

PresenceChangeQueue::PresenceChangeQueue(
    std::function<void(const UserId &)> handle, std::function<void()> sliceDone, QObject *parent)
    : QObject(parent)
    , m_handle(std::move(handle))
    , m_sliceDone(std::move(sliceDone))
{
}

void PresenceChangeQueue::add(const QList<UserId> &users)
{
    constexpr qsizetype FewEnoughForOneTurn = 64;
    const bool idle = isEmpty() && !m_scheduled;
    if (idle && users.size() <= FewEnoughForOneTurn) {
        for (const UserId &user : users)
            m_handle(user);
        m_sliceDone();
        return;
    }
    m_users.reserve(m_users.size() + users.size());
    for (const UserId &user : users) {
        if (m_waiting.contains(user))
            continue;
        m_waiting.insert(user);
        m_users.append(user);
    }
    schedule();
}

void PresenceChangeQueue::clear()
{
    m_users.clear();
    m_waiting.clear();
    m_next = 0;
}

void PresenceChangeQueue::schedule()
{
    if (m_scheduled || isEmpty())
        return;
    m_scheduled = true;
    QTimer::singleShot(0, this, [this] {
        m_scheduled = false;
        drain();
    });
}

void PresenceChangeQueue::drain()
{
    constexpr int PeopleBetweenLooksAtTheClock = 16;
    QElapsedTimer timer;
    timer.start();
    while (!isEmpty() && !timer.hasExpired(Budget.count())) {
        for (int i = 0; i < PeopleBetweenLooksAtTheClock && !isEmpty(); ++i) {
            const UserId user = m_users.at(m_next++);
            m_waiting.remove(user);
            m_handle(user);
        }
    }
    if (isEmpty())
        clear();
    m_sliceDone();
    schedule();
}

} // namespace presently
