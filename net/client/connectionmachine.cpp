// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/connectionmachine.h"

#include "net/wire/mtchat/closecodes.h"

#include <algorithm>

namespace presently::net::link {

namespace {

using mtchat::AfterClose;

//! What a server that says "wait" is spared on top of it, so that not all return in one instant.
constexpr Milliseconds RetryAfterSpread{1000};

bool isPaused(ActivityState activity)
{
    return activity == ActivityState::Hidden || activity == ActivityState::Locked;
}

//! The person alone can help, or nobody.
bool isFinal(ErrorCode code)
{
    return code == ErrorCode::Unauthenticated || code == ErrorCode::InvalidCredentials
        || code == ErrorCode::SessionRevoked;
}

//! \brief One step: what it may look at, and the moves that several events share.
class Stepper
{
public:
    Stepper(const Terms &terms, const State &state, const Moment &moment)
        : m_terms(terms)
        , m_state(state)
        , m_moment(moment)
    {
    }

    Step run(const Event &event)
    {
        std::visit([this](const auto &specific, const auto &phase) { on(specific, phase); }, event,
            Phase(m_state.phase));
        return Step{std::move(m_state), std::move(m_actions)};
    }

private:
    // An event that a phase says nothing about is ignored.
    template <typename E, typename P>
    void on(const E &, const P &)
    {
    }

    template <typename P>
    void on(const Start &, const P &phase)
    {
        dropSocket(phase);
        m_state.troubledSince = m_moment.now;
        connectNow(0, false);
    }
    template <typename P>
    void on(const SignOut &, const P &phase)
    {
        leave(phase);
        m_state.phase = SignedOut{};
    }
    template <typename P>
    void on(const Quit &, const P &phase)
    {
        leave(phase);
        m_state.phase = Stopped{};
    }
    template <typename P>
    void on(const ActivityChanged &event, const P &phase)
    {
        const ActivityState before = m_state.activity;
        m_state.activity = event.activity;
        if constexpr (std::is_same_v<P, Online>) {
            if (before != event.activity)
                beatOnChange(phase);
        }
    }

    void on(const TryNow &, const Waiting &phase) { connectNow(phase.failures, false); }
    void on(const TryNow &, const Stopped &phase)
    {
        if (phase.cause)
            connectNow(0, false);
    }

    // Connecting, Handshaking, Probing

    void on(const TcpUp &, const Connecting &phase)
    {
        const SteadyTime deadline = std::min(phase.deadline, m_moment.now + m_terms.handshake);
        m_state.phase = Handshaking{phase.failures, phase.refreshed, deadline, phase.announced};
    }
    void on(const Welcomed &event, const Handshaking &phase)
    {
        Online online;
        online.failures = phase.failures;
        online.since = m_moment.now;
        online.pingDueAt = m_moment.now + m_terms.pingEvery;
        online.beatInterval = event.beatInterval;
        if (!isPaused(m_state.activity))
            online.beatDueAt = m_moment.now + beatDelay(online);
        // The handshake cannot say "idle", and the window may have been hidden meanwhile.
        if (m_state.activity != phase.announced || m_state.activity == ActivityState::Idle)
            act(SendBeat{m_state.activity});
        m_state.phase = online;
    }
    void on(const Tick &, const Connecting &phase)
    {
        if (m_moment.now < phase.deadline)
            return;
        act(AbortSocket{});
        waitAfterFailure(phase.failures, timeout());
    }
    void on(const Tick &, const Handshaking &phase)
    {
        if (m_moment.now < phase.deadline)
            return;
        act(AbortSocket{});
        waitAfterFailure(phase.failures, timeout());
    }
    void on(const Tick &, const Probing &phase)
    {
        if (m_moment.now >= phase.deadline)
            waitAfterFailure(phase.failures, phase.refusal);
    }
    void on(const AttemptFailed &event, const Connecting &phase) { failed(event, phase); }
    void on(const AttemptFailed &event, const Handshaking &phase) { failed(event, phase); }
    void on(const ProbeAnswered &event, const Probing &phase)
    {
        const Error error = event.error.value_or(phase.refusal);
        if (event.error && isFinal(error.code))
            refused(error, phase.failures, phase.refreshed);
        else if (event.error && error.code == ErrorCode::TooManyDevices)
            m_state.phase = Stopped{error};
        else
            waitAfterFailure(phase.failures, error);
    }

    // A close with a code, welcomed or not

    void on(const Closed &event, const Connecting &phase)
    {
        closed(event, phase.failures, phase.refreshed);
    }
    void on(const Closed &event, const Handshaking &phase)
    {
        closed(event, phase.failures, phase.refreshed);
    }
    void on(const Closed &event, const Online &phase) { closed(event, lose(phase), false); }

