// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/serverframes.h"

#include "models/core/timeformat.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/json/jsonwriter.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restmessages.h"
#include "net/wire/mtchat/restpeople.h"
#include "net/wire/mtchat/serverframekeys_p.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype RowBytes = 400; //!< of one person in a snapshot, as a rule less

QJsonObject typed(QLatin1StringView type)
{
    return {{TypeKey, QString(type)}};
}

QJsonObject about(QLatin1StringView type, const ConversationId &conversation)
{
    return {{TypeKey, QString(type)}, {DialogKey, conversation.value}};
}

QJsonObject toJson(const HeartbeatTerms &terms)
{
    return {{IntervalKey, qint64(terms.interval.count())}, {LeaseKey, qint64(terms.lease.count())},
        {SlackKey, qint64(terms.slack.count())}};
}

QJsonObject toJson(const ConnectedFrame &frame)
{
    QJsonObject object{{TypeKey, QString(ConnectedType)}, {EmployeeKey, frame.user.value}};
    if (!frame.terms)
        return object;
    const SessionTerms &terms = *frame.terms;
    object.insert(SessionKey, terms.session.value);
    object.insert(EpochKey, terms.epoch);
    object.insert(SeqKey, terms.seq);
    object.insert(ServerTimeKey, toRfc3339(terms.serverTime));
    object.insert(HeartbeatKey, toJson(terms.heartbeat));
    object.insert(ResumeWindowKey, qint64(terms.resumeWindow.count()));
    object.insert(FeaturesKey, QJsonArray::fromStringList(terms.features));
    return object;
}

QJsonObject wholeMessage(const Message &message)
{
    return {{MessageKey, mtchat::toJson(message)}};
}

QJsonObject toJson(const MessageNewFrame &frame)
{
    const Message &message = frame.message;
    QJsonObject object = about(MessageNewType, message.conversation);
    object.insert(IdKey, message.id.value);
    if (!message.sender.isEmpty())
        object.insert(SenderKey, message.sender.value);
    object.insert(ContentKey, message.content);
    object.insert(SentAtKey, toRfc3339(message.sentAt));
    object.insert(MessageTypeKey, QString(toWire(message.kind)));
    if (frame.complete)
        object.insert(PayloadKey, wholeMessage(message));
    return object;
}

QJsonObject toJson(const MessageEditedFrame &frame)
{
    const Message &message = frame.message;
    QJsonObject object = about(MessageEditedType, message.conversation);
    object.insert(IdKey, message.id.value);
    object.insert(ContentKey, message.content);
    object.insert(EditedAtKey, toRfc3339(message.lastEditedAt.value_or(message.sentAt)));
    if (frame.complete)
        object.insert(PayloadKey, wholeMessage(message));
    return object;
}

QJsonObject toJson(const MessageDeletedFrame &frame)
{
    QJsonObject object = about(MessageDeletedType, frame.conversation);
    object.insert(IdKey, frame.message.value);
    return object;
}

QJsonObject toJson(const MessageReadFrame &frame)
{
    QJsonObject object = about(MessageReadType, frame.conversation);
    object.insert(UserKey, frame.user.value);
    object.insert(LastReadKey, frame.lastRead.value);
    return object;
}

QJsonObject toJson(const ParticipantJoinedFrame &frame)
{
    QJsonObject object = about(ParticipantJoinedType, frame.conversation);
    object.insert(UserKey, frame.user.value);
    return object;
}

QJsonObject toJson(const ParticipantLeftFrame &frame)
{
    QJsonObject object = about(ParticipantLeftType, frame.conversation);
    object.insert(UserKey, frame.user.value);
    return object;
}

QJsonObject toJson(const ConversationArchivedFrame &frame)
{
    return about(ArchivedType, frame.conversation);
}

QJsonObject toJson(const ConversationUnarchivedFrame &frame)
{
    return about(UnarchivedType, frame.conversation);
}

QJsonObject toJson(const ConversationChangedFrame &frame)
{
    QJsonObject object = about(ConversationChangedType, frame.conversation);
    if (frame.pinned)
        object.insert(PinnedKey, *frame.pinned);
    if (frame.muted)
        object.insert(MutedKey, *frame.muted);
    if (frame.archived)
        object.insert(ArchivedKey, *frame.archived);
    if (frame.unreadCount)
        object.insert(UnreadKey, *frame.unreadCount);
    return object;
}

QJsonObject toJson(const TypingFrame &frame)
{
    QJsonObject object = about(TypingType, frame.conversation);
    object.insert(UserKey, frame.user.value);
    object.insert(UntilKey, toRfc3339(frame.until));
    return object;
}

QJsonObject toJson(const ResyncFrame &frame)
{
    return {{TypeKey, QString(ResyncType)}, {ReasonKey, frame.reason}};
}

QJsonObject toJson(const ErrorFrame &frame)
{
    return {{TypeKey, QString(ErrorType)}, {CodeKey, frame.code}, {MessageKey, frame.message}};
}

QJsonObject toJson(const GoodbyeFrame &frame)
{
    QJsonObject object{{TypeKey, QString(GoodbyeType)}, {ReasonKey, frame.reason}};
    if (frame.retryAfter)
        object.insert(RetryAfterKey, qint64(frame.retryAfter->count()));
    return object;
}

QJsonObject toJson(const UnknownFrame &)
{
    return {};
}

template <typename Frame>
QByteArray bytesOf(const Frame &frame)
{
    const QJsonObject object = toJson(frame);
    return object.isEmpty() ? QByteArray() : toAsciiJson(object);
}

// What is said most often is written without a detour.

QByteArray bytesOf(const PongFrame &)
{
    static const QByteArray pong = toAsciiJson(typed(PongType));
    return pong;
}

QByteArray bytesOf(const PresenceUpdateFrame &frame)
{
    JsonWriter json(RowBytes);
    writePresence(json, frame.record, PresenceEventFields{PresenceUpdateType, frame.intent});
    return json.bytes();
}

QByteArray bytesOf(const PresenceSnapshotFrame &frame)
{
    JsonWriter json(RowBytes * (frame.users.size() + 1));
    json.beginObject();
    json.boolean(CompleteKey, frame.complete);
    json.number(EpochKey, frame.epoch);
    json.text(TypeKey, PresenceSnapshotType);
    json.beginArray(UsersKey);
    for (const PresenceRecord &record : frame.users)
        writePresence(json, record);
    json.endArray();
    json.endObject();
    return json.bytes();
}

} // namespace

QByteArray encode(const ServerFrame &frame)
{
    return std::visit([](const auto &value) { return bytesOf(value); }, frame);
}

QByteArray withSeq(const QByteArray &encoded, qint64 seq)
{
    Q_ASSERT(encoded.endsWith('}'));
    return encoded.chopped(1) + seqEnding(seq);
}

QByteArray seqEnding(qint64 seq)
{
    return ",\"seq\":" + QByteArray::number(seq) + '}';
}

} // namespace presently::net::mtchat
