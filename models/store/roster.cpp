// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/roster.h"

namespace presently {

void Roster::setPeople(const QList<Person> &people)
{
    for (const Person &person : people) {
        if (!m_people.contains(person.user))
            m_order.append(person.user);
        m_people.insert(person.user, person);
    }
    Q_EMIT peopleReplaced();
}

void Roster::upsert(const Person &person)
{
    const auto known = m_people.constFind(person.user);
    if (known != m_people.cend() && *known == person)
        return;
    if (known == m_people.cend())
        m_order.append(person.user);
    m_people.insert(person.user, person);
    Q_EMIT personChanged(person.user);
}

void Roster::learnName(const UserId &user, const QString &displayName)
{
    if (user.isEmpty() || displayName.isEmpty() || m_learned.value(user) == displayName)
        return;
    m_learned.insert(user, displayName);
    const Person *known = find(user);
    if (!known || known->displayName.isEmpty())
        Q_EMIT personChanged(user);
}

const Person *Roster::find(const UserId &user) const
{
    const auto known = m_people.constFind(user);
    return known == m_people.cend() ? nullptr : &*known;
}

QString Roster::displayName(const UserId &user) const
{
    const Person *known = find(user);
    if (known && !known->displayName.isEmpty())
        return known->displayName;
    if (const QString learned = m_learned.value(user); !learned.isEmpty())
        return learned;
    return known && !known->handle.isEmpty() ? known->handle : user.value;
}

QList<Person> Roster::people() const
{
    QList<Person> people;
    people.reserve(m_order.size());
    for (const UserId &user : m_order)
        people.append(m_people.value(user));
    return people;
}

QList<Person> Roster::contacts() const
{
    QList<Person> contacts;
    for (const UserId &user : m_order) {
        if (const Person *person = find(user); person && person->isContact)
            contacts.append(*person);
    }
    return contacts;
}

void Roster::clear()
{
    m_people.clear();
    m_learned.clear();
    m_order.clear();
    Q_EMIT peopleReplaced();
}

} // namespace presently
