// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/participantlist.h"

#include <QSet>

#include <algorithm>

namespace presently {

namespace {

//! Pointers only grow: a slow reply may be older than an event that came meanwhile.
std::optional<MessageId> later(
    const std::optional<MessageId> &left, const std::optional<MessageId> &right)
{
    if (!left || !right)
        return left ? left : right;
    return *left < *right ? right : left;
}

} // namespace

ParticipantList::ParticipantList(ConversationId conversation, QObject *parent)
    : ListStore(parent)
    , m_conversation(std::move(conversation))
{
}

const Participant *ParticipantList::find(const UserId &user) const
{
    const int row = rowOf(user);
    return row < 0 ? nullptr : &m_participants.at(row);
}

int ParticipantList::rowOf(const UserId &user) const
{
    return m_rows.value(user, -1);
}

void ParticipantList::setParticipants(const QList<Participant> &participants)
{
    QList<Participant> next = participants;
    for (Participant &participant : next) {
        if (const Participant *known = find(participant.user))
            participant.lastRead = later(known->lastRead, participant.lastRead);
    }
    m_loaded = true;
    replaceAll(std::move(next));
}

void ParticipantList::suggest(const QList<Participant> &participants)
{
    if (!m_loaded && m_participants.isEmpty())
        replaceAll(participants);
}

void ParticipantList::replaceAll(QList<Participant> participants)
{
    const bool sameOrder = std::equal(participants.cbegin(), participants.cend(),
        m_participants.cbegin(), m_participants.cend(),
        [](const Participant &left, const Participant &right) { return left.user == right.user; });
    if (!sameOrder) {
        Q_EMIT aboutToReset();
        m_participants = std::move(participants);
        m_rows.clear();
        reindexFrom(0);
        Q_EMIT wasReset();
        return;
    }
    for (int row = 0; row < count(); ++row) {
        if (m_participants.at(row) == participants.at(row))
            continue;
        m_participants[row] = participants.at(row);
        Q_EMIT changed(row, row);
    }
}

void ParticipantList::remove(const UserId &user)
{
    const int row = rowOf(user);
    if (row < 0)
        return;
    Q_EMIT aboutToRemove(row, row);
    m_participants.removeAt(row);
    m_rows.remove(user);
    reindexFrom(row);
    Q_EMIT removed(row, row);
    Q_EMIT participantRemoved(user);
}

void ParticipantList::clear()
{
    m_loaded = false;
    replaceAll({});
}

void ParticipantList::noteRead(const UserId &user, const MessageId &lastRead)
{
    const int row = rowOf(user);
    if (row < 0)
        return;
    const std::optional<MessageId> moved = later(m_participants.at(row).lastRead, lastRead);
    if (moved == m_participants.at(row).lastRead)
        return;
    m_participants[row].lastRead = moved;
    Q_EMIT changed(row, row);
    Q_EMIT readPointerMoved(user);
}

QList<UserId> ParticipantList::readersOf(const MessageId &message, const UserId &self) const
{
    QList<UserId> readers;
    for (const Participant &participant : m_participants) {
        if (participant.user != self && participant.lastRead && !(*participant.lastRead < message))
            readers.append(participant.user);
    }
    return readers;
}

std::optional<MessageId> ParticipantList::readByOthersUpTo(const UserId &self) const
{
    std::optional<MessageId> furthest;
    for (const Participant &participant : m_participants) {
        if (participant.user != self)
            furthest = later(furthest, participant.lastRead);
    }
    return furthest;
}

void ParticipantList::reindexFrom(int row)
{
    for (int i = row; i < count(); ++i)
        m_rows.insert(m_participants.at(i).user, i);
}

} // namespace presently
