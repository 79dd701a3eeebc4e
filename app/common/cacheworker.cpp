// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/cacheworker.h"

#include "models/storage/clientcache.h"

#include <utility>

namespace presently::app {

namespace {

constexpr std::chrono::seconds PresenceInterval{2};
//! What a stream of events waits for one another, so that it wakes this thread seldom.
constexpr std::chrono::milliseconds EventPace{100};

} // namespace

CacheWorker::CacheWorker(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_relay([this](const Event &event) { apply(event); }, EventPace, this)
{
    m_presenceTimer.setSingleShot(true);
    m_presenceTimer.setInterval(PresenceInterval);
    connect(&m_presenceTimer, &QTimer::timeout, this, &CacheWorker::writeHeldPresence);
}

CacheWorker::~CacheWorker() = default;

void CacheWorker::open(const QString &filePath)
{
    m_cache = std::make_unique<ClientCache>(m_clock);
    check(m_cache->open(filePath));

    CachedState state;
    if (auto events = m_cache->load())
        state.events = std::move(events).value();
    else
        report(events.error());
    if (auto outbox = m_cache->outbox())
        state.outbox = std::move(outbox).value();
    else
        report(outbox.error());
    if (auto waiting = m_cache->waiting())
        state.waiting = std::move(waiting).value();
    else
        report(waiting.error());
    state.presenceAsOf = m_cache->presenceAsOf();
    Q_EMIT opened(state);
}

void CacheWorker::apply(const Event &event)
{
    if (!m_cache)
        return;
    if (const auto *change = std::get_if<PresenceChangedEvent>(&event)) {
        hold(change->record);
        return;
    }
    writeHeldPresence();
    write(event);
}

void CacheWorker::hold(const PresenceRecord &record)
{
    PresenceRecord &held = m_heldPresence[record.user];
    const bool isOlder = held.user == record.user && held.version.epoch == record.version.epoch
        && record.version.serial < held.version.serial;
    if (!isOlder)
        held = record;
    if (!m_presenceTimer.isActive())
        m_presenceTimer.start();
}

void CacheWorker::writeHeldPresence()
{
    m_presenceTimer.stop();
    for (const PresenceRecord &record : std::exchange(m_heldPresence, {}))
        write(PresenceChangedEvent{record});
}

void CacheWorker::write(const Event &event)
{
    if (!std::exchange(m_isBatchOpen, true)) {
        check(m_cache->beginBatch());
        // Behind the events that wait already: they go into the same transaction.
        QMetaObject::invokeMethod(this, &CacheWorker::commit, Qt::QueuedConnection);
    }
    check(m_cache->apply(event));
}

void CacheWorker::enqueue(const OutgoingMessage &message)
{
    if (m_cache) {
        commit();
        check(m_cache->enqueue(message));
    }
    Q_EMIT enqueued(message);
}

void CacheWorker::discard(const IdempotencyKey &key)
{
    if (m_cache)
        check(m_cache->removeOutgoing(key));
}

void CacheWorker::awaitIntent(const std::optional<Intent> &intent)
{
    if (!m_cache)
        return;
    commit();
    check(m_cache->setWaitingIntent(intent));
}

void CacheWorker::awaitRead(const MarkReadCommand &read)
{
    if (!m_cache)
        return;
    commit();
    check(m_cache->setWaitingRead(read));
}

void CacheWorker::forgetRead(const ConversationId &conversation)
{
    if (m_cache)
        check(m_cache->removeWaitingRead(conversation));
}

void CacheWorker::keepIntentAfter(const std::optional<Intent> &intent)
{
    if (m_cache)
        check(m_cache->setIntentAfter(intent));
}

void CacheWorker::readBefore(const ConversationId &conversation, const MessageId &before, int limit)
{
    if (!m_cache)
        return;
    m_relay.flush();
    const auto messages = m_cache->messagesBefore(conversation, before, limit);
    if (!messages) {
        report(messages.error());
        return;
    }
    MessagePage page;
    page.conversation = conversation;
    page.messages = *messages;
    page.hasMoreBefore = true; // only the server knows where the conversation begins
    page.hasMoreAfter = true;
    Q_EMIT pageRead(MessagePageEvent{page, PagePlacement::Before});
}

void CacheWorker::close()
{
    m_relay.flush();
    if (m_cache)
        writeHeldPresence();
    commit();
    m_cache.reset();
    Q_EMIT closed();
}

void CacheWorker::commit()
{
    if (m_cache && std::exchange(m_isBatchOpen, false))
        check(m_cache->commitBatch());
}

template <typename Result>
void CacheWorker::check(const Result &result)
{
    if (!result)
        report(result.error());
}

void CacheWorker::report(const Error &error)
{
    // A full disk fails every write; the person is told once.
    if (m_reported == error.code)
        return;
    m_reported = error.code;
    Q_EMIT troubled(error, m_cache ? m_cache->setAsidePath() : QString());
}

} // namespace presently::app
