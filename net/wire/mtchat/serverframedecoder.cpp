// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restmessages.h"
#include "net/wire/mtchat/restpeople.h"
#include "net/wire/mtchat/serverframekeys_p.h"
#include "net/wire/mtchat/serverframes.h"

#include <QHash>

#include <limits>

namespace presently::net::mtchat {

namespace {

//! What a server may send at once: a snapshot part, or a message of 50,000 bytes with its markup.
constexpr JsonLimits FrameLimits{1024 * 1024, 32};
constexpr qsizetype MaxTypeLength = 64;

using Decoded = Expected<ServerFrame, Error>;
using Decoder = Decoded (*)(FieldReader &read, const QJsonObject &object);

Expected<HeartbeatTerms, Error> heartbeatTerms(const QJsonObject &object)
{
    FieldReader read(object);
    HeartbeatTerms terms;
    terms.interval = read.milliseconds(IntervalKey);
    terms.lease = read.milliseconds(LeaseKey);
    terms.slack = read.optionalMilliseconds(SlackKey).value_or(Milliseconds{0});
    if (!read.error() && terms.interval < Milliseconds{100})
        read.refuse(IntervalKey, QStringLiteral("shorter than 100 ms"));
    return read.finish(terms);
}

Decoded connected(FieldReader &read, const QJsonObject &)
{
    ConnectedFrame frame;
    frame.user = read.id<UserId>(EmployeeKey);
    if (!read.has(SessionKey))
        return read.finish<ServerFrame>(frame);
    SessionTerms terms;
    terms.session = read.id<SessionId>(SessionKey);
    terms.epoch = read.integer(EpochKey);
    terms.seq = read.integer(SeqKey);
    terms.serverTime = read.time(ServerTimeKey);
    terms.heartbeat = read.nested(HeartbeatKey, heartbeatTerms);
    terms.resumeWindow = read.optionalMilliseconds(ResumeWindowKey).value_or(Milliseconds{0});
    terms.features = read.texts(FeaturesKey);
    frame.terms = terms;
    return read.finish<ServerFrame>(frame);
}

Decoded pong(FieldReader &, const QJsonObject &)
{
    return ServerFrame(PongFrame{});
}

Decoded presenceUpdate(FieldReader &read, const QJsonObject &object)
{
    auto record = presenceFromJson(object);
    if (!record)
        return Unexpected{record.error()};
    PresenceUpdateFrame frame{*std::move(record)};
    if (read.has(IntentKey))
        frame.intent = read.nested(IntentKey, intentFromJson);
    return read.finish<ServerFrame>(frame);
}

Decoded presenceSnapshot(FieldReader &read, const QJsonObject &)
{
    PresenceSnapshotFrame frame;
    frame.epoch = read.integer(EpochKey);
    frame.complete = read.boolean(CompleteKey);
    const qint64 epoch = frame.epoch;
    frame.users = read.each(
        UsersKey, [epoch](const QJsonObject &row) { return presenceFromJson(row, epoch); },
        MaxSnapshotPart);
    return read.finish<ServerFrame>(frame);
}

//! The whole message of a frame, if the server sent one.
std::optional<Expected<Message, Error>> wholeMessage(FieldReader &read, const QJsonObject &object)
{
    if (!read.has(PayloadKey))
        return std::nullopt;
    FieldReader payload(object.value(PayloadKey).toObject());
    if (!payload.has(MessageKey))
        return std::nullopt;
    const Message message = payload.nested(MessageKey, messageFromJson);
    if (payload.error()) {
        Error error = *payload.error();
        error.field.prepend(QString(PayloadKey) + u'.');
        return Unexpected{error};
    }
    return message;
}

Decoded messageNew(FieldReader &read, const QJsonObject &object)
{
    if (auto whole = wholeMessage(read, object)) {
        if (!*whole)
            return Unexpected{whole->error()};
        return ServerFrame(MessageNewFrame{**whole, true});
    }
    Message message;
    message.id = read.id<MessageId>(IdKey);
    message.conversation = read.id<ConversationId>(DialogKey);
    message.sender = read.optionalId<UserId>(SenderKey).value_or(UserId{});
    message.content = read.text(ContentKey);
    message.sentAt = read.time(SentAtKey);
    message.kind = messageKindFromWire(read.textOr(MessageTypeKey));
    return read.finish<ServerFrame>(MessageNewFrame{message, false});
}

Decoded messageEdited(FieldReader &read, const QJsonObject &object)
{
    if (auto whole = wholeMessage(read, object)) {
        if (!*whole)
            return Unexpected{whole->error()};
        return ServerFrame(MessageEditedFrame{**whole, true});
    }
    Message message;
    message.id = read.id<MessageId>(IdKey);
    message.conversation = read.id<ConversationId>(DialogKey);
    message.content = read.text(ContentKey);
    message.lastEditedAt = read.time(EditedAtKey);
    return read.finish<ServerFrame>(MessageEditedFrame{message, false});
}

Decoded messageDeleted(FieldReader &read, const QJsonObject &)
{
    MessageDeletedFrame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    frame.message = read.id<MessageId>(IdKey);
    return read.finish<ServerFrame>(frame);
}

Decoded messageRead(FieldReader &read, const QJsonObject &)
{
    MessageReadFrame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    frame.user = read.id<UserId>(UserKey);
    frame.lastRead = read.id<MessageId>(LastReadKey);
    return read.finish<ServerFrame>(frame);
}

//! Frames that name a conversation and a person, and nothing else.
template <typename Frame>
Decoded personIn(FieldReader &read, const QJsonObject &)
{
    Frame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    frame.user = read.id<UserId>(UserKey);
    return read.finish<ServerFrame>(frame);
}

//! Frames that name a conversation, and nothing else.
template <typename Frame>
Decoded conversationOnly(FieldReader &read, const QJsonObject &)
{
    Frame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    return read.finish<ServerFrame>(frame);
}

Decoded conversationChanged(FieldReader &read, const QJsonObject &)
{
    ConversationChangedFrame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    frame.pinned = read.optionalBoolean(PinnedKey);
    frame.muted = read.optionalBoolean(MutedKey);
    frame.archived = read.optionalBoolean(ArchivedKey);
    if (const auto unread = read.optionalInteger(UnreadKey))
        frame.unreadCount = int(std::min<qint64>(*unread, std::numeric_limits<int>::max()));
    return read.finish<ServerFrame>(frame);
}

Decoded typing(FieldReader &read, const QJsonObject &)
{
    TypingFrame frame;
    frame.conversation = read.id<ConversationId>(DialogKey);
    frame.user = read.id<UserId>(UserKey);
    frame.until = read.time(UntilKey);
    return read.finish<ServerFrame>(frame);
}

Decoded resync(FieldReader &read, const QJsonObject &)
{
    ResyncFrame frame{read.textOr(ReasonKey)};
    return read.finish<ServerFrame>(frame);
}

Decoded error(FieldReader &read, const QJsonObject &)
{
    ErrorFrame frame;
    frame.code = read.textOr(CodeKey);
    frame.message = read.textOr(MessageKey);
    return read.finish<ServerFrame>(frame);
}

Decoded goodbye(FieldReader &read, const QJsonObject &)
{
    GoodbyeFrame frame;
    frame.reason = read.textOr(ReasonKey);
    frame.retryAfter = read.optionalMilliseconds(RetryAfterKey);
    return read.finish<ServerFrame>(frame);
}

const QHash<QString, Decoder> &decoders()
{
    static const QHash<QString, Decoder> table{
        {QString(ConnectedType), connected},
        {QString(PongType), pong},
        {QString(PresenceUpdateType), presenceUpdate},
        {QString(PresenceSnapshotType), presenceSnapshot},
        {QString(MessageNewType), messageNew},
        {QString(MessageEditedType), messageEdited},
        {QString(MessageDeletedType), messageDeleted},
        {QString(MessageReadType), messageRead},
        {QString(ParticipantJoinedType), personIn<ParticipantJoinedFrame>},
        {QString(ParticipantLeftType), personIn<ParticipantLeftFrame>},
        {QString(ArchivedType), conversationOnly<ConversationArchivedFrame>},
        {QString(UnarchivedType), conversationOnly<ConversationUnarchivedFrame>},
        {QString(ConversationChangedType), conversationChanged},
        {QString(TypingType), typing},
        {QString(ResyncType), resync},
        {QString(ErrorType), error},
        {QString(GoodbyeType), goodbye},
    };
    return table;
}

//! The fields of a frame in either form: flat, or under `payload`. What stands flat wins.
QJsonObject flattened(const QJsonObject &object)
{
    QJsonObject flat = object.value(PayloadKey).toObject();
    for (auto field = object.begin(); field != object.end(); ++field)
        flat.insert(field.key(), field.value());
    return flat;
}

} // namespace

Expected<ServerMessage, Error> decodeServerFrame(const QByteArray &text)
{
    const auto parsed = parseObject(text, FrameLimits);
    if (!parsed)
        return Unexpected{parsed.error()};
    const bool isNested = parsed->value(PayloadKey).isObject();
    const QJsonObject object = isNested ? flattened(*parsed) : *parsed;
    FieldReader read(object);
    const QString type = read.text(TypeKey);
    ServerMessage message;
    message.seq = read.optionalInteger(SeqKey);
    if (read.error())
        return Unexpected{*read.error()};
    const Decoder decoder = decoders().value(type);
    if (!decoder) {
        message.frame = UnknownFrame{type.left(MaxTypeLength)};
        return message;
    }
    auto frame = decoder(read, object);
    if (!frame)
        return Unexpected{frame.error()};
    message.frame = *std::move(frame);
    // There it is where the count begins, not the place of this frame.
    if (std::holds_alternative<ConnectedFrame>(message.frame))
        message.seq.reset();
    return message;
}

} // namespace presently::net::mtchat
