// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/linkcontroller.h"

#include "net/client/logging.h"

#include <algorithm>

namespace presently::net {

namespace {

QRandomGenerator seeded(quint32 seed)
{
    return seed != 0 ? QRandomGenerator(seed)
                     : QRandomGenerator(QRandomGenerator::global()->generate());
}

} // namespace

LinkController::LinkController(const Clock &clock, const LinkTerms &terms,
    Milliseconds closeDeadline, quint32 seed, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_terms(terms)
    , m_closeDeadline(closeDeadline)
    , m_random(seeded(seed))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    // A coarse timer may fire early, and then each deadline costs a second wake-up.
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { feed(link::Tick{}); });
}

LinkController::~LinkController() = default;

void LinkController::setTarget(const QUrl &socketUrl, const QByteArray &token)
{
    m_url = socketUrl;
    m_token = token;
}

void LinkController::feed(const link::Event &event)
{
    const bool wasWelcomed = isWelcomed();
    const LinkStatus before = link::statusOf(m_state);
    link::Step step = link::step(m_terms, m_state, event, moment());
    m_state = std::move(step.next);
    arm();
    for (const link::Action &action : step.actions)
        run(action);
    if (wasWelcomed && !isWelcomed())
        Q_EMIT linkLeft();
    if (!(link::statusOf(m_state) == before)) {
        qCInfo(linkLog) << "link" << int(before.state) << "->"
                        << int(link::statusOf(m_state).state);
        Q_EMIT stateChanged();
    }
}

void LinkController::send(const QByteArray &text)
{
    if (m_socket)
        m_socket->sendText(text);
}

bool LinkController::isWelcomed() const
{
    return std::holds_alternative<link::Online>(m_state.phase);
}

void LinkController::run(const link::Action &action)
{
    if (std::holds_alternative<link::OpenSocket>(action))
        openSocket();
    else if (std::holds_alternative<link::AbortSocket>(action))
        abortSocket();
    else if (const auto *close = std::get_if<link::CloseSocket>(&action))
        closeSocket(close->code);
    else if (std::holds_alternative<link::SendGoodbye>(action))
        Q_EMIT goodbyeWanted();
    else if (std::holds_alternative<link::SendPing>(action) && m_socket)
        m_socket->sendPing();
    else if (const auto *beat = std::get_if<link::SendBeat>(&action))
        Q_EMIT beatWanted(beat->activity);
    else if (std::holds_alternative<link::AskWhy>(action))
        Q_EMIT whyWanted();
    else if (std::holds_alternative<link::RefreshToken>(action))
        Q_EMIT tokenWanted();
    else if (const auto *asked = std::get_if<link::AskSignIn>(&action))
        Q_EMIT signInWanted(asked->error);
}

void LinkController::openSocket()
{
    abortSocket();
    m_retryAfter.reset();
    auto *socket = new LinkSocket(m_closeDeadline, this);
    m_socket = socket;
    connect(socket, &LinkSocket::tcpUp, this, [this, socket] {
        if (socket == m_socket)
            feed(link::TcpUp{});
    });
    connect(socket, &LinkSocket::textReceived, this, [this, socket](const QByteArray &text) {
        if (socket == m_socket)
            Q_EMIT textReceived(text);
    });
    connect(socket, &LinkSocket::pongReceived, this, [this, socket] {
        if (socket == m_socket)
            feed(link::PongReceived{});
    });
    connect(
        socket, &LinkSocket::failed, this, [this, socket](const Error &error, bool wasAnswered) {
            if (socket != m_socket)
                return;
            letGo(socket);
            feed(link::AttemptFailed{error, wasAnswered});
        });
    connect(socket, &LinkSocket::closed, this, [this, socket](quint16 code) {
        if (socket != m_socket)
            return;
        letGo(socket);
        qCInfo(linkLog) << "closed with" << code;
        feed(link::Closed{code, std::exchange(m_retryAfter, std::nullopt)});
    });
    socket->open(m_url, m_token, m_state.activity);
}

void LinkController::letGo(LinkSocket *socket)
{
    m_socket = nullptr;
    socket->deleteLater();
}

void LinkController::closeSocket(quint16 code)
{
    if (!m_socket)
        return;
    LinkSocket *socket = std::exchange(m_socket, nullptr);
    ++m_leaving;
    connect(socket, &LinkSocket::closed, this, [this, socket] {
        socket->deleteLater();
        if (--m_leaving == 0)
            Q_EMIT socketsGone();
    });
    socket->close(code);
}

void LinkController::abortSocket()
{
    if (!m_socket)
        return;
    LinkSocket *socket = std::exchange(m_socket, nullptr);
    socket->abort();
    socket->deleteLater();
}

void LinkController::arm()
{
    const std::optional<SteadyTime> deadline = link::nextDeadline(m_state);
    if (!deadline) {
        m_timer.stop();
        return;
    }
    const Milliseconds left = std::max(*deadline - m_clock.now(), Milliseconds{0});
    m_timer.start(left);
}

link::Moment LinkController::moment()
{
    return link::Moment{m_clock.now(), m_random.generateDouble()};
}

} // namespace presently::net
