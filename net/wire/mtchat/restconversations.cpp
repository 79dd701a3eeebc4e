// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/restconversations.h"

#include "models/core/timeformat.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/fieldreader_p.h"
#include "net/wire/mtchat/restpeople.h"

#include <limits>

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto IdKey = "id"_L1;
constexpr auto ObjectIdKey = "object_id"_L1;
constexpr auto ObjectTypeKey = "object_type"_L1;
constexpr auto TitleKey = "title"_L1;
constexpr auto ObjectUrlKey = "object_url"_L1;
constexpr auto CreatedByKey = "created_by"_L1;
constexpr auto CreatedAtKey = "created_at"_L1;
constexpr auto MetaKey = "meta"_L1;
constexpr auto CountKey = "participants_count"_L1;
constexpr auto IsParticipantKey = "i_am_participant"_L1;
constexpr auto CanJoinKey = "can_join"_L1;
constexpr auto UnreadKey = "unread_count"_L1;
constexpr auto ArchivedKey = "is_archived"_L1;
constexpr auto PinnedKey = "is_pinned"_L1;
constexpr auto NotificationsKey = "notifications_enabled"_L1;
constexpr auto LastMessageAtKey = "last_message_at"_L1;
constexpr auto LastMessageKey = "last_message"_L1;
constexpr auto ParticipantsKey = "participants"_L1;
constexpr auto UserKey = "user_id"_L1;
constexpr auto NameKey = "display_name"_L1;
constexpr auto CompanyKey = "company"_L1;
constexpr auto EmailKey = "email"_L1;
constexpr auto PhoneKey = "phone"_L1;
constexpr auto PresenceKey = "presence"_L1;
constexpr auto ContentKey = "content"_L1;
constexpr auto SenderKey = "sender_id"_L1;
constexpr auto SenderNameKey = "sender_name"_L1;
constexpr auto SentAtKey = "sent_at"_L1;
constexpr auto MessageTypeKey = "message_type"_L1;
constexpr auto DialogKey = "dialog_id"_L1;
constexpr auto JoinedAtKey = "joined_at"_L1;
constexpr auto JoinedAsKey = "joined_as"_L1;
constexpr auto LastReadKey = "last_read_message_id"_L1;
constexpr auto IsOnlineKey = "is_online"_L1;

constexpr qsizetype MaxPeople = 100'000;

QJsonValue textOrNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null);
}

QJsonValue filledOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

template <typename T>
void insertIfSet(QJsonObject &object, QLatin1StringView key, const std::optional<T> &value)
{
    if (value)
        object.insert(key, QJsonValue(*value));
}

void insertIfFilled(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

int boundedCount(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

std::optional<int> optionalCount(FieldReader &read, QLatin1StringView key)
{
    const auto count = read.optionalInteger(key);
    return count ? std::optional(boundedCount(*count)) : std::nullopt;
}

QJsonObject toJson(const MessagePreview &preview)
{
    QJsonObject object{{IdKey, preview.id.value}, {ContentKey, preview.content},
        {SentAtKey, toRfc3339(preview.sentAt)}, {MessageTypeKey, QString(toWire(preview.kind))}};
    insertIfFilled(object, SenderKey, preview.sender.value);
    insertIfFilled(object, SenderNameKey, preview.senderName);
    return object;
}

Expected<MessagePreview, Error> previewFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    MessagePreview preview;
    preview.id = read.id<MessageId>(IdKey);
    preview.content = read.text(ContentKey);
    preview.sentAt = read.time(SentAtKey);
    preview.kind = messageKindFromWire(read.textOr(MessageTypeKey));
    preview.sender = read.optionalId<UserId>(SenderKey).value_or(UserId{});
    preview.senderName = read.name(SenderNameKey);
    return read.finish(preview);
}

QJsonObject toJson(const PersonPreview &person)
{
    QJsonObject object{{UserKey, person.user.value}};
    insertIfFilled(object, NameKey, person.displayName);
    insertIfFilled(object, CompanyKey, person.company);
    if (person.presence) {
        PresenceRecord record = *person.presence;
        record.user = person.user;
        object.insert(PresenceKey, presenceToJson(record, EpochField::Written));
    }
    return object;
}

Expected<PersonPreview, Error> personPreviewFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    PersonPreview person;
    person.user = read.id<UserId>(UserKey);
    person.displayName = read.name(NameKey);
    person.company = read.name(CompanyKey);
    if (read.has(PresenceKey)) {
        person.presence = read.nested(
            PresenceKey, [](const QJsonObject &presence) { return presenceFromJson(presence); });
    }
    return read.finish(person);
}

} // namespace

