// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/clientframes.h"

#include "models/core/timeformat.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restpeople.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto TypeKey = "type"_L1;
constexpr auto StateKey = "state"_L1;
constexpr auto IdleKey = "idle_ms"_L1;
constexpr auto DialogKey = "dialog_id"_L1;
constexpr auto UsersKey = "user_ids"_L1;
constexpr auto SessionKey = "session_id"_L1;
constexpr auto EpochKey = "epoch"_L1;
constexpr auto SeqKey = "seq"_L1;

constexpr auto PingType = "ping"_L1;
constexpr auto SubscribeType = "subscribe"_L1;
constexpr auto UnsubscribeType = "unsubscribe"_L1;
constexpr auto PresenceSetType = "presence.set"_L1;
constexpr auto PresenceWatchType = "presence.watch"_L1;
constexpr auto TypingType = "typing"_L1;
constexpr auto ResumeType = "resume"_L1;
constexpr auto GoodbyeType = "goodbye"_L1;

QJsonObject typed(QLatin1StringView type)
{
    return {{TypeKey, QString(type)}};
}

QJsonObject toJson(const PingRequest &ping)
{
    QJsonObject object = typed(PingType);
    if (ping.state)
        object.insert(StateKey, QString(toWire(*ping.state)));
    if (ping.idle)
        object.insert(IdleKey, qint64(ping.idle->count()));
    return object;
}

QJsonObject toJson(const SubscribeRequest &request)
{
    QJsonObject object = typed(SubscribeType);
    object.insert(DialogKey, request.conversation.value);
    return object;
}

QJsonObject toJson(const UnsubscribeRequest &request)
{
    QJsonObject object = typed(UnsubscribeType);
    object.insert(DialogKey, request.conversation.value);
    return object;
}

QJsonObject toJson(const PresenceSetRequest &request)
{
    QJsonObject object = mtchat::toJson(request.intent);
    object.insert(TypeKey, QString(PresenceSetType));
    return object;
}

QJsonObject toJson(const PresenceWatchRequest &request)
{
    QJsonArray users;
    for (const UserId &user : request.users)
        users.append(user.value);
    QJsonObject object = typed(PresenceWatchType);
    object.insert(UsersKey, users);
    return object;
}

QJsonObject toJson(const TypingRequest &request)
{
    QJsonObject object = typed(TypingType);
    object.insert(DialogKey, request.conversation.value);
    return object;
}

QJsonObject toJson(const ResumeRequest &request)
{
    QJsonObject object = typed(ResumeType);
    object.insert(SessionKey, request.session.value);
    object.insert(EpochKey, request.epoch);
    object.insert(SeqKey, request.seq);
    return object;
}

QJsonObject toJson(const GoodbyeRequest &)
{
    return typed(GoodbyeType);
}

QJsonObject toJson(const UnknownRequest &)
{
    return {};
}

Expected<ClientFrame, Error> readPing(FieldReader &read)
{
    PingRequest ping;
    // A state that a newer client may know is no reason to lose its heartbeat.
    if (const auto word = read.optionalText(StateKey))
        ping.state = activityStateFromWire(*word);
    ping.idle = read.optionalMilliseconds(IdleKey);
    return read.finish<ClientFrame>(ping);
}

Expected<ClientFrame, Error> readWatch(FieldReader &read)
{
    PresenceWatchRequest watch;
    if (!read.has(UsersKey) || read.array(UsersKey).size() > MaxWatchedUsers)
        read.refuse(UsersKey, u"not a list of at most %1 ids"_s.arg(MaxWatchedUsers));
    for (const QString &user : read.texts(UsersKey)) {
        if (user.isEmpty() || user.toUtf8().size() > FieldReader::MaxIdBytes)
            read.refuse(UsersKey, u"not an id of 1 to 255 bytes"_s);
        watch.users.append(UserId{user});
    }
    return read.finish<ClientFrame>(watch);
}

Expected<ClientFrame, Error> readResume(FieldReader &read)
{
    ResumeRequest resume;
    resume.session = read.id<SessionId>(SessionKey);
    resume.epoch = read.integer(EpochKey);
    resume.seq = read.integer(SeqKey);
    return read.finish<ClientFrame>(resume);
}

Expected<ClientFrame, Error> readIntent(const QJsonObject &object)
{
    auto intent = intentFromJson(object);
    if (!intent)
        return Unexpected{intent.error()};
    return ClientFrame(PresenceSetRequest{*std::move(intent)});
}

} // namespace

QByteArray encode(const ClientFrame &frame)
{
    const QJsonObject object = std::visit([](const auto &value) { return toJson(value); }, frame);
    return object.isEmpty() ? QByteArray() : toAsciiJson(object);
}

Expected<ClientFrame, Error> decodeClientFrame(const QByteArray &text)
{
    // Every published client says it in these bytes, twice a minute.
    if (text == R"({"type":"ping"})")
        return ClientFrame(PingRequest{});
    const auto object = parseObject(text);
    if (!object)
        return Unexpected{object.error()};
    FieldReader read(*object);
    const QString type = read.text(TypeKey);
    if (read.error())
        return Unexpected{*read.error()};
    if (type == PingType)
        return readPing(read);
    if (type == SubscribeType)
        return read.finish<ClientFrame>(SubscribeRequest{{read.textOr(DialogKey)}});
    if (type == UnsubscribeType)
        return read.finish<ClientFrame>(UnsubscribeRequest{{read.textOr(DialogKey)}});
    if (type == PresenceSetType)
        return readIntent(*object);
    if (type == PresenceWatchType)
        return readWatch(read);
    if (type == TypingType) {
        const auto conversation = read.id<ConversationId>(DialogKey);
        return read.finish<ClientFrame>(TypingRequest{conversation});
    }
    if (type == ResumeType)
        return readResume(read);
    if (type == GoodbyeType)
        return ClientFrame(GoodbyeRequest{});
    return ClientFrame(UnknownRequest{type.left(64)});
}

} // namespace presently::net::mtchat
