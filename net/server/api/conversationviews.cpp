// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/conversationviews.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace presently::net {

namespace {

//! The stored JSON of a conversation's `meta`: any value, so it is wrapped to be parsed.
QJsonValue metaOf(const ConversationRecord &record)
{
    if (!record.meta)
        return QJsonValue::Undefined;
    return QJsonDocument::fromJson('[' + *record.meta + ']').array().at(0);
}

Participant personOf(const ParticipantRecord &record)
{
    Participant person;
    person.user = record.user;
    person.displayName = record.displayName;
    person.company = record.company.value_or(QString());
    person.email = record.email.value_or(QString());
    person.phone = record.phone.value_or(QString());
    person.joinedAs = record.joinedAs;
    person.joinedAt = record.joinedAt;
    person.lastRead = record.lastReadShown;
    return person;
}

QList<mtchat::PersonPreview> previews(
    const ApiContext &context, PersonKey viewer, const ConversationSummary &summary)
{
    const bool isDirect = summary.isParticipant && summary.participants.size() == 2;
    QList<mtchat::PersonPreview> people;
    for (const ParticipantName &name : summary.participants) {
        mtchat::PersonPreview preview{
            name.user, name.displayName, name.company.value_or(QString()), {}};
        if (isDirect && name.person != viewer)
            preview.presence = context.broadcaster.presenceFor(viewer, name.person);
        people.append(preview);
    }
    return people;
}

} // namespace

mtchat::ConversationDetails detailsOf(const ConversationRecord &record)
{
    return {record.id, record.objectId, record.objectType, record.title, record.objectUrl,
        record.createdBy, record.createdAt, metaOf(record)};
}

mtchat::AccessScope scopeOf(const AccessScopeRecord &record)
{
    return {
        record.id, record.scope.level0, record.scope.level1, record.scope.level2, record.createdAt};
}

mtchat::ConversationItem itemFor(
    const ApiContext &context, PersonKey viewer, const ConversationSummary &summary)
{
    mtchat::ConversationItem item;
    item.details = detailsOf(summary.conversation);
    item.isParticipant = summary.isParticipant;
    item.participantsCount = summary.participantCount;
    item.participants = previews(context, viewer, summary);
    item.lastMessageAt = summary.lastMessageAt;
    if (!summary.isParticipant) {
        item.canJoin = summary.canJoin;
        return item;
    }
    item.unreadCount = summary.unreadCount;
    item.isArchived = summary.isArchived;
    item.isPinned = summary.isPinned;
    item.notificationsEnabled = summary.notificationsEnabled;
    item.lastMessage = summary.lastMessage;
    return item;
}

mtchat::ParticipantItem participantOf(
    const ConversationId &conversation, const ParticipantRecord &record)
{
    mtchat::ParticipantItem item;
    item.conversation = conversation;
    item.participant = personOf(record);
    item.notificationsEnabled = record.notificationsEnabled;
    item.isArchived = record.isArchived;
    item.isPinned = record.isPinned;
    item.unreadCount = record.unreadCountShown;
    return item;
}

mtchat::ParticipantItem participantFor(const ApiContext &context, PersonKey viewer,
    const ConversationId &conversation, const ParticipantRecord &record, ContactDetails details)
{
    mtchat::ParticipantItem item = participantOf(conversation, record);
    if (record.person == viewer) {
        item.participant.lastRead = record.lastRead;
        item.unreadCount = record.unreadCount;
    } else {
        item.notificationsEnabled = true;
        item.isArchived = false;
        item.isPinned = false;
    }
    if (details == ContactDetails::Hidden) {
        item.participant.email.clear();
        item.participant.phone.clear();
    }
    item.presence = context.broadcaster.presenceFor(viewer, record.person);
    return item;
}

} // namespace presently::net
