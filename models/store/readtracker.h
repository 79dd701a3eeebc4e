// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"
#include "models/store/oneshottimer.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>

namespace presently {

//! \brief Decides when a message counts as read: its conversation is open, the window is shown and
//! not locked, and the person has been at the bottom for a second.
//!
//! Ownership: owns its timer.
//! Threading: the window's thread.
class ReadTracker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReadTracker)

public:
    static constexpr Milliseconds SettleTime{1000};

    //! Without \a timer it makes one of the event loop's.
    explicit ReadTracker(std::unique_ptr<OneShotTimer> timer = nullptr, QObject *parent = nullptr);
    ~ReadTracker() override;

    void setOpenConversation(const std::optional<ConversationId> &conversation);
    void setWindowShown(bool shown);
    void setLocked(bool locked);
    void setAtBottom(bool atBottom);
    //! The newest message of others in \a conversation, and whether it is unread.
    void setNewest(const ConversationId &conversation, const MessageId &newest);
    //! What the server already has as read (this or another device of ours).
    void noteRead(const ConversationId &conversation, const MessageId &lastRead);
    void clear();

    [[nodiscard]] const std::optional<ConversationId> &openConversation() const { return m_open; }
    //! Whether \a message was read here, or by another device of ours as far as the server told.
    [[nodiscard]] bool isRead(const ConversationId &conversation, const MessageId &message) const;
    //! Open, shown and not locked: a message that comes now is seen as it comes.
    [[nodiscard]] bool isWatching(const ConversationId &conversation) const;

Q_SIGNALS:
    //! Once for each step forward.
    void readReached(
        const presently::ConversationId &conversation, const presently::MessageId &lastRead);

private:
    void reconsider();
    void settle();
    [[nodiscard]] bool hasUnread() const;

    std::unique_ptr<OneShotTimer> m_timer;
    std::optional<ConversationId> m_open;
    QHash<ConversationId, MessageId> m_newest;
    QHash<ConversationId, MessageId> m_read;
    bool m_shown = false;
    bool m_locked = false;
    bool m_atBottom = false;
    bool m_waiting = false;
};

} // namespace presently
