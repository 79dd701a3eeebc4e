// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "net/server/listener/responder.h"
#include "net/server/qa/framelog.h"
#include "net/transport/deadlinequeue.h"

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace presently::net {

//! \brief Frames that somebody waits for.
struct FrameWish {
    QString type;
    int count = 1;
    std::optional<UserId> user;
    std::optional<FrameDirection> direction;
    QString dialect; //!< empty: any
    quint64 since = 0; //!< only frames with a later id

    [[nodiscard]] bool fits(const LoggedFrame &frame) const;
};

//! \brief A status, as others see it, that somebody waits for.
struct StatusWish {
    PersonKey person{};
    UserId user;
    Status status = Status::Online;
};

//! \brief What is waited for in one world, each until it has happened or its time has passed.
//!
//! Units:     waits are in the world's time, so that advancing it lets them end.
//! Errors:    408 with what was seen instead.
//! Ownership: borrows log and clock.
//! Threading: one thread.
class Expectations final : private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(Expectations)

public:
    //! What somebody looks like to others now.
    using StatusOf = std::function<Status(PersonKey person)>;

    Expectations(const FrameLog &log, const Clock &clock, StatusOf statusOf);
    ~Expectations();

    void add(const FrameWish &wish, Milliseconds within, const Responder &responder);
    void add(const StatusWish &wish, Milliseconds within, const Responder &responder);
    void frameLogged(const LoggedFrame &frame);
    void presenceChanged(PersonKey person);
    //! Everybody who waits is told \a reason.
    void abandon(const QString &reason);
    [[nodiscard]] DeadlineQueue &deadlines() { return m_deadlines; }

private:
    using Wish = std::variant<FrameWish, StatusWish>;
    struct Pending;

    void add(Wish wish, Milliseconds within, const Responder &responder);
    bool settle(const Pending &pending) const;
    [[nodiscard]] QList<const LoggedFrame *> fitting(const FrameWish &wish) const;
    [[nodiscard]] HttpResponse missed(const FrameWish &wish, WallTime began) const;
    [[nodiscard]] HttpResponse missed(const StatusWish &wish, WallTime began) const;
    void deadlineReached(Deadline &deadline) override;

    const FrameLog &m_log;
    const Clock &m_clock;
    const StatusOf m_statusOf;
    DeadlineQueue m_deadlines;
    std::vector<std::unique_ptr<Pending>> m_pending;
};

//! "online", "away", "busy", "offline".
[[nodiscard]] QString statusWord(Status status);

} // namespace presently::net
