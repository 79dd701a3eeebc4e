// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/peopledirectory.h"

#include "models/storage/serverdatabase.h"
#include "net/server/logging.h"

namespace presently::net {

Expected<void, Error> PeopleDirectory::load()
{
    const auto people = m_database.people().all();
    if (!people)
        return Unexpected{people.error()};
    for (const PersonRecord &person : *people)
        remember(person.key, person.ids.mtchat);
    return {};
}

std::optional<PersonKey> PeopleDirectory::find(const UserId &user) const
{
    if (const auto known = m_keys.constFind(user); known != m_keys.cend())
        return *known;
    const auto found = m_database.people().findById(PersonIdKind::Mtchat, user.value);
    if (!found)
        return {};
    remember(found->key, user);
    return found->key;
}

UserId PeopleDirectory::userOf(PersonKey person) const
{
    if (const auto known = m_users.constFind(person); known != m_users.cend())
        return *known;
    const auto found = m_database.people().find(person);
    if (!found)
        return {};
    remember(person, found->ids.mtchat);
    return found->ids.mtchat;
}

Expected<PersonKey, Error> PeopleDirectory::ensure(const UserId &user, WallTime now)
{
    if (const auto known = find(user))
        return *known;
    const auto made = m_database.people().ensure(user, user.value, now);
    if (!made)
        return Unexpected{made.error()};
    remember(made->key, user);
    return made->key;
}

void PeopleDirectory::add(PersonKey person)
{
    const auto found = m_database.people().find(person);
    if (found)
        remember(person, found->ids.mtchat);
    else
        qCWarning(serverLog) << "a person was added who is not there:" << found.error().detail;
}

void PeopleDirectory::remove(PersonKey person)
{
    m_keys.remove(m_users.take(person));
}

void PeopleDirectory::remember(PersonKey person, const UserId &user) const
{
    m_keys.insert(user, person);
    m_users.insert(person, user);
}

} // namespace presently::net
