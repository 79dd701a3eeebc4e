// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/watchlist.h"

namespace presently::net {

using userstatus::StatusEvent;

void WatchList::add(const QString &userId)
{
    if (m_places.contains(userId))
        return;
    m_places.insert(userId, m_watched.size());
    m_watched.push_back({userId, {}});
}

bool WatchList::note(const StatusEvent &event)
{
    const auto place = m_places.constFind(event.userId);
    if (place == m_places.cend())
        return true;
    Watched &watched = m_watched[*place];
    const bool isStillToBeTold = !watched.told && *place >= m_next;
    if (isStillToBeTold || watched.told == event.status)
        return true;
    if (m_waiting.size() >= m_maxWaiting)
        return false;
    watched.told = event.status;
    m_waiting.push_back(event);
    return true;
}

std::optional<StatusEvent> WatchList::take(const Snapshot &snapshot)
{
    if (!m_waiting.empty()) {
        StatusEvent event = std::move(m_waiting.front());
        m_waiting.pop_front();
        return event;
    }
    while (m_next < m_watched.size()) {
        Watched &watched = m_watched[m_next++];
        if (watched.told)
            continue;
        if (auto event = snapshot(watched.userId)) {
            watched.told = event->status;
            return event;
        }
    }
    return {};
}

} // namespace presently::net
