// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/eventrelay.h"
#include "models/core/events.h"
#include "models/core/message.h"
#include "models/storage/waitingtable.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace presently {
class ClientCache;
}

namespace presently::app {

//! \brief What the disk knew when an account was opened.
struct CachedState {
    QList<Event> events; //!< to be replayed, SignedInEvent first; none at the first start
    QList<OutgoingMessage> outbox;
    WaitingChoices waiting;
    std::optional<WallTime> presenceAsOf;
};

//! \brief The one user of an account's ClientCache: writes what the network tells, keeps the
//! outbox, answers from disk while there is no link.
//!
//! Presence changes often and is worth little on disk: the newest of each person is written every
//! two seconds, and before anything else that comes after it.
//!
//! Errors:    told by `troubled`, once for each kind; the work goes on, in memory if need be.
//! Threading: lives on the storage thread; every slot is called through a queued connection.
class CacheWorker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CacheWorker)

public:
    explicit CacheWorker(const Clock &clock, QObject *parent = nullptr);
    ~CacheWorker() override;

    void open(const QString &filePath);
    //! Any thread: applied on the worker's own, in order, ten rounds a second in a stream.
    void push(const Event &event) { m_relay.push(event); }
    void apply(const Event &event);
    //! Answered by `enqueued` when the message is as safe as it can be.
    void enqueue(const OutgoingMessage &message);
    void discard(const IdempotencyKey &key);
    //! On disk until the server has it, or refuses it. None: it is to be said no more.
    void awaitIntent(const std::optional<Intent> &intent);
    void awaitRead(const MarkReadCommand &read);
    void forgetRead(const ConversationId &conversation);
    //! What the newest intent returns to.
    void keepIntentAfter(const std::optional<Intent> &intent);
    void readBefore(const ConversationId &conversation, const MessageId &before, int limit);
    //! Writes what is left; nothing is written after it.
    void close();

Q_SIGNALS:
    void opened(const presently::app::CachedState &state);
    void enqueued(const presently::OutgoingMessage &message);
    void pageRead(const presently::Event &page);
    //! \a setAsidePath: where a damaged file was put, or empty.
    void troubled(const presently::Error &error, const QString &setAsidePath);
    void closed();

private:
    template <typename Result>
    void check(const Result &result);
    void report(const Error &error);
    void hold(const PresenceRecord &record);
    void writeHeldPresence();
    void write(const Event &event);
    void commit();

    const Clock &m_clock;
    std::unique_ptr<ClientCache> m_cache;
    EventRelay m_relay; //!< a child, so that it moves to the worker's thread
    QHash<UserId, PresenceRecord> m_heldPresence;
    QTimer m_presenceTimer{this}; //!< a child, so that it moves to the worker's thread
    bool m_isBatchOpen = false;
    std::optional<ErrorCode> m_reported;
};

} // namespace presently::app

Q_DECLARE_METATYPE(presently::app::CachedState)