    // Online

    void on(const PongReceived &, const Online &phase)
    {
        Online online = phase;
        online.pongDeadline.reset();
        online.pingDueAt = m_moment.now + m_terms.pingEvery;
        m_state.phase = online;
    }
    void on(const Tick &, const Online &phase)
    {
        if (phase.pongDeadline && m_moment.now >= *phase.pongDeadline) {
            act(AbortSocket{});
            closed(Closed{mtchat::CloseCode::Abnormal, {}}, lose(phase), false,
                Error{ErrorCode::Timeout, {}, QStringLiteral("no pong"), {}});
            return;
        }
        Online online = phase;
        if (!online.pongDeadline && m_moment.now >= online.pingDueAt)
            ping(online, m_terms.pongWithin);
        if (online.beatDueAt && m_moment.now >= *online.beatDueAt) {
            act(SendBeat{m_state.activity});
            online.beatDueAt = m_moment.now + beatDelay(online);
        }
        m_state.phase = online;
    }

    // Hints and sleep

    void on(const Hint &, const Waiting &phase)
    {
        Waiting waiting = phase;
        waiting.tryAt = std::min(waiting.tryAt, m_moment.now + hintDelay());
        m_state.phase = waiting;
    }
    void on(const Hint &, const Connecting &phase) { restart(phase.failures); }
    void on(const Hint &, const Handshaking &phase) { restart(phase.failures); }
    void on(const Hint &, const Online &phase)
    {
        Online online = phase;
        if (m_moment.now - phase.since < m_terms.hintSpacing) {
            ping(online, m_terms.hintPong);
            m_state.phase = online;
            return;
        }
        // The old address may be gone and the socket will not tell; resuming is cheap.
        restart(lose(phase));
    }
    void on(const Sleep &, const Online &phase)
    {
        leave(phase);
        waitUntil(m_moment.now + m_terms.backoff.cap, phase.failures,
            Error{ErrorCode::Unreachable, {}, QStringLiteral("asleep"), {}});
    }
    void on(const Tick &, const Waiting &phase)
    {
        if (m_moment.now >= phase.tryAt)
            connectNow(phase.failures, false);
    }

    // A new token

    void on(const TokenRefreshed &, const Refreshing &phase)
    {
        if (phase.waitsAfter)
            waitAfterFailure(phase.failures,
                Error{ErrorCode::Unauthenticated, {}, QStringLiteral("token renewed"), {}});
        else
            connectNow(phase.failures, true); // the server has just answered: no need to wait
    }
    void on(const RefreshFailed &event, const Refreshing &phase)
    {
        if (isFinal(event.error.code))
            askSignIn(event.error);
        else
            waitAfterFailure(phase.failures, event.error);
    }
    void on(const Tick &, const Refreshing &phase)
    {
        if (m_moment.now >= phase.deadline)
            waitAfterFailure(phase.failures, timeout());
    }

    // Moves

    void act(Action action) { m_actions.push_back(std::move(action)); }

    static Error timeout() { return Error{ErrorCode::Timeout, {}, {}, {}}; }

    [[nodiscard]] Milliseconds hintDelay() const
    {
        return pickBetween(Milliseconds{0}, m_terms.hintWithin, m_moment.random);
    }
    [[nodiscard]] Milliseconds beatDelay(const Online &online) const
    {
        return pickBetween(online.beatInterval * 9 / 10, online.beatInterval, m_moment.random);
    }
    //! The failures that count against the next try; a stable link wiped out the earlier ones.
    int lose(const Online &phase)
    {
        const bool wasStable = m_moment.now - phase.since >= m_terms.stable;
        if (wasStable || !m_state.troubledSince)
            m_state.troubledSince = m_moment.now;
        return wasStable ? 0 : phase.failures + 1;
    }
    //! The longest that back-off waits: doubled with each failure, but no longer than the trouble
    //! has lasted. Low draws of the jitter would else use up the short waits at once, and a server
    //! that was away for seconds would be missed for half a minute.
    [[nodiscard]] Milliseconds backoffLimit(int failures) const
    {
        const Milliseconds ceiling = backoffCeiling(m_terms.backoff, failures);
        if (!m_state.troubledSince)
            return ceiling;
        const Milliseconds age = m_moment.now - *m_state.troubledSince;
        return std::min(ceiling, std::max(age, backoffCeiling(m_terms.backoff, 1)));
    }

    void ping(Online &online, Milliseconds within)
    {
        act(SendPing{});
        const SteadyTime deadline = m_moment.now + within;
        online.pongDeadline = std::min(online.pongDeadline.value_or(deadline), deadline);
    }

