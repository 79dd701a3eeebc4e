// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/engine_p.h"

#include "net/client/logging.h"
#include "net/client/urlpolicy.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FeatureRow {
    QLatin1StringView name;
    Capabilities capabilities;
};

constexpr auto Features = std::to_array<FeatureRow>({
    {"presence.set"_L1, Capability::SetStatus | Capability::StatusText | Capability::TimedStatus},
    {"typing"_L1, Capability::Typing}, {"idempotency"_L1, Capability::IdempotentSend},
    {"last_seen"_L1, Capability::LastSeen}, {"devices"_L1, Capability::Devices},
    {"attachments"_L1, Capability::Attachments},
    {"goodbye"_L1, Capability::StartConversations}, // every server of ours lets people start chats
});

Capabilities capabilitiesOf(const std::optional<mtchat::SessionTerms> &terms)
{
    Capabilities known = Capability::Push | Capability::Snapshot | Capability::Messages;
    if (!terms)
        return known | Capability::Attachments;
    for (const FeatureRow &row : Features) {
        if (terms->features.contains(row.name))
            known |= row.capabilities;
    }
    return known;
}

quint32 seedOf(const EngineOptions &options)
{
    return options.seed != 0 ? options.seed : QRandomGenerator::global()->generate();
}

} // namespace

Engine::Private::Private(Engine &engine, const Clock &clock, const EngineOptions &options)
    : m_engine(engine)
    , m_clock(clock)
    , m_options(options)
    , m_random(seedOf(options))
    , m_api(options.requestDeadline, options.transferDeadline, this)
    , m_tokens(m_api, options.asksBeforeRefresh, options.link.refresh, this)
    , m_rest(m_api, m_tokens, this)
    , m_link(clock, options.link, options.closeDeadline, options.seed, this)
    , m_hydrator(*this, this)
    , m_sendQueue(*this, this)
    , m_transfers(*this, this)
    , m_actions(*this, m_hydrator, this)
    , m_resumeTimer(this)
    , m_resyncTimer(this)
    , m_quitTimer(this)
{
    for (QTimer *timer : {&m_resumeTimer, &m_resyncTimer, &m_quitTimer})
        timer->setSingleShot(true);
    m_resumeTimer.setInterval(options.gapDeadline);
    m_quitTimer.setInterval(options.closeDeadline + Milliseconds{500});
    connect(&m_resumeTimer, &QTimer::timeout, this, [this] { onOutcome(m_sequence.giveUp()); });
    connect(&m_resyncTimer, &QTimer::timeout, this, &Private::resync);
    connect(&m_quitTimer, &QTimer::timeout, this, &Private::finish);

    connect(&m_tokens, &TokenKeeper::tokenChanged, this,
        [this] { m_link.setToken(m_tokens.credentials().accessToken); });
    connect(&m_tokens, &TokenKeeper::credentialsChanged, &m_engine, &Engine::credentialsChanged);
    connect(&m_tokens, &TokenKeeper::refreshWanted, &m_engine, &Engine::refreshWanted);
    connect(&m_rest, &RestSession::sessionLost, this, &Private::end);
    connect(&m_link, &LinkController::textReceived, this, &Private::onText);
    connect(&m_link, &LinkController::stateChanged, this, &Private::reportLink);
    connect(&m_link, &LinkController::linkLeft, this, &Private::onLinkLeft);
    connect(&m_link, &LinkController::whyWanted, this, &Private::askWhy);
    connect(&m_link, &LinkController::tokenWanted, this, &Private::refreshToken);
    connect(&m_link, &LinkController::signInWanted, this, &Private::end);
    connect(&m_link, &LinkController::beatWanted, this, &Private::beat);
    connect(
        &m_link, &LinkController::goodbyeWanted, this, [this] { say(mtchat::GoodbyeRequest{}); });
    connect(&m_link, &LinkController::socketsGone, this, [this] {
        if (m_isQuitting)
            finishWhenGone();
    });
}

