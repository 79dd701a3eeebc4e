// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/statusview.h"

#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"

namespace presently::net {

using userstatus::StatusEvent;
using userstatus::StatusRow;
using userstatus::WireStatus;

StatusView::StatusView(const PeopleDirectory &people, PresenceService &presence, QObject *parent)
    : QObject(parent)
    , m_people(people)
    , m_presence(presence)
{
    connect(&presence, &PresenceService::changed, this, &StatusView::note);
}

void StatusView::note(const PresenceChange &change)
{
    if (change.audience != Audience::Everybody || change.before.status == change.after.status)
        return;
    if (change.after.isOnline())
        m_since.insert(change.person, change.at);
    else
        m_since.remove(change.person);
}

// Of those who are gone, only "last seen" says when. Who has that coarse or hidden does not tell
// exactly either since when they are there.
StatusView::Seen StatusView::seen(PersonKey person, const Presence &presence, Viewer viewer) const
{
    Seen seen{person, userIdOf(person), presence, presence.lastSeen};
    const auto since = m_since.constFind(person);
    if (!presence.isOnline() || since == m_since.cend())
        return seen;
    const LastSeenDetail detail = m_presence.ledger().stored(person).preferences.lastSeen;
    if (viewer == Viewer::Self || detail == LastSeenDetail::Exact)
        seen.since = *since;
    return seen;
}

StatusView::Seen StatusView::see(PersonKey viewer, PersonKey person) const
{
    return seen(person, m_presence.recordFor(viewer, person, m_people.userOf(person)).presence,
        viewer == person ? Viewer::Self : Viewer::Other);
}

std::optional<StatusView::Seen> StatusView::see(PersonKey viewer, const QString &userId) const
{
    const std::optional<PersonKey> person = find(userId);
    if (!person || !m_presence.graph().canSee(viewer, *person))
        return {};
    return see(viewer, *person);
}

StatusView::Seen StatusView::fromOutside(PersonKey person) const
{
    return seen(person, m_presence.ledger().view(person, Viewer::Other), Viewer::Other);
}

std::optional<StatusEvent> StatusView::snapshot(PersonKey viewer, const QString &userId) const
{
    const std::optional<Seen> seen = see(viewer, userId);
    const bool isKnown = seen && m_presence.ledger().row(seen->person).has_value();
    if (!isKnown && !m_presence.ledger().isComplete())
        return {};
    if (!seen)
        return StatusEvent{userId, WireStatus::Offline, {}};
    return StatusEvent{userId, userstatus::wireStatusFor(seen->presence.status), seen->since};
}

std::optional<PersonKey> StatusView::find(const QString &userId) const
{
    return m_people.find(PersonIdKind::UserStatus, userId);
}

QString StatusView::userIdOf(PersonKey person) const
{
    return m_people.idsOf(person).userStatus;
}

IntentStatus StatusView::intentOf(PersonKey person) const
{
    return m_presence.ledger().ownView(person).intent.status;
}

StatusRow toRow(const StatusView::Seen &seen)
{
    return {seen.userId, userstatus::wireStatusFor(seen.presence.status), seen.presence.lastSeen,
        seen.since};
}

} // namespace presently::net
