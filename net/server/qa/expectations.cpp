// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/expectations.h"

#include "net/server/qa/qaanswers.h"
#include "net/wire/mtchat/enums.h"

#include <QJsonArray>
#include <QMap>

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype framesTold = 20; //!< in an answer

QJsonArray lastOf(const QList<const LoggedFrame *> &frames)
{
    QJsonArray told;
    for (qsizetype i = std::max<qsizetype>(0, frames.size() - framesTold); i < frames.size(); ++i)
        told.append(toJson(*frames[i], FrameBodies::Left));
    return told;
}

} // namespace

QString statusWord(Status status)
{
    return QString(mtchat::toWire(status));
}

bool FrameWish::fits(const LoggedFrame &frame) const
{
    return frame.id > since && frame.type == type && (!user || frame.user == *user)
        && (!direction || frame.direction == *direction)
        && (dialect.isEmpty() || frame.dialect == dialect);
}

struct Expectations::Pending {
    Pending(Expectations &owner, Wish wish, const Responder &responder)
        : wish(std::move(wish))
        , responder(responder)
        , began(owner.m_clock.wallNow())
        , deadline(owner.m_deadlines, owner)
    {
    }

    const Wish wish;
    const Responder responder;
    const WallTime began;
    Deadline deadline;
};

Expectations::Expectations(const FrameLog &log, const Clock &clock, StatusOf statusOf)
    : m_log(log)
    , m_clock(clock)
    , m_statusOf(std::move(statusOf))
    , m_deadlines(clock)
{
}

Expectations::~Expectations()
{
    abandon(u"the world has ended"_s);
}

void Expectations::add(const FrameWish &wish, Milliseconds within, const Responder &responder)
{
    add(Wish(wish), within, responder);
}

void Expectations::add(const StatusWish &wish, Milliseconds within, const Responder &responder)
{
    add(Wish(wish), within, responder);
}

void Expectations::add(Wish wish, Milliseconds within, const Responder &responder)
{
    auto pending = std::make_unique<Pending>(*this, std::move(wish), responder);
    if (settle(*pending))
        return;
    pending->deadline.arm(within);
    m_pending.push_back(std::move(pending));
}

QList<const LoggedFrame *> Expectations::fitting(const FrameWish &wish) const
{
    QList<const LoggedFrame *> found;
    for (const LoggedFrame &frame : m_log.frames()) {
        if (wish.fits(frame))
            found.append(&frame);
    }
    return found;
}

//! Answers if it has happened.
bool Expectations::settle(const Pending &pending) const
{
    QJsonObject answer{{u"met"_s, true}, {u"id"_s, qint64(m_log.lastId())},
        {u"waited_ms"_s, qint64((m_clock.wallNow() - pending.began).count())}};
    if (const auto *wish = std::get_if<FrameWish>(&pending.wish)) {
        const auto found = fitting(*wish);
        if (found.size() < wish->count)
            return false;
        answer.insert(u"count"_s, qint64(found.size()));
        answer.insert(u"frames"_s, lastOf(found));
    } else {
        const auto &status = std::get<StatusWish>(pending.wish);
        if (m_statusOf(status.person) != status.status)
            return false;
        answer.insert(u"user_id"_s, status.user.value);
        answer.insert(u"status"_s, statusWord(status.status));
    }
    pending.responder.respond(qaReply(answer));
    return true;
}

void Expectations::frameLogged(const LoggedFrame &frame)
{
    std::erase_if(m_pending, [&](const auto &pending) {
        const auto *wish = std::get_if<FrameWish>(&pending->wish);
        return wish && wish->fits(frame) && settle(*pending);
    });
}

void Expectations::presenceChanged(PersonKey person)
{
    std::erase_if(m_pending, [&](const auto &pending) {
        const auto *wish = std::get_if<StatusWish>(&pending->wish);
        return wish && wish->person == person && settle(*pending);
    });
}

void Expectations::abandon(const QString &reason)
{
    const auto pending = std::exchange(m_pending, {});
    for (const auto &each : pending)
        each->responder.respond(qaRefusal(409, reason));
}

void Expectations::deadlineReached(Deadline &deadline)
{
    const auto found = std::find_if(m_pending.begin(), m_pending.end(),
        [&deadline](const auto &pending) { return &pending->deadline == &deadline; });
    if (found == m_pending.end())
        return;
    const std::unique_ptr<Pending> pending = std::move(*found);
    m_pending.erase(found);
    if (settle(*pending))
        return;
    pending->responder.respond(
        std::visit([&](const auto &wish) { return missed(wish, pending->began); }, pending->wish));
}

HttpResponse Expectations::missed(const FrameWish &wish, WallTime began) const
{
    QMap<QString, int> seen;
    QList<const LoggedFrame *> frames;
    for (const LoggedFrame &frame : m_log.frames()) {
        const bool isTheirs = !wish.user || frame.user == *wish.user;
        if (frame.id <= wish.since || !isTheirs)
            continue;
        ++seen[frame.type];
        frames.append(&frame);
    }
    QJsonObject counts;
    for (auto entry = seen.cbegin(); entry != seen.cend(); ++entry)
        counts.insert(entry.key(), entry.value());
    const qsizetype found = fitting(wish).size();
    return qaReply(408,
        {{u"met"_s, false}, {u"id"_s, qint64(m_log.lastId())},
            {u"waited_ms"_s, qint64((m_clock.wallNow() - began).count())},
            {u"error"_s,
                u"%1 of %2 \"%3\" frames came in time"_s.arg(found).arg(wish.count).arg(wish.type)},
            {u"count"_s, qint64(found)}, {u"wanted"_s, wish.count}, {u"seen"_s, counts},
            {u"frames"_s, lastOf(frames)}});
}

HttpResponse Expectations::missed(const StatusWish &wish, WallTime began) const
{
    const QString now = statusWord(m_statusOf(wish.person));
    return qaReply(408,
        {{u"met"_s, false}, {u"id"_s, qint64(m_log.lastId())},
            {u"waited_ms"_s, qint64((m_clock.wallNow() - began).count())},
            {u"error"_s,
                u"others still see \"%1\" and not \"%2\""_s.arg(now, statusWord(wish.status))},
            {u"user_id"_s, wish.user.value}, {u"status"_s, now}});
}

} // namespace presently::net
