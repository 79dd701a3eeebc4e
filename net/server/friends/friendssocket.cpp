// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendssocket.h"

#include "net/server/logging.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using friends::ErrorReport;
using friends::FailedAction;
using friends::RoomChange;

namespace {

QLatin1StringView wordsOf(FailedAction action)
{
    switch (action) {
    case FailedAction::Join:
        return "Failed to join conversation"_L1;
    case FailedAction::Leave:
        return "Failed to leave conversation"_L1;
    case FailedAction::SendMessage:
        return "Failed to send message"_L1;
    case FailedAction::Connection:
    case FailedAction::Other:
        break;
    }
    return "Failed to read the event"_L1;
}

FailedAction actionOf(const QString &name)
{
    if (name == "join_conversation"_L1)
        return FailedAction::Join;
    if (name == "leave_conversation"_L1)
        return FailedAction::Leave;
    return name == "send_message"_L1 ? FailedAction::SendMessage : FailedAction::Connection;
}

//! What is wrong inside the server is not the client's business.
ErrorReport report(FailedAction action, const Error &error)
{
    ErrorReport report;
    report.action = action;
    report.message = wordsOf(action);
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::RateLimited:
        report.details = error.detail;
        break;
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
    case ErrorCode::TooLarge:
        report.details = error.field + u": "_s + error.detail;
        break;
    default:
        qCWarning(serverLog) << "friends:" << error.field << error.detail;
        report.details = u"Internal server error"_s;
    }
    return report;
}

} // namespace

FriendsSocket::FriendsSocket(FriendsDialect &dialect, SocketIdentity identity)
    : SocketLink(dialect.book(), std::move(identity))
    , m_dialect(dialect)
{
}

FriendsSocket::~FriendsSocket()
{
    m_dialect.rooms().leaveAll(*this);
}

void FriendsSocket::opened(socketio::Socket &socket)
{
    SocketLink::open(socket);
}

void FriendsSocket::transportAlive()
{
    SocketLink::proveAlive();
}

void FriendsSocket::closed(presently::CloseKind kind)
{
    m_dialect.rooms().leaveAll(*this);
    SocketLink::close(kind);
}

void FriendsSocket::handOver()
{
    m_dialect.rooms().leaveAll(*this);
    SocketLink::leave();
    SocketLink::close(presently::CloseKind::Clean);
}

void FriendsSocket::eventReceived(const socketio::SocketEvent &event)
{
    if (!isOpen())
        return;
    const auto request = friends::clientEventFromJson(event.name, event.arguments);
    const Answer answer = request
        ? std::visit([this](const auto &value) { return take(value); }, *request)
        : Answer(report(actionOf(event.name), request.error()));
    if (!isOpen())
        return;
    // What was written comes back to its sender as to everybody.
    if (answer && !std::holds_alternative<friends::NewMessage>(*answer))
        send(FriendsDialect::encoded(*answer));
    if (event.ackId)
        socket().acknowledge(
            *event.ackId, answer ? QJsonArray{friends::toJson(*answer)} : QJsonArray());
}

FriendsSocket::Answer FriendsSocket::take(const friends::HeartbeatRequest &)
{
    beat();
    return std::nullopt;
}

friends::ServerEvent FriendsSocket::roomEvent(
    RoomChange change, const ConversationId &conversation) const
{
    return friends::RoomEvent{
        change, conversation, m_dialect.userOf(person()), m_dialect.nameOf(person())};
}

FriendsSocket::Answer FriendsSocket::take(const friends::JoinConversationRequest &request)
{
    const ConversationId conversation{request.conversation.value.toLower()};
    if (const auto joined = m_dialect.rooms().join(*this, conversation); !joined)
        return report(FailedAction::Join, joined.error());
    return roomEvent(RoomChange::Joined, conversation);
}

FriendsSocket::Answer FriendsSocket::take(const friends::LeaveConversationRequest &request)
{
    const ConversationId conversation{request.conversation.value.toLower()};
    if (!m_dialect.rooms().leave(*this, conversation))
        return report(
            FailedAction::Leave, {ErrorCode::NotFound, u"conversation_id"_s, u"Not joined"_s, {}});
    return roomEvent(RoomChange::Left, conversation);
}

FriendsSocket::Answer FriendsSocket::take(const friends::SendMessageRequest &request)
{
    auto sent = m_dialect.messages().send(person(), request);
    if (!sent)
        return report(FailedAction::SendMessage, sent.error());
    return *std::move(sent);
}

FriendsSocket::Answer FriendsSocket::take(const friends::UnknownRequest &)
{
    return std::nullopt;
}

} // namespace presently::net
