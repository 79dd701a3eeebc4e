// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/outbox.h"

#include <algorithm>

namespace presently {

void Outbox::restore(const QList<OutgoingMessage> &messages)
{
    for (const OutgoingMessage &message : messages)
        add(message);
}

void Outbox::add(const OutgoingMessage &message)
{
    if (indexOf(message.key) >= 0)
        return;
    m_messages.append(message);
    Q_EMIT added(message);
}

void Outbox::fail(const IdempotencyKey &key, const Error &error)
{
    const qsizetype index = indexOf(key);
    if (index < 0)
        return;
    m_messages[index].failure = error;
    Q_EMIT changed(m_messages.at(index));
}

void Outbox::retry(const IdempotencyKey &key)
{
    const qsizetype index = indexOf(key);
    if (index < 0 || !m_messages.at(index).failure)
        return;
    m_messages[index].failure.reset();
    Q_EMIT changed(m_messages.at(index));
}

void Outbox::remove(const IdempotencyKey &key)
{
    const qsizetype index = indexOf(key);
    if (index >= 0)
        Q_EMIT removed(m_messages.takeAt(index));
}

void Outbox::clear()
{
    while (!m_messages.isEmpty())
        Q_EMIT removed(m_messages.takeLast());
}

const OutgoingMessage *Outbox::find(const IdempotencyKey &key) const
{
    const qsizetype index = indexOf(key);
    return index < 0 ? nullptr : &m_messages.at(index);
}

QList<OutgoingMessage> Outbox::messages(const ConversationId &conversation) const
{
    QList<OutgoingMessage> found;
    std::copy_if(m_messages.cbegin(), m_messages.cend(), std::back_inserter(found),
        [&](const OutgoingMessage &message) { return message.conversation == conversation; });
    return found;
}

qsizetype Outbox::indexOf(const IdempotencyKey &key) const
{
    const auto found = std::find_if(m_messages.cbegin(), m_messages.cend(),
        [&](const OutgoingMessage &message) { return message.key == key; });
    return found == m_messages.cend() ? -1 : found - m_messages.cbegin();
}

} // namespace presently
