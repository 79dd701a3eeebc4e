// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/mtchat/restconversations.h"

#include <QMap>

//! \file
//! The Management API: net/README.md, "REST".

namespace presently::net::mtchat {

//! \brief The body that makes a conversation about an object.
struct CreateConversationRequest {
    QString objectId;
    QString objectType;
    std::optional<QString> title;
    std::optional<QString> objectUrl;
    QList<ParticipantInput> participants;
    QList<AccessScope> scopes;
    QJsonValue meta = QJsonValue::Undefined;
};

//! \brief The body that looks for the newest conversation about an object.
struct FindConversationRequest {
    QString objectId;
    QString objectType;
    std::optional<QList<AccessScope>> scopes; //!< none: any
};

//! \brief The body that makes a person who can sign in. What is empty is chosen.
struct CreatePersonRequest {
    QString login;
    QString password;
    QString displayName;
    QString company;
    QString email;
    QString phone;
    QMap<QString, QString> ids; //!< dialect -> id
};

[[nodiscard]] QJsonObject toJson(const CreateConversationRequest &request);
[[nodiscard]] Expected<CreateConversationRequest, Error> createConversationRequestFromJson(
    const QJsonObject &object);
[[nodiscard]] Expected<FindConversationRequest, Error> findConversationRequestFromJson(
    const QJsonObject &object);
//! The body `{access_scopes}`.
[[nodiscard]] Expected<QList<AccessScope>, Error> scopesRequestFromJson(const QJsonObject &object);
[[nodiscard]] Expected<CreatePersonRequest, Error> createPersonRequestFromJson(
    const QJsonObject &object);

} // namespace presently::net::mtchat
