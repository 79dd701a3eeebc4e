// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/sendqueue.h"

#include "net/client/backoff.h"
#include "net/client/logging.h"
#include "net/client/restsession.h"
#include "net/wire/mtchat/rest.h"

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostEchoes = 100;

//! A refusal that would be the same tomorrow. 401, 408, 429 and 5xx are none.
bool isDefinite(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
    case ErrorCode::Forbidden:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
        return true;
    case ErrorCode::ProtocolViolation: // another 4xx; `field` is set when it is not the server's
        return error.field.isEmpty();
    default:
        return false;
    }
}

} // namespace

//! One conversation's messages on their way; at most one of them is at the server.
struct SendQueue::Lane {
    QList<OutgoingMessage> waiting; //!< the first is in flight when `call` is set
    bool isInFlight = false;
    int failures = 0;
    QTimer retryTimer;
    QList<Message> echoes;
    std::unique_ptr<QObject> call; //!< context of the call in flight; gone: its answer is dropped
};

SendQueue::SendQueue(EngineHost &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
{
}

SendQueue::~SendQueue() = default;

SendQueue::Lane &SendQueue::lane(const ConversationId &conversation)
{
    std::unique_ptr<Lane> &lane = m_lanes[conversation];
    if (!lane) {
        lane = std::make_unique<Lane>();
        lane->retryTimer.setSingleShot(true);
        connect(
            &lane->retryTimer, &QTimer::timeout, this, [this, raw = lane.get()] { pump(*raw); });
    }
    return *lane;
}

void SendQueue::add(const OutgoingMessage &message)
{
    if (message.failure) {
        m_failed.insert(message.key, message);
        return;
    }
    Lane &own = lane(message.conversation);
    const bool isKnown = std::any_of(own.waiting.cbegin(), own.waiting.cend(),
        [&](const OutgoingMessage &other) { return other.key == message.key; });
    if (isKnown)
        return;
    own.waiting.append(message);
    pump(own);
}

void SendQueue::retry(const IdempotencyKey &key)
{
    OutgoingMessage message = m_failed.take(key);
    if (message.key.isEmpty())
        return;
    message.failure.reset();
    add(message);
}

void SendQueue::discard(const IdempotencyKey &key)
{
    m_failed.remove(key);
    for (auto &[conversation, own] : m_lanes) {
        const bool isFirst = !own->waiting.isEmpty() && own->waiting.first().key == key;
        own->waiting.removeIf([&](const OutgoingMessage &message) { return message.key == key; });
        if (!isFirst)
            continue;
        own->call.reset();
        own->isInFlight = false;
        own->failures = 0;
        own->retryTimer.stop();
        releaseEchoes(*own, {});
        pump(*own);
        return;
    }
}

void SendQueue::resume()
{
    for (auto &[conversation, own] : m_lanes) {
        own->failures = 0;
        own->retryTimer.stop();
        pump(*own);
    }
}

void SendQueue::clear()
{
    // One of the lanes may be telling something right now.
    auto leaving = std::make_shared<decltype(m_lanes)>(std::move(m_lanes));
    m_lanes.clear();
    for (auto &[conversation, own] : *leaving) {
        own->call.reset();
        own->retryTimer.stop();
        own->waiting.clear();
        own->echoes.clear();
    }
    QTimer::singleShot(0, this, [leaving] { leaving->clear(); });
    m_failed.clear();
}

bool SendQueue::holds(const Message &message)
{
    if (message.sender != m_host.self())
        return false;
    const auto found = m_lanes.find(message.conversation);
    if (found == m_lanes.end() || !found->second->isInFlight
        || found->second->echoes.size() >= MostEchoes)
        return false;
    found->second->echoes.append(message);
    return true;
}

void SendQueue::pump(Lane &lane)
{
    if (!lane.call && !lane.waiting.isEmpty() && !lane.retryTimer.isActive() && m_host.isOnline())
        post(lane);
}

void SendQueue::post(Lane &lane)
{
    const OutgoingMessage &message = lane.waiting.first();
    RestQuestion question;
    question.method = "POST";
    question.path = "/dialogs/%1/messages"_L1.arg(RestSession::segment(message.conversation.value));
    question.body = mtchat::toJson(
        mtchat::SendMessageRequest{message.content, message.replyTo, message.attachments});
    question.headers.append({mtchat::IdempotencyHeader, message.key.value.toUtf8()});
    lane.call = std::make_unique<QObject>();
    lane.isInFlight = true;
    m_host.rest().ask(question, lane.call.get(),
        [this, &lane](const Expected<RestReply, Error> &reply) { onReply(lane, reply); });
}

void SendQueue::onReply(Lane &lane, const Expected<RestReply, Error> &reply)
{
    lane.call.release()->deleteLater();
    const auto message = reply.and_then([](const RestReply &good) {
        return mtchat::decodeDataObject(good.body).and_then(&mtchat::messageFromJson);
    });
    if (!message) {
        onFailure(lane, reply ? Error{ErrorCode::ServerFailure, {}, {}, {}} : message.error());
        return;
    }
    const OutgoingMessage sent = lane.waiting.takeFirst();
    lane.failures = 0;
    lane.isInFlight = false;
    m_host.tell(MessageSentEvent{sent.key, *message});
    releaseEchoes(lane, message->id);
    pump(lane);
}

void SendQueue::onFailure(Lane &lane, const Error &error)
{
    if (isDefinite(error)) {
        OutgoingMessage refused = lane.waiting.takeFirst();
        refused.failure = error;
        m_failed.insert(refused.key, refused);
        lane.isInFlight = false;
        m_host.tell(MessageFailedEvent{refused.key, error});
        releaseEchoes(lane, {});
        pump(lane);
        return;
    }
    ++lane.failures;
    const Milliseconds delay = error.retryAfter.value_or(pickBetween(Milliseconds{0},
        backoffCeiling(m_host.options().link.backoff, lane.failures), m_host.random()));
    qCInfo(syncLog) << "message not sent, next try in" << delay.count() << "ms";
    lane.retryTimer.start(delay);
}

void SendQueue::releaseEchoes(Lane &lane, const MessageId &ours)
{
    for (const Message &echo : std::exchange(lane.echoes, {})) {
        if (echo.id != ours)
            m_host.tell(MessageAddedEvent{echo});
    }
}

} // namespace presently::net