QJsonObject toJson(const StartConversationRequest &request)
{
    QJsonArray people;
    for (const UserId &person : request.people)
        people.append(person.value);
    QJsonObject object{{ParticipantsKey, people}};
    insertIfFilled(object, TitleKey, request.title);
    return object;
}

Expected<StartConversationRequest, Error> startConversationRequestFromJson(
    const QJsonObject &object)
{
    FieldReader read(object);
    StartConversationRequest request;
    if (!object.contains(ParticipantsKey))
        return Unexpected{
            Error{ErrorCode::MissingField, QString(ParticipantsKey), u"missing"_s, {}}};
    for (const QString &person : read.texts(ParticipantsKey)) {
        if (person.isEmpty() || person.toUtf8().size() > FieldReader::MaxIdBytes)
            read.refuse(ParticipantsKey, u"not ids of 1 to 255 bytes"_s);
        request.people.append(UserId{person});
    }
    request.title = read.textOr(TitleKey);
    return read.finish(request);
}

QJsonObject toJson(const ConversationDetails &details)
{
    QJsonObject object{
        {IdKey, details.id.value},
        {ObjectIdKey, details.objectId},
        {ObjectTypeKey, details.objectType},
        {TitleKey, textOrNull(details.title)},
        {ObjectUrlKey, textOrNull(details.objectUrl)},
        {CreatedByKey,
            details.createdBy ? QJsonValue(details.createdBy->value)
                              : QJsonValue(QJsonValue::Null)},
        {CreatedAtKey, toRfc3339(details.createdAt)},
    };
    if (!details.meta.isUndefined())
        object.insert(MetaKey, details.meta);
    return object;
}

Expected<ConversationDetails, Error> conversationDetailsFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    ConversationDetails details;
    details.id = read.id<ConversationId>(IdKey);
    details.objectId = read.textOr(ObjectIdKey);
    details.objectType = read.textOr(ObjectTypeKey);
    if (read.has(TitleKey))
        details.title = read.name(TitleKey);
    details.objectUrl = read.optionalText(ObjectUrlKey);
    details.createdBy = read.optionalId<UserId>(CreatedByKey);
    details.createdAt = read.time(CreatedAtKey);
    details.meta = object.value(MetaKey);
    return read.finish(details);
}

QJsonObject toJson(const ConversationItem &item)
{
    QJsonObject object = toJson(item.details);
    insertIfSet(object, CountKey, item.participantsCount);
    insertIfSet(object, IsParticipantKey, item.isParticipant);
    insertIfSet(object, CanJoinKey, item.canJoin);
    insertIfSet(object, UnreadKey, item.unreadCount);
    insertIfSet(object, ArchivedKey, item.isArchived);
    insertIfSet(object, PinnedKey, item.isPinned);
    insertIfSet(object, NotificationsKey, item.notificationsEnabled);
    if (item.lastMessageAt)
        object.insert(LastMessageAtKey, toRfc3339(*item.lastMessageAt));
    if (item.lastMessage)
        object.insert(LastMessageKey, toJson(*item.lastMessage));
    if (item.participants) {
        QJsonArray people;
        for (const PersonPreview &person : *item.participants)
            people.append(toJson(person));
        object.insert(ParticipantsKey, people);
    }
    return object;
}

