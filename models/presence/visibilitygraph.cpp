// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/visibilitygraph.h"

#include <algorithm>
#include <utility>

namespace presently {

namespace {

using Indices = std::vector<quint32>;

void insertSorted(Indices &indices, quint32 index)
{
    const auto place = std::ranges::lower_bound(indices, index);
    if (place == indices.end() || *place != index)
        indices.insert(place, index);
}

void removeSorted(Indices &indices, quint32 index)
{
    const auto place = std::ranges::lower_bound(indices, index);
    if (place != indices.end() && *place == index)
        indices.erase(place);
}

bool haveCommon(const Indices &left, const Indices &right)
{
    auto l = left.begin();
    auto r = right.begin();
    while (l != left.end() && r != right.end()) {
        if (*l == *r)
            return true;
        if (*l < *r)
            ++l;
        else
            ++r;
    }
    return false;
}

} // namespace

void VisibilityGraph::addMember(const ConversationId &conversation, PersonKey person)
{
    const Index where = indexOf(conversation);
    const Index who = indexOf(person);
    insertSorted(m_members[where], who);
    insertSorted(m_people[who].conversations, where);
}

void VisibilityGraph::removeMember(const ConversationId &conversation, PersonKey person)
{
    const auto where = m_conversationIndex.constFind(conversation);
    const auto who = m_personIndex.constFind(qint64(person));
    if (where == m_conversationIndex.cend() || who == m_personIndex.cend())
        return;
    removeSorted(m_members[*where], *who);
    removeSorted(m_people[*who].conversations, *where);
}

void VisibilityGraph::removeConversation(const ConversationId &conversation)
{
    const auto found = m_conversationIndex.constFind(conversation);
    if (found == m_conversationIndex.cend())
        return;
    const Index where = *found;
    for (const Index who : std::exchange(m_members[where], {}))
        removeSorted(m_people[who].conversations, where);
    m_conversationIndex.erase(found);
    m_freeConversations.push_back(where);
}

void VisibilityGraph::addContact(PersonKey one, PersonKey other)
{
    const Index left = indexOf(one);
    const Index right = indexOf(other);
    insertSorted(m_people[left].contacts, right);
    insertSorted(m_people[right].contacts, left);
}

void VisibilityGraph::removeContact(PersonKey one, PersonKey other)
{
    const auto left = m_personIndex.constFind(qint64(one));
    const auto right = m_personIndex.constFind(qint64(other));
    if (left == m_personIndex.cend() || right == m_personIndex.cend())
        return;
    removeSorted(m_people[*left].contacts, *right);
    removeSorted(m_people[*right].contacts, *left);
}

void VisibilityGraph::removePerson(PersonKey person)
{
    const auto found = m_personIndex.constFind(qint64(person));
    if (found == m_personIndex.cend())
        return;
    const Index who = *found;
    for (const Index where : std::exchange(m_people[who].conversations, {}))
        removeSorted(m_members[where], who);
    for (const Index contact : std::exchange(m_people[who].contacts, {}))
        removeSorted(m_people[contact].contacts, who);
}

bool VisibilityGraph::canSee(PersonKey viewer, PersonKey subject) const
{
    if (viewer == subject)
        return true;
    const auto left = m_personIndex.constFind(qint64(viewer));
    const auto right = m_personIndex.constFind(qint64(subject));
    if (left == m_personIndex.cend() || right == m_personIndex.cend())
        return false;
    return std::ranges::binary_search(m_people[*left].contacts, *right)
        || haveCommon(m_people[*left].conversations, m_people[*right].conversations);
}

std::vector<PersonKey> VisibilityGraph::viewersOf(PersonKey subject)
{
    std::vector<PersonKey> viewers;
    const auto found = m_personIndex.constFind(qint64(subject));
    if (found == m_personIndex.cend())
        return viewers;
    if (++m_mark == 0) { // every mark is taken again
        for (Person &person : m_people)
            person.mark = 0;
        m_mark = 1;
    }
    const auto visit = [&](Index index) {
        Person &person = m_people[index];
        if (std::exchange(person.mark, m_mark) != m_mark)
            viewers.push_back(person.key);
    };
    Person &self = m_people[*found];
    self.mark = m_mark;
    std::ranges::for_each(self.contacts, visit);
    for (const Index conversation : self.conversations)
        std::ranges::for_each(m_members[conversation], visit);
    return viewers;
}

VisibilityGraph::Index VisibilityGraph::indexOf(PersonKey person)
{
    const auto found = m_personIndex.constFind(qint64(person));
    if (found != m_personIndex.cend())
        return *found;
    const Index index = Index(m_people.size());
    m_people.emplace_back().key = person;
    m_personIndex.insert(qint64(person), index);
    return index;
}

VisibilityGraph::Index VisibilityGraph::indexOf(const ConversationId &conversation)
{
    const auto found = m_conversationIndex.constFind(conversation);
    if (found != m_conversationIndex.cend())
        return *found;
    Index index = 0;
    if (m_freeConversations.empty()) {
        index = Index(m_members.size());
        m_members.emplace_back();
    } else {
        index = m_freeConversations.back();
        m_freeConversations.pop_back();
    }
    m_conversationIndex.insert(conversation, index);
    return index;
}

} // namespace presently
