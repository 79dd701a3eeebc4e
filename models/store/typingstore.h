// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/store/oneshottimer.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace presently {

//! \brief Who is typing where. Entries end by themselves, reckoned by the server's clock.
//!
//! Ownership: borrows \a clock, owns its timer.
//! Threading: the window's thread.
class TypingStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TypingStore)

public:
    //! What nobody's "typing" outlives, whatever the server says.
    static constexpr Milliseconds LongestTyping{15000};

    //! Without \a timer it makes one of the event loop's.
    explicit TypingStore(const Clock &clock, std::unique_ptr<OneShotTimer> timer = nullptr,
        QObject *parent = nullptr);
    ~TypingStore() override;

    void apply(const ServerClockEvent &event);
    void apply(const TypingEvent &event);
    //! Somebody's message came, or they left: they type no more.
    void stop(const ConversationId &conversation, const UserId &user);
    void clear(); //!< the link is down: nobody is known to type
    [[nodiscard]] QList<UserId> typing(const ConversationId &conversation) const;

Q_SIGNALS:
    void typingChanged(const presently::ConversationId &conversation);

private:
    struct Entry {
        UserId user;
        SteadyTime until;
    };
    [[nodiscard]] Milliseconds remaining(const std::optional<WallTime> &until) const;
    void expire();
    void arm();

    const Clock &m_clock;
    std::unique_ptr<OneShotTimer> m_timer;
    std::optional<ServerClockEvent> m_serverClock;
    QHash<ConversationId, QList<Entry>> m_entries;
};

} // namespace presently