Expected<ConversationItem, Error> conversationItemFromJson(const QJsonObject &object)
{
    auto details = conversationDetailsFromJson(object);
    if (!details)
        return Unexpected{details.error()};
    FieldReader read(object);
    ConversationItem item;
    item.details = *std::move(details);
    item.participantsCount = optionalCount(read, CountKey);
    item.isParticipant = read.optionalBoolean(IsParticipantKey);
    item.canJoin = read.optionalBoolean(CanJoinKey);
    item.unreadCount = optionalCount(read, UnreadKey);
    item.isArchived = read.optionalBoolean(ArchivedKey);
    item.isPinned = read.optionalBoolean(PinnedKey);
    item.notificationsEnabled = read.optionalBoolean(NotificationsKey);
    item.lastMessageAt = read.optionalTime(LastMessageAtKey);
    if (read.has(LastMessageKey))
        item.lastMessage = read.nested(LastMessageKey, previewFromJson);
    if (read.has(ParticipantsKey))
        item.participants = read.each(ParticipantsKey, personPreviewFromJson, MaxPeople);
    return read.finish(item);
}

QJsonObject toJson(const ParticipantItem &item)
{
    const Participant &person = item.participant;
    QJsonObject object;
    if (item.presence) {
        PresenceRecord record = *item.presence;
        record.user = person.user;
        object = presenceToJson(record, EpochField::LeftOut);
    }
    insertIfFilled(object, DialogKey, item.conversation.value);
    object.insert(UserKey, person.user.value);
    object.insert(JoinedAtKey, toRfc3339(person.joinedAt));
    object.insert(JoinedAsKey, QString(toWire(person.joinedAs)));
    object.insert(NotificationsKey, item.notificationsEnabled);
    object.insert(LastReadKey,
        person.lastRead ? QJsonValue(person.lastRead->value) : QJsonValue(QJsonValue::Null));
    object.insert(UnreadKey, item.unreadCount);
    object.insert(NameKey, filledOrNull(person.displayName));
    object.insert(CompanyKey, filledOrNull(person.company));
    object.insert(EmailKey, filledOrNull(person.email));
    object.insert(PhoneKey, filledOrNull(person.phone));
    object.insert(ArchivedKey, item.isArchived);
    object.insert(PinnedKey, item.isPinned);
    return object;
}

Expected<ParticipantItem, Error> participantItemFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    ParticipantItem item;
    Participant &person = item.participant;
    item.conversation = read.optionalId<ConversationId>(DialogKey).value_or(ConversationId{});
    person.user = read.id<UserId>(UserKey);
    person.joinedAt = read.optionalTime(JoinedAtKey).value_or(WallTime{});
    person.joinedAs = joinedAsFromWire(read.textOr(JoinedAsKey));
    person.lastRead = read.optionalId<MessageId>(LastReadKey);
    person.displayName = read.name(NameKey);
    person.company = read.name(CompanyKey);
    person.email = read.name(EmailKey);
    person.phone = read.name(PhoneKey);
    item.notificationsEnabled = read.optionalBoolean(NotificationsKey).value_or(true);
    item.isArchived = read.optionalBoolean(ArchivedKey).value_or(false);
    item.isPinned = read.optionalBoolean(PinnedKey).value_or(false);
    item.unreadCount = optionalCount(read, UnreadKey).value_or(0);
    if (read.error() || !read.has(IsOnlineKey))
        return read.finish(item);
    auto presence = presenceFromJson(object, 0);
    if (!presence)
        return Unexpected{presence.error()};
    item.presence = *std::move(presence);
    return item;
}

Conversation toConversation(const ConversationItem &item)
{
    Conversation conversation;
    conversation.id = item.details.id;
    conversation.title = item.details.title.value_or(QString());
    conversation.createdAt = item.details.createdAt;
    for (const PersonPreview &preview : item.participants.value_or(QList<PersonPreview>())) {
        Participant person;
        person.user = preview.user;
        person.displayName = preview.displayName;
        person.company = preview.company;
        conversation.participants.append(person);
    }
    conversation.participantCount
        = item.participantsCount.value_or(int(conversation.participants.size()));
    conversation.unreadCount = item.unreadCount.value_or(0);
    conversation.canJoin = item.canJoin.value_or(false);
    conversation.isMember = item.isParticipant.value_or(!conversation.canJoin);
    conversation.isPinned = item.isPinned.value_or(false);
    conversation.isMuted = !item.notificationsEnabled.value_or(true);
    conversation.isArchived = item.isArchived.value_or(false);
    conversation.lastMessageAt = item.lastMessageAt;
    conversation.lastMessage = item.lastMessage;
    return conversation;
}

} // namespace presently::net::mtchat