bool Engine::Private::isOnline() const
{
    return m_link.isWelcomed() && !m_sequence.isResuming();
}

void Engine::Private::say(const mtchat::ClientFrame &frame)
{
    m_link.send(mtchat::encode(frame));
}

void Engine::Private::tell(const Event &event)
{
    // What the server had before is no news while our own choice is on its way.
    if (std::holds_alternative<OwnIntentEvent>(event) && m_actions.hasNewerIntent())
        return;
    Q_EMIT m_engine.event(event);
}

// Sign-in and its end

void Engine::Private::begin(const Account &account)
{
    // What was opened and chosen from the cache before the network began still counts.
    if (m_account == Account{} || m_account == account) {
        m_hydrator.stop();
    } else {
        m_hydrator.forget();
        m_actions.clear();
    }
    m_account = account;
    m_self = {};
    m_terms.reset();
    m_sequence.forget();
    m_transfers.clear();
    m_rest.setServer(account.server);
    m_rest.setUserParameter({});
    m_transfers.setServer(account.server);
    m_link.setTarget(socketUrl(account.server), m_tokens.credentials().accessToken);
}

void Engine::Private::end(const std::optional<Error> &cause)
{
    if (!std::holds_alternative<link::SignedOut>(m_link.state().phase))
        m_link.feed(link::SignOut{});
    m_sequence.forget();
    m_hydrator.stop();
    m_tokens.clear();
    tell(SignedOutEvent{cause});
    if (cause)
        Q_EMIT m_engine.signInNeeded(*cause);
}

void Engine::Private::signOut()
{
    RestCall call;
    call.method = "DELETE";
    call.url = resourceUrl(m_account.server, u"/api/v1/sessions/current"_s);
    m_api.send(call, this, [](const Expected<RestReply, Error> &reply) {
        if (!reply)
            qCInfo(linkLog) << "the server was not told of the sign-out";
    });
    m_sendQueue.clear();
    m_actions.clear();
    end(std::nullopt);
}

void Engine::Private::refreshToken()
{
    m_tokens.refresh(this, [this](const Expected<void, Error> &outcome) {
        if (outcome)
            m_link.feed(link::TokenRefreshed{});
        else
            m_link.feed(link::RefreshFailed{outcome.error()});
    });
}

void Engine::Private::askWhy()
{
    RestCall call;
    call.url = resourceUrl(m_account.server, u"/api/v1/sessions/current"_s);
    m_api.send(call, this, [this](const Expected<RestReply, Error> &reply) {
        // A server without this route has told us nothing.
        const bool isTold = !reply && reply.error().code != ErrorCode::NotFound;
        m_link.feed(link::ProbeAnswered{isTold ? std::optional{reply.error()} : std::nullopt});
    });
}

void Engine::Private::askWhoWeAre()
{
    RestQuestion question;
    question.path = u"/sessions/current"_s;
    m_rest.ask(question, this, [this](const Expected<RestReply, Error> &reply) {
        const auto details = reply.and_then([](const RestReply &good) {
            return mtchat::decodeDataObject(good.body).and_then([](const QJsonObject &data) {
                return mtchat::personFromJson(data.value("user"_L1).toObject());
            });
        });
        if (!details || details->person.user != m_self.user)
            return;
        m_self = details->person;
        tell(SignedInEvent{m_self, capabilitiesOf(m_terms)});
    });
}

// The link

void Engine::Private::beat(ActivityState activity)
{
    if (!m_terms) {
        if (activity == ActivityState::Active || activity == ActivityState::Idle)
            say(mtchat::PingRequest{});
        return;
    }
    const Milliseconds idle = activity == ActivityState::Active
        ? Milliseconds{0}
        : m_idleFor + (m_clock.now() - m_idleAt);
    say(mtchat::PingRequest{activity, idle});
}

