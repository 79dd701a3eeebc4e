// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/events.h"
#include "models/core/expected.h"
#include "models/core/message.h"
#include "models/storage/waitingtable.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace presently {

//! \brief What a client keeps of one account on disk: enough to open at once and offline, and the
//! outbox.
//!
//! Everything here can be had again from the server, except the outbox, the choices that wait to be
//! said and the small values. Of each conversation the newest messages are kept as one run without a gap, at most
//! MessagesPerConversation; a page that does not join it replaces it or is not kept.
//!
//! A damaged file is renamed to `<file>.damaged-<time>`, never truncated; what can be read of its
//! outbox moves to a new file. A file that cannot be written (read-only, full) stays as it is, and
//! the cache goes on in memory.
//!
//! Units:     times are UTC in milliseconds.
//! Errors:    StorageCorrupt, StorageFull or StorageFailed tell that something went wrong with the
//!            file. The cache has dealt with it by then: the call has taken effect, in memory where
//!            isPersistent() is false.
//! Ownership: owns its connection; borrows the clock, which must outlive it.
//! Threading: one thread, the storage thread: made, used and destroyed there.
class ClientCache
{
    Q_DISABLE_COPY_MOVE(ClientCache)

public:
    static constexpr int MessagesPerConversation = 500;

    explicit ClientCache(const Clock &clock);
    ~ClientCache();

    //! Opens \a filePath, made when missing; its folder must exist. After an error the cache is
    //! open all the same.
    [[nodiscard]] Expected<void, Error> open(const QString &filePath);
    //! Whether what is written now outlives the program.
    [[nodiscard]] bool isPersistent() const;
    //! Where a damaged file was put by this object; empty: nowhere.
    [[nodiscard]] QString setAsidePath() const;

    //! What to replay at start, SignedInEvent first; empty when nobody has signed in yet. Of each
    //! conversation at most \a messagesPerConversation messages. Presence comes as an incomplete
    //! snapshot, true as of presenceAsOf().
    [[nodiscard]] Expected<QList<Event>, Error> load(int messagesPerConversation = 50);
    //! When the presence in this cache was last heard; none: never.
    [[nodiscard]] std::optional<WallTime> presenceAsOf();
    //! Messages right before \a before, oldest first; fewer at the end of what is kept.
    [[nodiscard]] Expected<QList<Message>, Error> messagesBefore(
        const ConversationId &conversation, const MessageId &before, int limit);

    //! Writes what \a event tells; events that tell nothing lasting change nothing. SignedOutEvent
    //! empties the cache, except for the outbox and the small values.
    [[nodiscard]] Expected<void, Error> apply(const Event &event);
    //! Until commitBatch() everything goes into one transaction. Begin once per turn of the event
    //! loop, at its first write. enqueue() commits by itself.
    [[nodiscard]] Expected<void, Error> beginBatch();
    [[nodiscard]] Expected<void, Error> commitBatch();

    //! \name Outbox, in the order of enqueueing
    //! @{
    //! Returns when the message is safely on disk: only then may it be sent. A key that is there
    //! already is replaced in place. After an error the message is kept in memory only.
    [[nodiscard]] Expected<void, Error> enqueue(const OutgoingMessage &message);
    [[nodiscard]] Expected<void, Error> removeOutgoing(const IdempotencyKey &key);
    //! With none: to be sent again.
    [[nodiscard]] Expected<void, Error> setOutgoingFailure(
        const IdempotencyKey &key, const std::optional<Error> &failure);
    [[nodiscard]] Expected<QList<OutgoingMessage>, Error> outbox();
    //! @}

    //! \name Choices that wait
    //! What an event says to have reached the server waits no longer; a sign-out that was asked for
    //! forgets them all.
    //! @{
    //! Returns when the choice is in the file.
    [[nodiscard]] Expected<void, Error> setWaitingIntent(const std::optional<Intent> &intent);
    [[nodiscard]] Expected<void, Error> setIntentAfter(const std::optional<Intent> &intent);
    [[nodiscard]] Expected<void, Error> setWaitingRead(const MarkReadCommand &read);
    [[nodiscard]] Expected<void, Error> removeWaitingRead(const ConversationId &conversation);
    [[nodiscard]] Expected<WaitingChoices, Error> waiting();
    //! @}

    //! \name Small values: last open conversation, drafts
    //! @{
    //! Empty: not set.
    [[nodiscard]] Expected<QString, Error> value(const QString &name);
    //! An empty \a value removes it.
    [[nodiscard]] Expected<void, Error> setValue(const QString &name, const QString &value);
    //! @}

    //! At most this many pages of 4 KiB; for a quota. 0: as many as the disk has.
    void setMaximumPages(int pages);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently
