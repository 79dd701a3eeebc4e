// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/messagelog.h"

#include <algorithm>

namespace presently {

namespace {

//! Deleted ids are remembered only against pages that are on their way.
constexpr qsizetype MostDeleted = 1000;

bool isNewer(const Message &candidate, const Message &known)
{
    if (!known.lastEditedAt)
        return true;
    return candidate.lastEditedAt && *candidate.lastEditedAt >= *known.lastEditedAt;
}

//! The order and the conversation are not taken on trust.
MessagePage tidied(MessagePage page, const ConversationId &conversation)
{
    page.messages.removeIf(
        [&](const Message &message) { return message.conversation != conversation; });
    std::sort(page.messages.begin(), page.messages.end(),
        [](const Message &left, const Message &right) { return left.id < right.id; });
    return page;
}

} // namespace

MessageLog::MessageLog(ConversationId conversation, UserId self, QObject *parent)
    : ListStore(parent)
    , m_conversation(std::move(conversation))
    , m_self(std::move(self))
{
}

int MessageLog::rowOf(const MessageId &id) const
{
    const int row = lowerBound(id);
    return row < sentCount() && m_entries.at(row).message.id == id ? row : -1;
}

int MessageLog::rowOf(const IdempotencyKey &key) const
{
    for (int row = sentCount(); row < count(); ++row) {
        if (m_entries.at(row).key == key)
            return row;
    }
    return -1;
}

std::optional<MessageId> MessageLog::firstId() const
{
    return sentCount() == 0 ? std::nullopt : std::optional{m_entries.first().message.id};
}

std::optional<MessageId> MessageLog::lastId() const
{
    return sentCount() == 0 ? std::nullopt
                            : std::optional{m_entries.at(sentCount() - 1).message.id};
}

void MessageLog::clearFirstUnread()
{
    if (!m_firstUnread)
        return;
    m_firstUnread.reset();
    Q_EMIT stateChanged();
}

void MessageLog::setSelf(const UserId &self)
{
    if (m_self == self)
        return;
    m_self = self;
    for (int row = 0; row < sentCount(); ++row)
        m_entries[row].delivery = deliveryOf(m_entries.at(row).message);
    if (count() > 0)
        Q_EMIT changed(0, count() - 1);
}

void MessageLog::apply(const MessagePage &unsorted, PagePlacement placement)
{
    const MessagePage page = tidied(unsorted, m_conversation);
    if (touches(page, placement))
        mergePage(page, placement);
    else
        replaceWith(page, placement);
    if (page.firstUnread && !m_firstUnread && placement == PagePlacement::Latest)
        m_firstUnread = page.firstUnread;
    m_loaded = true;
    Q_EMIT stateChanged();
}

//! Whether no message can lie between what we hold and \a page.
bool MessageLog::touches(const MessagePage &page, PagePlacement placement) const
{
    if (sentCount() == 0)
        return false;
    if (page.messages.isEmpty())
        return true;
    const MessageId &first = page.messages.first().id;
    const MessageId &last = page.messages.last().id;
    const bool overlaps = !(last < *firstId()) && !(*lastId() < first);
    switch (placement) {
    case PagePlacement::Latest:
        return overlaps || (!page.hasMoreBefore && !(last < *firstId()));
    case PagePlacement::Before:
        return overlaps || last < *firstId();
    case PagePlacement::After:
        return overlaps || *lastId() < first;
    case PagePlacement::Around:
        return overlaps;
    }
    return false;
}

void MessageLog::replaceWith(const MessagePage &page, PagePlacement placement)
{
    // Live messages newer than the latest page belong behind it; they came while it was on its way.
    QList<MessageEntry> newer;
    if (placement == PagePlacement::Latest && !page.messages.isEmpty() && !m_loaded)
        newer = m_entries.mid(0, sentCount());
    const QList<MessageEntry> outgoing = m_entries.mid(sentCount());
    Q_EMIT aboutToReset();
    m_entries.clear();
    for (const Message &message : page.messages) {
        if (!m_deleted.contains(message.id))
            m_entries.append(entryFor(message));
    }
    for (const MessageEntry &entry : newer) {
        if (m_entries.isEmpty() || m_entries.last().message.id < entry.message.id)
            m_entries.append(entry);
    }
    m_entries += outgoing;
    m_hasMoreBefore = page.hasMoreBefore;
    m_hasMoreAfter = page.hasMoreAfter;
    m_firstUnread = page.firstUnread;
    Q_EMIT wasReset();
}

void MessageLog::mergePage(const MessagePage &page, PagePlacement placement)
{
    const std::optional<MessageId> oldFirst = firstId();
    const std::optional<MessageId> oldLast = lastId();
    removeMissing(page);
    for (const Message &message : page.messages)
        put(message);
    const bool reachesBack = page.messages.isEmpty() || !(*oldFirst < page.messages.first().id);
    const bool reachesOn = page.messages.isEmpty() || !(page.messages.last().id < *oldLast);
    const bool speaksOfStart
        = placement == PagePlacement::Before || (placement != PagePlacement::After && reachesBack);
    const bool speaksOfEnd
        = placement == PagePlacement::After || (placement != PagePlacement::Before && reachesOn);
    if (speaksOfStart && (reachesBack || !page.hasMoreBefore))
        m_hasMoreBefore = page.hasMoreBefore;
    if (placement == PagePlacement::Latest)
        m_hasMoreAfter = false;
    else if (speaksOfEnd && (reachesOn || !page.hasMoreAfter))
        m_hasMoreAfter = page.hasMoreAfter;
}

//! Messages that lie within the page's own reach and are not in it have been deleted.
void MessageLog::removeMissing(const MessagePage &page)
{
    if (page.messages.isEmpty())
        return;
    QSet<MessageId> present;
    for (const Message &message : page.messages)
        present.insert(message.id);
    const MessageId &first = page.messages.first().id;
    const MessageId &last = page.messages.last().id;
    for (int row = sentCount() - 1; row >= 0; --row) {
        const MessageId id = m_entries.at(row).message.id;
        if (!(id < first) && !(last < id) && !present.contains(id))
            removeRow(row);
    }
}

void MessageLog::add(const Message &message)
{
    if (m_hasMoreAfter)
        return; // it comes with the page that closes the gap
    put(message);
}

void MessageLog::put(const Message &message)
{
    if (m_deleted.contains(message.id))
        return;
    if (const int row = rowOf(message.id); row >= 0) {
        update(row, message);
        return;
    }
    const int row = lowerBound(message.id);
    Q_EMIT aboutToInsert(row, row);
    m_entries.insert(row, entryFor(message));
    Q_EMIT inserted(row, row);
}

void MessageLog::edit(const Message &message)
{
    const int row = rowOf(message.id);
    if (row < 0)
        return;
    // An event of the published server carries only the text and its time.
    Message next = m_entries.at(row).message;
    if (!isNewer(message, next))
        return;
    next.content = message.content;
    next.lastEditedAt = message.lastEditedAt;
    update(row, next);
}

void MessageLog::remove(const MessageId &id)
{
    if (m_deleted.size() >= MostDeleted)
        m_deleted.clear();
    m_deleted.insert(id);
    if (const int row = rowOf(id); row >= 0)
        removeRow(row);
    for (int row = 0; row < sentCount(); ++row) {
        if (m_entries.at(row).message.replyTo != id)
            continue;
        m_entries[row].message.replyTo.reset();
        Q_EMIT changed(row, row);
    }
    if (m_firstUnread == id)
        clearFirstUnread();
}

void MessageLog::clear()
{
    Q_EMIT aboutToReset();
    m_entries.clear();
    m_deleted.clear();
    m_outgoing = 0;
    m_loaded = false;
    m_hasMoreBefore = true;
    m_hasMoreAfter = false;
    m_firstUnread.reset();
    m_readUpTo.reset();
    Q_EMIT wasReset();
    Q_EMIT stateChanged();
}

void MessageLog::setReadUpTo(const std::optional<MessageId> &id)
{
    if (!id || (m_readUpTo && !(*m_readUpTo < *id)))
        return;
    m_readUpTo = id;
    int first = -1;
    int last = -1;
    for (int row = 0; row < sentCount(); ++row) {
        const Delivery delivery = deliveryOf(m_entries.at(row).message);
        if (m_entries.at(row).delivery == delivery)
            continue;
        m_entries[row].delivery = delivery;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first >= 0)
        Q_EMIT changed(first, last);
}

void MessageLog::addOutgoing(const OutgoingMessage &message)
{
    if (rowOf(message.key) >= 0) {
        updateOutgoing(message);
        return;
    }
    const int row = count();
    Q_EMIT aboutToInsert(row, row);
    m_entries.append(entryFor(message));
    ++m_outgoing;
    Q_EMIT inserted(row, row);
}

void MessageLog::updateOutgoing(const OutgoingMessage &message)
{
    const int row = rowOf(message.key);
    if (row < 0)
        return;
    m_entries[row] = entryFor(message);
    Q_EMIT changed(row, row);
}

void MessageLog::removeOutgoing(const IdempotencyKey &key)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    Q_EMIT aboutToRemove(row, row);
    m_entries.removeAt(row);
    --m_outgoing;
    Q_EMIT removed(row, row);
}