void Engine::Private::onText(const QByteArray &text)
{
    const auto message = mtchat::decodeServerFrame(text);
    if (!message) {
        qCWarning(linkLog) << "a frame of" << text.size()
                           << "bytes cannot be read:" << int(message.error().code)
                           << message.error().field;
        return;
    }
    if (const auto *connected = std::get_if<mtchat::ConnectedFrame>(&message->frame))
        onWelcome(*connected);
    else if (m_link.isWelcomed())
        onOutcome(m_sequence.accept(*message));
}

void Engine::Private::onWelcome(const mtchat::ConnectedFrame &connected)
{
    if (m_link.isWelcomed())
        return; // said twice
    const bool isNewPerson
        = m_self.user != connected.user || m_reported.state == LinkState::SignedOut;
    m_terms = connected.terms;
    if (m_self.user != connected.user)
        m_self = Person{connected.user, {}, {}, false};
    m_rest.setUserParameter(m_terms ? UserId{} : m_self.user);
    tell(SignedInEvent{m_self, capabilitiesOf(m_terms)});
    if (m_terms)
        tell(ServerClockEvent{m_terms->serverTime, m_clock.now()});
    const auto request = m_sequence.welcome(connected, m_clock.now());
    if (request) {
        say(*request); // before anything else: it is only taken as the first frame
        m_resumeTimer.start();
    }
    m_link.feed(
        link::Welcomed{m_terms ? m_terms->heartbeat.interval : mtchat::HeartbeatTerms{}.interval});
    if (!request)
        resync();
    if (m_terms && (isNewPerson || m_self.displayName.isEmpty()))
        askWhoWeAre();
}

void Engine::Private::onOutcome(const FrameSequence::Outcome &outcome)
{
    if (outcome.isDecided) {
        m_resumeTimer.stop();
        if (m_sequence.wasResumed() && !outcome.hasGap) {
            m_hydrator.resume();
            reportLink();
            m_sendQueue.resume();
            m_actions.resume();
        } else {
            resync();
        }
    }
    for (const mtchat::ServerFrame &frame : outcome.frames)
        std::visit([this](const auto &specific) { on(specific); }, frame);
    if (outcome.hasGap && !outcome.isDecided) {
        qCWarning(syncLog) << "frames were lost on the way";
        resync();
    }
}

//! Fetches everything anew, but not again and again.
void Engine::Private::resync()
{
    if (!isOnline())
        return;
    const SteadyTime now = m_clock.now();
    const bool isFirst = m_reported.state != LinkState::Online;
    if (!isFirst && m_resyncedAt && now - *m_resyncedAt < m_options.resyncSpacing) {
        if (!m_resyncTimer.isActive())
            m_resyncTimer.start(m_options.resyncSpacing - (now - *m_resyncedAt));
        return;
    }
    m_resyncedAt = now;
    m_hydrator.begin(m_terms ? std::optional{m_terms->epoch} : std::nullopt);
    reportLink();
    m_sendQueue.resume();
    m_actions.resume();
}

void Engine::Private::onLinkLeft()
{
    m_resumeTimer.stop();
    m_resyncTimer.stop();
    m_sequence.lost(m_clock.now());
    m_hydrator.stop();
}

void Engine::Private::reportLink()
{
    LinkStatus status = link::statusOf(m_link.state());
    if (status.state == LinkState::Online && m_sequence.isResuming())
        status.state = LinkState::Connecting;
    if (status.state == LinkState::Online)
        m_lostAt.reset();
    else if (m_reported.state == LinkState::Online)
        m_lostAt = m_clock.wallNow();
    status.lostAt = m_lostAt;
    if (status == m_reported)
        return;
    m_reported = status;
    tell(LinkChangedEvent{status});
}

void Engine::Private::finishWhenGone()
{
    if (m_link.hasSockets()) {
        m_quitTimer.start();
        return;
    }
    // Later, so that nobody who waits for it is told before quit() has returned.
    QTimer::singleShot(0, this, &Private::finish);
}

void Engine::Private::finish()
{
    m_quitTimer.stop();
    if (!std::exchange(m_isFinished, true))
        Q_EMIT m_engine.finished();
}

} // namespace presently::net
