// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/readtracker.h"

namespace presently {

ReadTracker::ReadTracker(std::unique_ptr<OneShotTimer> timer, QObject *parent)
    : QObject(parent)
    , m_timer(timer ? std::move(timer) : std::make_unique<SystemOneShotTimer>())
{
    connect(m_timer.get(), &OneShotTimer::timeout, this, [this] { settle(); });
}

ReadTracker::~ReadTracker() = default;

void ReadTracker::setOpenConversation(const std::optional<ConversationId> &conversation)
{
    if (m_open == conversation)
        return;
    m_open = conversation;
    m_atBottom = false; // the view says so again once it has scrolled
    reconsider();
}

void ReadTracker::setWindowShown(bool shown)
{
    m_shown = shown;
    reconsider();
}

void ReadTracker::setLocked(bool locked)
{
    m_locked = locked;
    reconsider();
}

void ReadTracker::setAtBottom(bool atBottom)
{
    m_atBottom = atBottom;
    reconsider();
}

void ReadTracker::setNewest(const ConversationId &conversation, const MessageId &newest)
{
    const auto known = m_newest.constFind(conversation);
    if (known != m_newest.cend() && !(*known < newest))
        return;
    m_newest.insert(conversation, newest);
    reconsider();
}

void ReadTracker::noteRead(const ConversationId &conversation, const MessageId &lastRead)
{
    const auto known = m_read.constFind(conversation);
    if (known != m_read.cend() && !(*known < lastRead))
        return;
    m_read.insert(conversation, lastRead);
    reconsider();
}

void ReadTracker::clear()
{
    m_newest.clear();
    m_read.clear();
    m_open.reset();
    m_atBottom = false;
    reconsider();
}

bool ReadTracker::isRead(const ConversationId &conversation, const MessageId &message) const
{
    const auto read = m_read.constFind(conversation);
    return read != m_read.cend() && !(*read < message);
}

bool ReadTracker::isWatching(const ConversationId &conversation) const
{
    return m_open == conversation && m_shown && !m_locked;
}

bool ReadTracker::hasUnread() const
{
    const auto newest = m_newest.constFind(*m_open);
    return newest != m_newest.cend() && !isRead(*m_open, *newest);
}

void ReadTracker::reconsider()
{
    const bool reading = m_open && isWatching(*m_open) && m_atBottom && hasUnread();
    if (reading == m_waiting)
        return;
    m_waiting = reading;
    if (reading)
        m_timer->start(SettleTime);
    else
        m_timer->stop();
}

void ReadTracker::settle()
{
    if (!m_waiting)
        return;
    m_waiting = false;
    const ConversationId conversation = *m_open;
    const MessageId newest = m_newest.value(conversation);
    m_read.insert(conversation, newest);
    Q_EMIT readReached(conversation, newest);
}

} // namespace presently
