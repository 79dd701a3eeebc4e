// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/friends/serverevents.h"

#include "models/core/timeformat.h"
#include "models/text/cleantext.h"
#include "net/wire/json/eventpayload.h"
#include "net/wire/json/fieldreader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace presently::net::friends {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto UserKey = "user_id"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto TimestampKey = "timestamp"_L1;
constexpr auto CodeKey = "code"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto DetailsKey = "details"_L1;
constexpr auto RoomKey = "conversation_id"_L1;
constexpr auto UserNameKey = "username"_L1;
constexpr auto IdKey = "id"_L1;
constexpr auto ConversationKey = "conversationId"_L1;
constexpr auto SenderKey = "senderId"_L1;
constexpr auto SenderNameKey = "senderName"_L1;
constexpr auto SenderAvatarKey = "senderAvatar"_L1;
constexpr auto TextKey = "text"_L1;
constexpr auto UrlKey = "url"_L1;
constexpr auto FileNameKey = "fileName"_L1;
constexpr auto CreatedAtKey = "createdAt"_L1;
constexpr auto UpdatedAtKey = "updatedAt"_L1;

constexpr auto StatusName = "friend_status_changed"_L1;
constexpr auto ErrorName = "error"_L1;
constexpr auto NewMessageName = "new_message"_L1;

constexpr auto OnlineWord = "online"_L1;
constexpr auto OfflineWord = "offline"_L1;

constexpr qsizetype MaxUnknownName = 64;
constexpr qsizetype MaxWords = 500; //!< of an error; cut

constexpr std::array<std::pair<RoomChange, QLatin1StringView>, 4> RoomNames{
    {{RoomChange::Joined, "joined_conversation"_L1}, {RoomChange::Left, "left_conversation"_L1},
        {RoomChange::UserJoined, "user_joined"_L1}, {RoomChange::UserLeft, "user_left"_L1}}};
constexpr std::array<std::pair<FailedAction, QLatin1StringView>, 4> Codes{
    {{FailedAction::Connection, "CONNECTION_FAILED"_L1}, {FailedAction::Join, "JOIN_FAILED"_L1},
        {FailedAction::Leave, "LEAVE_FAILED"_L1},
        {FailedAction::SendMessage, "SEND_MESSAGE_FAILED"_L1}}};

template <typename Rows, typename Value>
QLatin1StringView wordOf(const Rows &rows, Value value)
{
    const auto row
        = std::ranges::find_if(rows, [value](const auto &pair) { return pair.first == value; });
    return row == rows.end() ? QLatin1StringView() : row->second;
}

QJsonValue orNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null);
}

QString nameOf(const FriendStatusChanged &)
{
    return StatusName;
}
QString nameOf(const ErrorReport &)
{
    return ErrorName;
}
QString nameOf(const RoomEvent &event)
{
    return wordOf(RoomNames, event.change);
}
QString nameOf(const NewMessage &)
{
    return NewMessageName;
}
QString nameOf(const UnknownEvent &event)
{
    return event.name;
}

QJsonObject payloadOf(const FriendStatusChanged &event)
{
    return {{UserKey, event.user.value},
        {StatusKey, QString(event.online ? OnlineWord : OfflineWord)},
        {TimestampKey, qint64(event.timestamp.time_since_epoch().count())}};
}
QJsonObject payloadOf(const ErrorReport &report)
{
    const QLatin1StringView code = wordOf(Codes, report.action);
    QJsonObject object{
        {CodeKey, code.isEmpty() ? report.code : QString(code)}, {MessageKey, report.message}};
    if (!report.details.isEmpty())
        object.insert(DetailsKey, report.details);
    return object;
}
QJsonObject payloadOf(const RoomEvent &event)
{
    return {{RoomKey, event.conversation.value}, {UserKey, event.user.value},
        {UserNameKey, event.userName}};
}
QJsonObject payloadOf(const NewMessage &message)
{
    QJsonObject object{{IdKey, message.id.value}, {ConversationKey, message.conversation.value},
        {SenderKey, message.sender.value}, {SenderNameKey, message.senderName},
        {TextKey, orNull(message.text)}, {UrlKey, orNull(message.url)},
        {FileNameKey, orNull(message.fileName)}, {CreatedAtKey, toRfc3339(message.createdAt)}};
    if (message.senderAvatar)
        object.insert(SenderAvatarKey, *message.senderAvatar);
    if (message.updatedAt)
        object.insert(UpdatedAtKey, toRfc3339(*message.updatedAt));
    return object;
}
QJsonObject payloadOf(const UnknownEvent &)
{
    return {};
}

