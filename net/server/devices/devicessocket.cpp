// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/devicessocket.h"

#include "net/server/logging.h"
#include "net/wire/devices/serverevents.h"
#include "net/wire/socketio/packet.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using devices::ErrorReport;
using devices::PersonPresence;
using devices::Vocabulary;

namespace {

ErrorReport report(const Error &error)
{
    const QString words
        = error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail;
    switch (error.code) {
    case ErrorCode::RateLimited:
        return {u"RATE_LIMITED"_s, words};
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
    case ErrorCode::TooLarge:
        return {u"INVALID_PAYLOAD"_s, words};
    default:
        qCWarning(serverLog) << "devices:" << words;
        return {u"INTERNAL_ERROR"_s, u"Internal server error"_s};
    }
}

} // namespace

DevicesSocket::DevicesSocket(
    DevicesDialect &dialect, SocketIdentity identity, std::optional<Vocabulary> vocabulary)
    : SocketLink(dialect.book(), std::move(identity))
    , m_dialect(dialect)
    , m_vocabulary(vocabulary)
{
}

DevicesSocket::~DevicesSocket() = default;

void DevicesSocket::opened(socketio::Socket &socket)
{
    SocketLink::open(socket);
    m_dialect.remember(person());
}

void DevicesSocket::transportAlive()
{
    SocketLink::proveAlive();
}

void DevicesSocket::closed(presently::CloseKind kind)
{
    SocketLink::close(kind);
    m_dialect.forget(person());
}

bool DevicesSocket::speaks(Vocabulary vocabulary) const
{
    return !m_vocabulary || *m_vocabulary == vocabulary;
}

// On `/` only A is served: `heartbeat` there belongs to `friends` (ruling L18).
bool DevicesSocket::isServed(const devices::ClientEvent &event) const
{
    return socket().space() != socketio::mainSpace()
        || devices::vocabularyOf(event) != Vocabulary::B;
}

void DevicesSocket::tell(DevicesNews &news)
{
    for (const Vocabulary vocabulary : {Vocabulary::A, Vocabulary::B}) {
        if (!isOpen() || !speaks(vocabulary))
            continue;
        for (const socketio::EncodedEvent &event : news.encoded(socket().space(), vocabulary))
            send(event);
    }
}

void DevicesSocket::eventReceived(const socketio::SocketEvent &event)
{
    if (!isOpen())
        return;
    const Answers answers = answer(event);
    if (!isOpen())
        return;
    for (const devices::ServerEvent &given : answers)
        send(DevicesNews::encode(socket().space(), given));
    if (event.ackId)
        socket().acknowledge(*event.ackId,
            answers.isEmpty() ? QJsonArray() : QJsonArray{devices::toJson(answers.first())});
}

DevicesSocket::Answers DevicesSocket::answer(const socketio::SocketEvent &event)
{
    const auto request = devices::clientEventFromJson(event.name, event.arguments);
    if (!request)
        return {report(request.error())};
    if (!isServed(*request))
        return {};
    if (!m_vocabulary)
        m_vocabulary = devices::vocabularyOf(*request);
    return std::visit([this](const auto &value) { return take(value); }, *request);
}

DevicesSocket::Answers DevicesSocket::take(const devices::UserHeartbeat &heartbeat)
{
    beat();
    if (heartbeat.device) {
        m_details = *heartbeat.device;
        // What was said at the door counts; a device that said nothing there says it now, once.
        if (identity().deviceType == DeviceType::Unknown)
            becomeDevice(m_details.type);
    }
    return {};
}

DevicesSocket::Answers DevicesSocket::take(const devices::DeviceHeartbeat &)
{
    beat();
    return {devices::HeartbeatAck{m_dialect.now()}};
}

std::optional<devices::ServerEvent> DevicesSocket::refuseQuestion(qsizetype ids)
{
    if (ids > m_dialect.maxIds())
        return report(
            {ErrorCode::TooLarge, u"userIds"_s, u"more than %1 ids"_s.arg(m_dialect.maxIds()), {}});
    const SocketBook &book = m_dialect.book();
    if (!m_questions.take(book.limits().presenceQuery, book.now()))
        return report({ErrorCode::RateLimited, {}, u"too many questions"_s, {}});
    return std::nullopt;
}

DevicesSocket::Answers DevicesSocket::take(const devices::CheckUsersPresence &request)
{
    if (const auto refused = refuseQuestion(request.users.size()))
        return {*refused};
    devices::PresenceStatusList list;
    list.timestamp = m_dialect.now();
    list.requestId = request.requestId;
    for (const UserId &user : request.users) {
        if (const auto found = m_dialect.summarise(person(), user))
            list.people.append(*found);
    }
    return {list};
}

// Who may not be seen is left out here, as the published server leaves out whom it does not know.
DevicesSocket::Answers DevicesSocket::take(const devices::GetBulkPresence &request)
{
    if (const auto refused = refuseQuestion(request.users.size()))
        return {*refused};
    devices::BulkPresence bulk;
    bulk.timestamp = m_dialect.now();
    bulk.requestId = request.requestId;
    for (const UserId &user : request.users) {
        if (!m_dialect.canSee(person(), user))
            continue;
        if (const auto found = m_dialect.summarise(person(), user))
            bulk.people.append(*found);
    }
    return {bulk};
}

DevicesSocket::Answers DevicesSocket::take(const devices::GetUserPresence &request)
{
    if (const auto refused = refuseQuestion(1))
        return {*refused};
    const PersonPresence described = m_dialect.describe(person(), request.user);
    Answers answers;
    if (speaks(Vocabulary::A))
        answers.append(devices::PresenceStatusReply{described, request.requestId});
    if (speaks(Vocabulary::B))
        answers.append(devices::UserPresence{described, request.requestId});
    return answers;
}

DevicesSocket::Answers DevicesSocket::take(const devices::UpdatePresence &request)
{
    const Intent intent{request.status, request.message, std::nullopt};
    if (const auto set = m_dialect.setIntent(*this, intent); !set)
        return {report(set.error())};
    return {};
}

DevicesSocket::Answers DevicesSocket::take(const devices::UnknownRequest &)
{
    return {};
}

} // namespace presently::net