    //! Hiding says so once and then pauses; showing beats at once.
    void beatOnChange(const Online &phase)
    {
        Online online = phase;
        act(SendBeat{m_state.activity});
        if (isPaused(m_state.activity))
            online.beatDueAt.reset();
        else
            online.beatDueAt = m_moment.now + beatDelay(online);
        m_state.phase = online;
    }

    template <typename P>
    void dropSocket(const P &)
    {
        if constexpr (
            std::is_same_v<P,
                Connecting> || std::is_same_v<P, Handshaking> || std::is_same_v<P, Online>)
            act(AbortSocket{});
    }
    template <typename P>
    void leave(const P &phase)
    {
        if constexpr (std::is_same_v<P, Online>) {
            act(SendGoodbye{});
            act(CloseSocket{mtchat::CloseCode::Normal});
        } else {
            dropSocket(phase);
        }
    }

    void connectNow(int failures, bool refreshed)
    {
        act(OpenSocket{});
        m_state.phase
            = Connecting{failures, refreshed, m_moment.now + m_terms.attempt, m_state.activity};
    }
    void restart(int failures)
    {
        act(AbortSocket{});
        waitUntil(m_moment.now + hintDelay(), failures,
            Error{ErrorCode::Unreachable, {}, QStringLiteral("network changed"), {}});
    }
    void waitUntil(SteadyTime tryAt, int failures, Error cause)
    {
        m_state.phase = Waiting{failures, tryAt, std::move(cause)};
    }
    void waitAfterFailure(int failures, const Error &cause)
    {
        const int next = failures + 1;
        const Milliseconds delay = cause.retryAfter
            ? told(*cause.retryAfter)
            : pickBetween(Milliseconds{0}, backoffLimit(next), m_moment.random);
        waitUntil(m_moment.now + delay, next, cause);
    }
    //! Never earlier than the server said.
    [[nodiscard]] Milliseconds told(Milliseconds retryAfter) const
    {
        return retryAfter + pickBetween(Milliseconds{0}, RetryAfterSpread, m_moment.random);
    }

    template <typename P>
    void failed(const AttemptFailed &event, const P &phase)
    {
        act(AbortSocket{});
        if (!event.wasAnswered) {
            waitAfterFailure(phase.failures, event.error);
            return;
        }
        act(AskWhy{});
        m_state.phase
            = Probing{phase.failures, phase.refreshed, m_moment.now + m_terms.probe, event.error};
    }
    void closed(const Closed &event, int failures, bool refreshed,
        const std::optional<Error> &knownCause = std::nullopt)
    {
        const mtchat::CloseRule &rule = mtchat::closeRuleFor(event.code);
        const Error cause = knownCause.value_or(Error{
            rule.cause, {}, QStringLiteral("closed with %1").arg(event.code), event.retryAfter});
        switch (rule.action) {
        case AfterClose::Reconnect:
            return reconnect(rule, event, failures, cause);
        case AfterClose::RefreshToken:
            return refused(cause, failures, refreshed);
        case AfterClose::SignOut:
            return askSignIn(cause);
        case AfterClose::Stop:
            m_state.phase = Stopped{cause};
        }
    }
    //! The first try falls into the window of the table; back-off can only widen it.
    void reconnect(
        const mtchat::CloseRule &rule, const Closed &event, int failures, const Error &cause)
    {
        if (rule.honoursRetryAfter && event.retryAfter)
            return waitUntil(m_moment.now + told(*event.retryAfter), failures, cause);
        const Milliseconds from = scaled(rule.firstTryFrom);
        const Milliseconds window = scaled(rule.firstTryUntil);
        const Milliseconds until
            = failures == 0 ? window : std::max(window, backoffLimit(failures));
        waitUntil(m_moment.now + pickBetween(from, until, m_moment.random), failures, cause);
    }
    [[nodiscard]] Milliseconds scaled(Milliseconds window) const
    {
        return Milliseconds(qint64(double(window.count()) * m_terms.windowScale));
    }
    void refused(const Error &error, int failures, bool refreshed)
    {
        if (refreshed || error.code == ErrorCode::SessionRevoked)
            return askSignIn(error);
        act(RefreshToken{});
        const bool wasUpShortly = std::holds_alternative<Online>(m_state.phase) && failures > 0;
        m_state.phase = Refreshing{failures, m_moment.now + m_terms.refresh, wasUpShortly};
    }
    void askSignIn(const Error &error)
    {
        act(AskSignIn{error});
        m_state.phase = SignedOut{error};
    }

    const Terms &m_terms;
    State m_state;
    const Moment m_moment;
    std::vector<Action> m_actions;
};

} // namespace

Step step(const Terms &terms, const State &state, const Event &event, const Moment &moment)
{
    return Stepper(terms, state, moment).run(event);
}

} // namespace presently::net::link
