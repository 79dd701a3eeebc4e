// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/peopledirectory.h"

#include "models/storage/serverdatabase.h"
#include "net/server/logging.h"

namespace presently::net {

namespace {

constexpr std::array allKinds{PersonIdKind::Mtchat, PersonIdKind::ObjectId,
    PersonIdKind::UserStatus, PersonIdKind::Polling};

} // namespace

Expected<void, Error> PeopleDirectory::load()
{
    const auto people = m_database.people().all();
    if (!people)
        return Unexpected{people.error()};
    for (const PersonRecord &person : *people)
        remember(person);
    return {};
}

std::optional<PersonKey> PeopleDirectory::find(const UserId &user) const
{
    return find(PersonIdKind::Mtchat, user.value);
}

std::optional<PersonKey> PeopleDirectory::find(PersonIdKind kind, const QString &id) const
{
    const QHash<QString, PersonKey> &keys = keysOf(kind);
    if (const auto known = keys.constFind(id); known != keys.cend())
        return *known;
    const auto found = m_database.people().findById(kind, id);
    if (!found)
        return {};
    remember(*found);
    return found->key;
}

PersonIds PeopleDirectory::idsOf(PersonKey person) const
{
    if (const auto known = m_ids.constFind(person); known != m_ids.cend())
        return *known;
    const auto found = m_database.people().find(person);
    if (!found)
        return {};
    remember(*found);
    return found->ids;
}

Expected<PersonKey, Error> PeopleDirectory::ensure(const UserId &user, WallTime now)
{
    if (const auto known = find(user))
        return *known;
    const auto made = m_database.people().ensure(user, user.value, now);
    if (!made)
        return Unexpected{made.error()};
    remember(*made);
    return made->key;
}

void PeopleDirectory::add(PersonKey person)
{
    const auto found = m_database.people().find(person);
    if (found)
        remember(*found);
    else
        qCWarning(serverLog) << "a person was added who is not there:" << found.error().detail;
}

void PeopleDirectory::remove(PersonKey person)
{
    const PersonIds ids = m_ids.take(person);
    for (const PersonIdKind kind : allKinds)
        keysOf(kind).remove(idOfKind(ids, kind));
}

void PeopleDirectory::remember(const PersonRecord &person) const
{
    for (const PersonIdKind kind : allKinds)
        keysOf(kind).insert(idOfKind(person.ids, kind), person.key);
    m_ids.insert(person.key, person.ids);
}

} // namespace presently::net
