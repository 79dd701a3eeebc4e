// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/expected.h"
#include "models/core/presence.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

//! \file
//! Conversations and their people on the REST API: net/README.md, "REST". Each shape is read and
//! written here; `data` envelopes are in rest.h. Reading names the path of what it cannot take.

namespace presently::net::mtchat {

//! \brief "Dialog" of the contract: a conversation and the outside object that it is about.
struct ConversationDetails {
    ConversationId id;
    QString objectId;
    QString objectType;
    std::optional<QString> title;
    std::optional<QString> objectUrl;
    std::optional<UserId> createdBy;
    WallTime createdAt;
    QJsonValue meta = QJsonValue::Undefined; //!< any JSON; undefined: left out

    bool operator==(const ConversationDetails &) const = default;
};

//! \brief One person as a list of conversations names them.
struct PersonPreview {
    UserId user;
    QString displayName;
    QString company;
    std::optional<PresenceRecord>
        presence; //!< ours: of the other side of a conversation of two, else none

    bool operator==(const PersonPreview &) const = default;
};

//! \brief "DialogItem" of the contract: one row of a list, to one person. What is not set is left
//! out.
struct ConversationItem {
    ConversationDetails details;
    std::optional<int> participantsCount;
    std::optional<bool> isParticipant;
    std::optional<bool> canJoin;
    std::optional<int> unreadCount;
    std::optional<bool> isArchived;
    std::optional<bool> isPinned;
    std::optional<bool> notificationsEnabled;
    std::optional<WallTime> lastMessageAt;
    std::optional<MessagePreview> lastMessage;
    std::optional<QList<PersonPreview>> participants;

    bool operator==(const ConversationItem &) const = default;
};

//! \brief "Participant" of the contract, with the presence of the person: a row of the snapshot.
struct ParticipantItem {
    ConversationId conversation;
    Participant participant;
    bool notificationsEnabled = true;
    bool isArchived = false;
    bool isPinned = false;
    int unreadCount = 0;
    std::optional<PresenceRecord> presence; //!< its user is not written; none: management replies

    bool operator==(const ParticipantItem &) const = default;
};

//! \brief Which callers a conversation is open to: net/README.md, "REST". An empty list matches
//! all.
struct AccessScope {
    QString id; //!< empty in requests
    QStringList level0;
    QStringList level1;
    QStringList level2;
    std::optional<WallTime> createdAt;

    bool operator==(const AccessScope &) const = default;
};

//! \brief A person who is put into a conversation, or joins it. `user` is empty when joining.
struct ParticipantInput {
    UserId user;
    QString displayName;
    QString company;
    std::optional<QString> email;
    std::optional<QString> phone;

    bool operator==(const ParticipantInput &) const = default;
};

//! \brief The body with which somebody starts a conversation; two people get the one they have.
struct StartConversationRequest {
    QList<UserId> people; //!< without the one who asks
    QString title; //!< may be empty

    bool operator==(const StartConversationRequest &) const = default;
};

[[nodiscard]] QJsonObject toJson(const StartConversationRequest &request);
[[nodiscard]] Expected<StartConversationRequest, Error> startConversationRequestFromJson(
    const QJsonObject &object);
//! The body `{enabled}` that turns the notifications of a conversation on or off.
[[nodiscard]] QJsonObject notificationsRequestToJson(bool enabled);
[[nodiscard]] Expected<bool, Error> notificationsRequestFromJson(const QJsonObject &object);
//! The body `{last_read_message_id}`.
[[nodiscard]] QJsonObject readRequestToJson(const MessageId &lastRead);
[[nodiscard]] Expected<MessageId, Error> readRequestFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const ConversationDetails &details);
[[nodiscard]] Expected<ConversationDetails, Error> conversationDetailsFromJson(
    const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const ConversationItem &item);
[[nodiscard]] Expected<ConversationItem, Error> conversationItemFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const ParticipantItem &item);
[[nodiscard]] Expected<ParticipantItem, Error> participantItemFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const AccessScope &scope, const ConversationId &conversation = {});
[[nodiscard]] Expected<AccessScope, Error> accessScopeFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const ParticipantInput &input);
[[nodiscard]] Expected<ParticipantInput, Error> participantInputFromJson(const QJsonObject &object);
//! The body of a join: a participant without `user_id`.
[[nodiscard]] Expected<ParticipantInput, Error> joinRequestFromJson(const QJsonObject &object);

//! The header `X-Scope-Config`: base64 of JSON in UTF-8.
[[nodiscard]] QByteArray encodeScopeHeader(const AccessScope &scope);
[[nodiscard]] Expected<AccessScope, Error> decodeScopeHeader(const QByteArray &header);

//! The row as the rest of a client knows it. Absent fields take the defaults of Conversation.
[[nodiscard]] Conversation toConversation(const ConversationItem &item);

} // namespace presently::net::mtchat
