// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/framesequence.h"

#include <algorithm>

namespace presently::net {

namespace {

constexpr auto Resumed = QLatin1StringView("resumed");
constexpr qsizetype MostHeld = 5000; //!< more than any server keeps

} // namespace

std::optional<mtchat::ResumeRequest> FrameSequence::welcome(
    const mtchat::ConnectedFrame &connected, SteadyTime now)
{
    m_held.clear();
    m_pending.reset();
    m_wasResumed = false;
    const std::optional<mtchat::SessionTerms> before = m_terms;
    const bool canResume = before && connected.terms && m_lostAt
        && connected.terms->epoch == before->epoch && now - *m_lostAt < before->resumeWindow;
    if (canResume) {
        m_pending = connected.terms;
        return mtchat::ResumeRequest{before->session, before->epoch, m_lastSeq};
    }
    if (connected.terms)
        adopt(*connected.terms);
    else
        m_terms.reset();
    return std::nullopt;
}

FrameSequence::Outcome FrameSequence::accept(const mtchat::ServerMessage &message)
{
    if (!m_pending)
        return take(message);
    if (const auto *unknown = std::get_if<mtchat::UnknownFrame>(&message.frame);
        unknown && unknown->type == Resumed)
        return resumed(message.seq);
    if (std::holds_alternative<mtchat::ResyncFrame>(message.frame) || m_held.size() >= MostHeld)
        return refused();
    m_held.append(message);
    return {};
}

void FrameSequence::lost(SteadyTime now)
{
    // A link that was lost before its resume was decided resumes from where the old one ended.
    m_pending.reset();
    m_held.clear();
    if (m_terms)
        m_lostAt = now;
}

FrameSequence::Outcome FrameSequence::giveUp()
{
    return m_pending ? refused() : Outcome{};
}

void FrameSequence::forget()
{
    *this = {};
}

void FrameSequence::adopt(const mtchat::SessionTerms &terms)
{
    m_terms = terms;
    m_lastSeq = terms.seq;
}

FrameSequence::Outcome FrameSequence::take(const mtchat::ServerMessage &message)
{
    Outcome outcome;
    if (message.seq && m_terms) {
        if (*message.seq <= m_lastSeq)
            return outcome; // told twice
        outcome.hasGap = *message.seq > m_lastSeq + 1;
        m_lastSeq = *message.seq;
    }
    outcome.frames.append(message.frame);
    return outcome;
}

//! What stands directly before `resumed` is what was missed; numbered frames before that belong to
//! the session that was given up, and were repeated.
FrameSequence::Outcome FrameSequence::resumed(std::optional<qint64> seq)
{
    const qint64 last = seq.value_or(m_lastSeq);
    qint64 missed = std::max<qint64>(last - m_lastSeq, 0);
    Outcome outcome;
    outcome.isDecided = true;
    for (auto held = m_held.crbegin(); held != m_held.crend(); ++held) {
        if (held->seq && missed-- <= 0)
            continue;
        outcome.frames.prepend(held->frame);
    }
    outcome.hasGap = missed > 0;
    m_pending.reset();
    m_held.clear();
    m_lastSeq = last;
    m_wasResumed = true;
    m_lostAt.reset();
    return outcome;
}

FrameSequence::Outcome FrameSequence::refused()
{
    adopt(*std::exchange(m_pending, std::nullopt));
    m_lostAt.reset();
    Outcome outcome;
    outcome.isDecided = true;
    for (const mtchat::ServerMessage &message : std::exchange(m_held, {})) {
        const Outcome taken = take(message);
        outcome.frames += taken.frames;
        outcome.hasGap = outcome.hasGap || taken.hasGap;
    }
    return outcome;
}

} // namespace presently::net
