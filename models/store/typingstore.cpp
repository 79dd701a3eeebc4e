// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/typingstore.h"

#include <algorithm>

namespace presently {

namespace {

//! For a server that says "typing" without saying how long.
constexpr Milliseconds UsualTyping{6000};

} // namespace

TypingStore::TypingStore(const Clock &clock, std::unique_ptr<OneShotTimer> timer, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timer(timer ? std::move(timer) : std::make_unique<SystemOneShotTimer>())
{
    connect(m_timer.get(), &OneShotTimer::timeout, this, [this] { expire(); });
}

TypingStore::~TypingStore() = default;

void TypingStore::apply(const ServerClockEvent &event)
{
    m_serverClock = event;
}

void TypingStore::apply(const TypingEvent &event)
{
    const Milliseconds left = remaining(event.until);
    if (left <= Milliseconds::zero()) {
        stop(event.conversation, event.user);
        return;
    }
    QList<Entry> &entries = m_entries[event.conversation];
    const auto known = std::find_if(entries.begin(), entries.end(),
        [&](const Entry &entry) { return entry.user == event.user; });
    const SteadyTime until = m_clock.now() + left;
    const bool isNew = known == entries.end();
    if (isNew)
        entries.append(Entry{event.user, until});
    else
        known->until = until;
    arm();
    if (isNew)
        Q_EMIT typingChanged(event.conversation);
}

void TypingStore::stop(const ConversationId &conversation, const UserId &user)
{
    const auto entries = m_entries.find(conversation);
    if (entries == m_entries.end()
        || entries->removeIf([&](const Entry &entry) { return entry.user == user; }) == 0)
        return;
    if (entries->isEmpty())
        m_entries.erase(entries);
    Q_EMIT typingChanged(conversation);
}

void TypingStore::clear()
{
    m_timer->stop();
    const QList<ConversationId> conversations = m_entries.keys();
    m_entries.clear();
    for (const ConversationId &conversation : conversations)
        Q_EMIT typingChanged(conversation);
}

QList<UserId> TypingStore::typing(const ConversationId &conversation) const
{
    QList<UserId> users;
    const auto entries = m_entries.constFind(conversation);
    if (entries == m_entries.cend())
        return users;
    for (const Entry &entry : *entries)
        users.append(entry.user);
    return users;
}

Milliseconds TypingStore::remaining(const std::optional<WallTime> &until) const
{
    if (!until || !m_serverClock)
        return UsualTyping;
    const WallTime serverNow
        = m_serverClock->serverTime + (m_clock.now() - m_serverClock->receivedAt);
    return std::min(*until - serverNow, LongestTyping);
}

void TypingStore::expire()
{
    const SteadyTime now = m_clock.now();
    QList<ConversationId> touched;
    for (auto entries = m_entries.begin(); entries != m_entries.end();) {
        if (entries->removeIf([&](const Entry &entry) { return entry.until <= now; }) > 0)
            touched.append(entries.key());
        entries = entries->isEmpty() ? m_entries.erase(entries) : std::next(entries);
    }
    arm();
    for (const ConversationId &conversation : std::as_const(touched))
        Q_EMIT typingChanged(conversation);
}

void TypingStore::arm()
{
    std::optional<SteadyTime> next;
    for (const QList<Entry> &entries : std::as_const(m_entries)) {
        for (const Entry &entry : entries)
            next = next ? std::min(*next, entry.until) : entry.until;
    }
    if (next)
        m_timer->start(std::max(*next - m_clock.now(), Milliseconds::zero()));
    else
        m_timer->stop();
}

} // namespace presently