Expected<ServerEvent, Error> readStatus(FieldReader &read)
{
    FriendStatusChanged event;
    event.user = read.objectId<UserId>(UserKey);
    const QString status = read.text(StatusKey);
    if (status != OnlineWord && status != OfflineWord)
        read.refuse(StatusKey, u"neither online nor offline"_s);
    event.online = status == OnlineWord;
    event.timestamp = read.epochTime(TimestampKey);
    return read.finish<ServerEvent>(event);
}

Expected<ServerEvent, Error> readError(FieldReader &read, const QJsonObject &object)
{
    ErrorReport report;
    report.code = cleanName(read.text(CodeKey), MaxUnknownName);
    const auto row
        = std::ranges::find_if(Codes, [&](const auto &pair) { return pair.second == report.code; });
    if (row != Codes.end())
        report.action = row->first;
    report.message = cleanName(read.text(MessageKey), MaxWords);
    // The contract lets anything stand here.
    report.details = cleanName(object.value(DetailsKey).toString(), MaxWords);
    return read.finish<ServerEvent>(report);
}

Expected<ServerEvent, Error> readRoom(FieldReader &read, RoomChange change)
{
    RoomEvent event;
    event.change = change;
    event.conversation = read.id<ConversationId>(RoomKey);
    event.user = read.objectId<UserId>(UserKey);
    event.userName = cleanName(read.text(UserNameKey));
    return read.finish<ServerEvent>(event);
}

Expected<ServerEvent, Error> readMessage(FieldReader &read)
{
    NewMessage message;
    message.id = read.id<MessageId>(IdKey);
    message.conversation = read.id<ConversationId>(ConversationKey);
    message.sender = read.id<UserId>(SenderKey);
    message.senderName = cleanName(read.text(SenderNameKey));
    message.senderAvatar = read.optionalText(SenderAvatarKey);
    if (const auto text = read.optionalText(TextKey))
        message.text = cleanText(*text);
    message.url = read.optionalText(UrlKey);
    if (const auto fileName = read.optionalText(FileNameKey))
        message.fileName = cleanFileName(*fileName);
    message.createdAt = read.time(CreatedAtKey);
    message.updatedAt = read.optionalTime(UpdatedAtKey);
    return read.finish<ServerEvent>(message);
}

} // namespace

QString eventName(const ServerEvent &event)
{
    return std::visit([](const auto &value) { return nameOf(value); }, event);
}

QJsonObject toJson(const ServerEvent &event)
{
    return std::visit([](const auto &value) { return payloadOf(value); }, event);
}

Expected<ServerEvent, Error> serverEventFromJson(const QString &name, const QJsonArray &arguments)
{
    const auto room
        = std::ranges::find_if(RoomNames, [&](const auto &pair) { return pair.second == name; });
    const bool isKnown = name == StatusName || name == ErrorName || name == NewMessageName
        || room != RoomNames.end();
    if (!isKnown)
        return ServerEvent(UnknownEvent{name.left(MaxUnknownName)});
    const auto payload = eventPayload(arguments);
    if (!payload)
        return Unexpected{payload.error()};
    FieldReader read(*payload);
    if (room != RoomNames.end())
        return readRoom(read, room->first);
    if (name == StatusName)
        return readStatus(read);
    return name == ErrorName ? readError(read, *payload) : readMessage(read);
}

} // namespace presently::net::friends
