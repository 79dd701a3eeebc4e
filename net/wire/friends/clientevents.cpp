// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/friends/clientevents.h"

#include "models/text/cleantext.h"
#include "net/wire/json/eventpayload.h"
#include "net/wire/json/fieldreader.h"

namespace presently::net::friends {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto TimestampKey = "timestamp"_L1;
constexpr auto ConversationKey = "conversation_id"_L1;
constexpr auto TextKey = "text"_L1;
constexpr auto UrlKey = "url"_L1;
constexpr auto FileNameKey = "fileName"_L1;

constexpr auto HeartbeatName = "heartbeat"_L1;
constexpr auto JoinName = "join_conversation"_L1;
constexpr auto LeaveName = "leave_conversation"_L1;
constexpr auto SendName = "send_message"_L1;

constexpr qsizetype MaxUnknownName = 64;

QString nameOf(const HeartbeatRequest &)
{
    return HeartbeatName;
}
QString nameOf(const JoinConversationRequest &)
{
    return JoinName;
}
QString nameOf(const LeaveConversationRequest &)
{
    return LeaveName;
}
QString nameOf(const SendMessageRequest &)
{
    return SendName;
}
QString nameOf(const UnknownRequest &request)
{
    return request.name;
}

QJsonObject payloadOf(const HeartbeatRequest &request)
{
    QJsonObject object;
    if (request.timestamp)
        object.insert(TimestampKey, qint64(request.timestamp->time_since_epoch().count()));
    return object;
}
QJsonObject payloadOf(const JoinConversationRequest &request)
{
    return {{ConversationKey, request.conversation.value}};
}
QJsonObject payloadOf(const LeaveConversationRequest &request)
{
    return {{ConversationKey, request.conversation.value}};
}
QJsonObject payloadOf(const SendMessageRequest &request)
{
    // What is absent is null on this wire.
    const auto valueOf = [](const std::optional<QString> &text) {
        return text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null);
    };
    return {{ConversationKey, request.conversation.value}, {TextKey, valueOf(request.text)},
        {UrlKey, valueOf(request.url)}, {FileNameKey, valueOf(request.fileName)}};
}
QJsonObject payloadOf(const UnknownRequest &)
{
    return {};
}

//! A text of at most \a most units, cleaned by \a clean; one with nothing left to see is absent.
template <typename Clean>
std::optional<QString> cleanedText(
    FieldReader &read, QLatin1StringView key, qsizetype most, Clean clean)
{
    const std::optional<QString> text = read.optionalText(key);
    if (!text)
        return std::nullopt;
    if (text->size() > most) {
        read.refuse(key, u"longer than %1 characters"_s.arg(most), ErrorCode::TooLarge);
        return std::nullopt;
    }
    const QString cleaned = clean(*text);
    return cleaned.trimmed().isEmpty() ? std::nullopt : std::optional(cleaned);
}

Expected<ClientEvent, Error> readSend(const QJsonObject &object)
{
    FieldReader read(object);
    SendMessageRequest request;
    request.conversation = read.id<ConversationId>(ConversationKey);
    request.text = cleanedText(read, TextKey, MaxTextLength, cleanText);
    const auto name = [](const QString &text) { return cleanName(text, MaxUrlLength); };
    request.url = cleanedText(read, UrlKey, MaxUrlLength, name);
    const auto fileName = [](const QString &text) {
        return text.trimmed().isEmpty() ? QString() : cleanFileName(text);
    };
    request.fileName = cleanedText(read, FileNameKey, MaxUrlLength, fileName);
    if (!request.text && !request.url && !request.fileName)
        read.refuse(TextKey, u"neither text nor url nor fileName"_s, ErrorCode::MissingField);
    return read.finish<ClientEvent>(request);
}

} // namespace

bool isOwnEvent(QStringView name)
{
    return name == HeartbeatName || name == JoinName || name == LeaveName || name == SendName;
}

QString eventName(const ClientEvent &event)
{
    return std::visit([](const auto &request) { return nameOf(request); }, event);
}

QJsonObject toJson(const ClientEvent &event)
{
    return std::visit([](const auto &request) { return payloadOf(request); }, event);
}

Expected<ClientEvent, Error> clientEventFromJson(const QString &name, const QJsonArray &arguments)
{
    if (!isOwnEvent(name))
        return ClientEvent(UnknownRequest{name.left(MaxUnknownName)});
    const auto payload = eventPayload(arguments);
    if (!payload)
        return Unexpected{payload.error()};
    if (name == SendName)
        return readSend(*payload);
    FieldReader read(*payload);
    if (name == HeartbeatName) {
        const HeartbeatRequest request{read.optionalEpochTime(TimestampKey)};
        return read.finish<ClientEvent>(request);
    }
    const auto conversation = read.id<ConversationId>(ConversationKey);
    if (name == JoinName)
        return read.finish<ClientEvent>(JoinConversationRequest{conversation});
    return read.finish<ClientEvent>(LeaveConversationRequest{conversation});
}

} // namespace presently::net::friends