void MessageLog::acknowledge(const IdempotencyKey &key, const Message &message)
{
    const int row = rowOf(key);
    const bool staysInPlace = row == sentCount() && lowerBound(message.id) == row
        && rowOf(message.id) < 0 && !m_hasMoreAfter && !m_deleted.contains(message.id);
    if (!staysInPlace) {
        removeOutgoing(key);
        add(message);
        return;
    }
    m_entries[row] = entryFor(message);
    --m_outgoing;
    Q_EMIT changed(row, row);
}

int MessageLog::lowerBound(const MessageId &id) const
{
    const auto end = m_entries.cbegin() + sentCount();
    const auto found = std::lower_bound(
        m_entries.cbegin(), end, id, [](const MessageEntry &entry, const MessageId &wanted) {
            return entry.message.id < wanted;
        });
    return int(found - m_entries.cbegin());
}

MessageEntry MessageLog::entryFor(const Message &message) const
{
    return MessageEntry{message, deliveryOf(message), {}, std::nullopt};
}

MessageEntry MessageLog::entryFor(const OutgoingMessage &outgoing) const
{
    Message message;
    message.conversation = m_conversation;
    message.sender = m_self;
    message.content = outgoing.content;
    message.sentAt = outgoing.composedAt;
    message.replyTo = outgoing.replyTo;
    for (const UploadedFile &file : outgoing.attachments)
        message.attachments.append(Attachment{{}, file.fileName, file.contentType, file.size, {}});
    return MessageEntry{message, outgoing.failure ? Delivery::Failed : Delivery::Pending,
        outgoing.key, outgoing.failure};
}

void MessageLog::update(int row, const Message &message)
{
    const Message &known = m_entries.at(row).message;
    if (known == message || !isNewer(message, known))
        return;
    m_entries[row] = entryFor(message);
    Q_EMIT changed(row, row);
}

void MessageLog::removeRow(int row)
{
    Q_EMIT aboutToRemove(row, row);
    m_entries.removeAt(row);
    Q_EMIT removed(row, row);
}

Delivery MessageLog::deliveryOf(const Message &message) const
{
    const bool isRead = m_readUpTo && !(*m_readUpTo < message.id);
    return message.sender == m_self && isRead ? Delivery::Read : Delivery::Sent;
}

} // namespace presently
