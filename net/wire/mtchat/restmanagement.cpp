// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/restmanagement.h"

#include "net/wire/mtchat/fieldreader_p.h"

namespace presently::net::mtchat {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto ObjectIdKey = "object_id"_L1;
constexpr auto ObjectTypeKey = "object_type"_L1;
constexpr auto TitleKey = "title"_L1;
constexpr auto ObjectUrlKey = "object_url"_L1;
constexpr auto ParticipantsKey = "participants"_L1;
constexpr auto ScopesKey = "access_scopes"_L1;
constexpr auto MetaKey = "meta"_L1;
constexpr auto LoginKey = "login"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto NameKey = "display_name"_L1;
constexpr auto CompanyKey = "company"_L1;
constexpr auto EmailKey = "email"_L1;
constexpr auto PhoneKey = "phone"_L1;
constexpr auto IdsKey = "ids"_L1;

constexpr qsizetype MaxParticipants = 1000;
constexpr qsizetype MaxScopes = 100;

} // namespace

QJsonObject toJson(const CreateConversationRequest &request)
{
    QJsonObject object{{ObjectIdKey, request.objectId}, {ObjectTypeKey, request.objectType}};
    if (request.title)
        object.insert(TitleKey, *request.title);
    if (request.objectUrl)
        object.insert(ObjectUrlKey, *request.objectUrl);
    QJsonArray participants;
    for (const ParticipantInput &participant : request.participants)
        participants.append(toJson(participant));
    object.insert(ParticipantsKey, participants);
    QJsonArray scopes;
    for (const AccessScope &scope : request.scopes)
        scopes.append(toJson(scope));
    object.insert(ScopesKey, scopes);
    if (!request.meta.isUndefined())
        object.insert(MetaKey, request.meta);
    return object;
}

Expected<CreateConversationRequest, Error> createConversationRequestFromJson(
    const QJsonObject &object)
{
    FieldReader read(object);
    CreateConversationRequest request;
    request.objectId = read.text(ObjectIdKey);
    request.objectType = read.text(ObjectTypeKey);
    request.title = read.optionalText(TitleKey);
    request.objectUrl = read.optionalText(ObjectUrlKey);
    if (read.array(ParticipantsKey).isEmpty() && read.error())
        return Unexpected{*read.error()};
    request.participants = read.each(ParticipantsKey, participantInputFromJson, MaxParticipants);
    request.scopes = read.each(ScopesKey, accessScopeFromJson, MaxScopes);
    request.meta = read.has(MetaKey) ? object.value(MetaKey) : QJsonValue(QJsonValue::Undefined);
    return read.finish(request);
}

Expected<FindConversationRequest, Error> findConversationRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    FindConversationRequest request;
    request.objectId = read.text(ObjectIdKey);
    request.objectType = read.text(ObjectTypeKey);
    if (read.has(ScopesKey))
        request.scopes = read.each(ScopesKey, accessScopeFromJson, MaxScopes);
    return read.finish(request);
}

Expected<QList<AccessScope>, Error> scopesRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    if (!object.contains(ScopesKey))
        return Unexpected{Error{ErrorCode::MissingField, QString(ScopesKey), u"missing"_s, {}}};
    const QList<AccessScope> scopes = read.each(ScopesKey, accessScopeFromJson, MaxScopes);
    return read.finish(scopes);
}

Expected<CreatePersonRequest, Error> createPersonRequestFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    CreatePersonRequest request;
    request.login = read.text(LoginKey);
    request.password = read.text(PasswordKey);
    request.displayName = read.textOr(NameKey);
    request.company = read.textOr(CompanyKey);
    request.email = read.textOr(EmailKey);
    request.phone = read.textOr(PhoneKey);
    const QJsonObject ids = read.has(IdsKey) ? read.object(IdsKey) : QJsonObject();
    for (auto id = ids.begin(); id != ids.end(); ++id) {
        request.ids.insert(
            id.key(), id->isDouble() ? QString::number(id->toInteger()) : id->toString());
    }
    return read.finish(request);
}

} // namespace presently::net::mtchat
