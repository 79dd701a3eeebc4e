// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/devicesnews.h"

#include <algorithm>

namespace presently::net {

using devices::ContactPresenceUpdate;
using devices::PersonPresence;
using devices::UserOffline;
using devices::UserOnline;
using devices::UserStatusChanged;
using devices::Vocabulary;

namespace {

bool saysTheSame(const Presence &left, const Presence &right)
{
    return left.status == right.status && left.autoAway == right.autoAway
        && left.customMessage == right.customMessage;
}

UserStatusChanged statusOf(const PersonPresence &person, WallTime at)
{
    const Presence &presence = person.presence;
    return {person.user, presence.status, presence.customMessage, presence.autoAway, at};
}

//! Clients of A take `user_online` for green, so whoever is there but not green is said once more.
void addOnline(DevicesNews &news, const PersonPresence &person, WallTime at)
{
    news.add(Vocabulary::A, UserOnline{person});
    if (person.presence.status != Status::Online || !person.presence.customMessage.isEmpty())
        news.add(Vocabulary::A, statusOf(person, at));
}

} // namespace

void DevicesNews::add(Vocabulary vocabulary, const devices::ServerEvent &event)
{
    m_events[std::size_t(vocabulary)].append(event);
}

bool DevicesNews::isEmpty() const
{
    return std::ranges::all_of(m_events, [](const auto &events) { return events.isEmpty(); });
}

socketio::EncodedEvent DevicesNews::encode(const QString &space, const devices::ServerEvent &event)
{
    return {space, devices::eventName(event), {devices::toJson(event)}};
}

const QList<socketio::EncodedEvent> &DevicesNews::encoded(
    const QString &space, Vocabulary vocabulary)
{
    auto &bySpace = m_encoded[std::size_t(vocabulary)];
    auto found = bySpace.find(space);
    if (found == bySpace.end()) {
        QList<socketio::EncodedEvent> encodedEvents;
        for (const devices::ServerEvent &event : m_events[std::size_t(vocabulary)])
            encodedEvents.append(encode(space, event));
        found = bySpace.insert(space, encodedEvents);
    }
    return *found;
}

DevicesNews statusNews(const PersonPresence &before, const PersonPresence &after, WallTime at)
{
    DevicesNews news;
    const bool was = before.presence.isOnline();
    const bool is = after.presence.isOnline();
    if (was == is && (!is || saysTheSame(before.presence, after.presence)))
        return news;
    if (!is)
        news.add(
            Vocabulary::A, UserOffline{after.user, after.presence.lastSeen, after.presence.reason});
    else if (!was)
        addOnline(news, after, at);
    else
        news.add(Vocabulary::A, statusOf(after, at));
    news.add(Vocabulary::B, ContactPresenceUpdate{after, at});
    return news;
}

DevicesNews countNews(const PersonPresence &person, WallTime at)
{
    DevicesNews news;
    addOnline(news, person, at);
    return news;
}

DevicesNews ownNews(const PersonPresence &person, WallTime at)
{
    DevicesNews news;
    news.add(Vocabulary::A, statusOf(person, at));
    news.add(Vocabulary::B, ContactPresenceUpdate{person, at});
    return news;
}

} // namespace presently::net
