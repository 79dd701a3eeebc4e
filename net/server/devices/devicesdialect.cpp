// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/devicesdialect.h"

#include "net/server/devices/devicessocket.h"
#include "net/server/hub.h"
#include "net/server/peopledirectory.h"
#include "net/server/presenceservice.h"
#include "net/wire/json/fieldreader.h"

#include <QScopedValueRollback>

namespace presently::net {

using devices::PersonPresence;
using devices::Vocabulary;

DevicesDialect::DevicesDialect(const DialectContext &context)
    : m_context(context)
    , m_book(context, Dialect::Devices)
    , m_log(context.presence, m_book)
    , m_counts(context.deadlines, context.options.dialects.devices.countsEvery,
          [this](PersonKey person) { tellCount(person); })
{
    connect(&context.presence, &PresenceService::changed, this, &DevicesDialect::presenceChanged);
    connect(&context.presence, &PresenceService::visibilityChanged, this,
        &DevicesDialect::visibilityChanged);
    connect(&context.presence, &PresenceService::completed, this, &DevicesDialect::completed);
}

DevicesDialect::~DevicesDialect() = default;

WallTime DevicesDialect::now() const
{
    return m_context.deadlines.clock().wallNow();
}

int DevicesDialect::maxIds() const
{
    return m_context.options.dialects.devices.maxIds;
}

UserId DevicesDialect::userOf(PersonKey person) const
{
    return UserId{m_context.people.idsOf(person).objectId};
}

// What cannot be an id of ours is not looked for.
std::optional<PersonKey> DevicesDialect::find(const UserId &asked) const
{
    if (!isObjectId(asked.value))
        return std::nullopt;
    return m_context.people.find(PersonIdKind::ObjectId, asked.value);
}

// Questions

bool DevicesDialect::canSee(PersonKey viewer, const UserId &asked) const
{
    const auto subject = find(asked);
    return subject && m_context.presence.graph().canSee(viewer, *subject);
}

Presence DevicesDialect::disguised(const Presence &own, const Intent &intent)
{
    Presence presence = own;
    if (intent.status == IntentStatus::Invisible)
        presence.status = Status::Offline;
    return presence;
}

DevicesDialect::OwnState DevicesDialect::ownStateOf(const Presence &own)
{
    return {own.status, own.autoAway, own.customMessage};
}

PersonPresence DevicesDialect::describeOwn(PersonKey person) const
{
    const OwnPresence own = m_context.presence.ledger().ownView(person);
    return {userOf(person), disguised(own.presence, own.intent),
        m_log.rowsOf(person, DeviceLog::Detail::Own)};
}

PersonPresence DevicesDialect::describe(PersonKey viewer, const UserId &asked) const
{
    const auto subject = find(asked);
    if (subject == viewer)
        return describeOwn(viewer);
    PersonPresence person{asked, m_context.presence.recordFor(viewer, subject, {}).presence, {}};
    if (person.presence.isOnline())
        person.devices = m_log.rowsOf(*subject, DeviceLog::Detail::Public);
    return person;
}

std::optional<PersonPresence> DevicesDialect::summarise(PersonKey viewer, const UserId &asked)
{
    const auto subject = find(asked);
    const PresenceService &presence = m_context.presence;
    if (subject == viewer) {
        const OwnPresence own = presence.ledger().ownView(viewer);
        return PersonPresence{asked, disguised(own.presence, own.intent), {}};
    }
    if (!presence.ledger().isComplete()) {
        const bool isVisible = subject && m_context.presence.graph().canSee(viewer, *subject);
        const bool isKnown = isVisible && presence.ledger().row(*subject).has_value();
        if (isVisible && !isKnown)
            m_owed.add(viewer, *subject);
        if (!isKnown)
            return std::nullopt;
    }
    return PersonPresence{asked, presence.recordFor(viewer, subject, {}).presence, {}};
}

// Wishes

Expected<void, Error> DevicesDialect::setIntent(const DevicesSocket &from, const Intent &intent)
{
    const QScopedValueRollback<const DevicesSocket *> asking(m_asking, &from);
    return m_context.hub.setIntent(from.person(), intent);
}

void DevicesDialect::remember(PersonKey person)
{
    const OwnPresence own = m_context.presence.ledger().ownView(person);
    m_ownStates.insert(person, ownStateOf(disguised(own.presence, own.intent)));
}

void DevicesDialect::forget(PersonKey person)
{
    if (!m_book.hasLinks(person))
        m_ownStates.remove(person);
}

// Telling

void DevicesDialect::presenceChanged(const PresenceChange &change)
{
    m_log.note(change);
    if (m_book.isEmpty())
        return;
    if (change.audience == Audience::Everybody) {
        m_owed.told(change.person);
        tellViewers(change);
    }
    tellOwnDevices(change);
}

void DevicesDialect::tellViewers(const PresenceChange &change)
{
    const UserId user = userOf(change.person);
    PersonPresence after{user, change.after, {}};
    if (change.after.isOnline() && !change.before.isOnline()) {
        after.devices = m_log.rowsOf(change.person, DeviceLog::Detail::Public);
        m_counts.told(change.person);
    }
    DevicesNews news = statusNews({user, change.before, {}}, after, change.at);
    if (!news.isEmpty())
        sendToViewers(change.person, news);
    const bool isCountNew = change.before.deviceCount != change.after.deviceCount
        || change.before.deviceTypes != change.after.deviceTypes;
    if (isCountNew && change.before.isOnline() && change.after.isOnline())
        m_counts.changed(change.person);
}

void DevicesDialect::tellCount(PersonKey person)
{
    const PersonPresence told{userOf(person), m_context.presence.ledger().view(person),
        m_log.rowsOf(person, DeviceLog::Detail::Public)};
    if (!told.presence.isOnline())
        return;
    DevicesNews news = countNews(told, now());
    sendToViewers(person, news);
}

void DevicesDialect::tellOwnDevices(const PresenceChange &change)
{
    if (!m_book.hasLinks(change.person))
        return;
    const Presence own = disguised(change.own.presence, change.own.intent);
    const OwnState state = ownStateOf(own);
    const auto known = m_ownStates.constFind(change.person);
    const bool isNews = known != m_ownStates.cend() && *known != state;
    m_ownStates.insert(change.person, state);
    if (!isNews)
        return;
    DevicesNews news = ownNews({userOf(change.person), own, {}}, change.at);
    sendTo(change.person, news, m_asking);
}

void DevicesDialect::visibilityChanged(PersonKey one, PersonKey other)
{
    tell(one, other);
    tell(other, one);
}

void DevicesDialect::completed()
{
    m_owed.settle([this](PersonKey viewer, PersonKey subject) { tell(viewer, subject); });
}

//! What \a viewer may know of \a subject from now on.
void DevicesDialect::tell(PersonKey viewer, PersonKey subject)
{
    if (!m_book.hasLinks(viewer))
        return;
    const PersonPresence after = describe(viewer, userOf(subject));
    PersonPresence before{after.user, {}, {}};
    before.presence.status = after.presence.isOnline() ? Status::Offline : Status::Online;
    DevicesNews news = statusNews(before, after, now());
    sendTo(viewer, news);
}

void DevicesDialect::sendToViewers(PersonKey person, DevicesNews &news)
{
    for (const PersonKey viewer : m_context.presence.graph().viewersOf(person))
        sendTo(viewer, news);
}

void DevicesDialect::sendTo(PersonKey person, DevicesNews &news, const DevicesSocket *except)
{
    for (SocketLink *link : m_book.linksOf(person)) {
        auto *socket = static_cast<DevicesSocket *>(link);
        if (socket != except)
            socket->tell(news);
    }
}

} // namespace presently::net
