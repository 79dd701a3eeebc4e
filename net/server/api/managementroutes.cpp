// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/conversationviews.h"
#include "net/server/api/filestore.h"
#include "net/server/api/routes.h"
#include "net/server/api/systemmessages.h"
#include "net/wire/mtchat/restmanagement.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

constexpr qsizetype MaxMetaBytes = 64 * 1024;

HttpResponse notFound()
{
    return refuse(ApiErrorCode::NotFound, u"Dialog not found"_s);
}

HttpResponse refuseUnknown(const Error &error)
{
    return error.code == ErrorCode::NotFound ? notFound() : refuseFor(error);
}

//! The person behind an id of the host application; made when this is the first we hear of them.
Expected<PersonRecord, Error> ensurePerson(
    ApiContext &context, const mtchat::ParticipantInput &input)
{
    PeopleTable &people = context.database.people();
    const auto known = people.findById(PersonIdKind::Mtchat, input.user.value);
    if (known || known.error().code != ErrorCode::NotFound)
        return known;
    const auto made
        = people.ensure(input.user, cleanName(input.displayName), context.clock.wallNow());
    if (made)
        context.broadcaster.personAdded(made->key);
    return made;
}

NewParticipant participantFrom(PersonKey person, const mtchat::ParticipantInput &input)
{
    const auto cleaned = [](const std::optional<QString> &text) {
        const QString name = cleanName(text.value_or(QString()));
        return name.isEmpty() ? std::nullopt : std::optional(name);
    };
    return {person, cleanName(input.displayName), cleaned(input.company), cleaned(input.email),
        cleaned(input.phone), JoinedAs::Participant};
}

QList<AccessScope> storedScopes(const QList<mtchat::AccessScope> &scopes)
{
    QList<AccessScope> stored;
    for (const mtchat::AccessScope &scope : scopes)
        stored.append({scope.level0, scope.level1, scope.level2});
    return stored;
}

QJsonArray scopeRows(const ConversationId &id, const QList<AccessScopeRecord> &scopes)
{
    QJsonArray rows;
    for (const AccessScopeRecord &scope : scopes)
        rows.append(toJson(scopeOf(scope), id));
    return rows;
}

//! Everything of \a request but its people.
NewConversation conversationFrom(const mtchat::CreateConversationRequest &request)
{
    NewConversation conversation;
    conversation.objectId = request.objectId;
    conversation.objectType = request.objectType;
    if (request.title && !cleanName(*request.title).isEmpty())
        conversation.title = cleanName(*request.title);
    conversation.objectUrl = request.objectUrl;
    conversation.scopes = storedScopes(request.scopes);
    if (!request.meta.isUndefined()) {
        // A document must be an object or an array: the value goes through a list of one.
        const QByteArray list
            = QJsonDocument(QJsonArray{request.meta}).toJson(QJsonDocument::Compact);
        conversation.meta = list.mid(1, list.size() - 2);
    }
    return conversation;
}

HttpResponse create(ApiQuestion &question)
{
    const auto request = question.body(mtchat::createConversationRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    NewConversation conversation = conversationFrom(request);
    if (conversation.meta.value_or(QByteArray()).size() > MaxMetaBytes)
        return refuse(ApiErrorCode::InvalidInput, u"meta may have 64 KiB"_s);
    QList<PersonRecord> people;
    QList<NamedPerson> names;
    Broadcaster::Recipients everybody;
    for (const mtchat::ParticipantInput &input : request.participants) {
        const auto person = ensurePerson(context, input);
        if (!person)
            return refuseFor(person.error());
        if (everybody.contains(person->key))
            continue;
        everybody.append(person->key);
        people.append(*person);
        const NewParticipant participant = participantFrom(person->key, input);
        names.append({participant.displayName, participant.company.value_or(QString())});
        conversation.participants.append(participant);
    }
    if (!people.isEmpty())
        conversation.createdBy = people.first().ids.mtchat;
    const auto made = context.database.conversations().add(conversation, context.clock.wallNow());
    if (!made)
        return refuseFor(made.error());
    if (const auto said = addSystemMessage(context, made->id, chatCreatedContent(names)); !said)
        return refuseFor(said.error());
    for (const PersonRecord &person : people)
        context.broadcaster.participantJoined(made->id, person.key, person.ids.mtchat, everybody);
    return answerData(toJson(detailsOf(*made)));
}

HttpResponse search(ApiQuestion &question)
{
    const auto request = question.body(mtchat::findConversationRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    const auto scopes
        = request.scopes ? std::optional(storedScopes(*request.scopes)) : std::nullopt;
    const auto found = question.context().database.conversations().findByObject(
        request.objectType, request.objectId, scopes);
    if (!found)
        return refuseFor(found.error());
    return answerData(*found ? QJsonValue(toJson(detailsOf(**found))) : QJsonValue::Null);
}

HttpResponse one(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    ConversationTable &conversations = question.context().database.conversations();
    const auto record = conversations.find(id);
    if (!record)
        return refuseUnknown(record.error());
    const auto people = conversations.participants(id);
    const auto scopes = conversations.scopes(id);
    if (!people || !scopes)
        return refuseFor(people ? scopes.error() : people.error());
    QJsonArray participants;
    for (const ParticipantRecord &person : *people)
        participants.append(toJson(participantOf(id, person)));
    QJsonObject object = toJson(detailsOf(*record));
    object.insert("participants"_L1, participants);
    object.insert("access_scopes"_L1, scopeRows(id, *scopes));
    return answerData(object);
}

//! The published contract sends no event; its clients understand `participant.left` all the same,
//! and would show the conversation for ever without it.
HttpResponse remove(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    const auto people = context.database.conversations().participants(id);
    if (const auto removed = context.database.conversations().remove(id); !removed)
        return refuseFor(removed.error());
    FileStore(context.filesDirectory).removeAll(id);
    Broadcaster::Recipients members;
    for (const ParticipantRecord &person : people.value_or(QList<ParticipantRecord>())) {
        members.append(person.person);
        context.broadcaster.participantLeft(id, person.person, person.user, {person.person});
    }
    if (!members.isEmpty())
        context.broadcaster.conversationRemoved(id, members);
    return answerNothing(204);
}

HttpResponse addParticipant(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const auto input = question.body(mtchat::participantInputFromJson);
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    ConversationTable &conversations = context.database.conversations();
    if (const auto record = conversations.find(id); !record)
        return refuseUnknown(record.error());
    const auto person = ensurePerson(context, input);
    if (!person)
        return refuseFor(person.error());
    const auto added = conversations.addParticipant(id, participantFrom(person->key, input),
        ConversationTable::UnreadAtJoin::None, context.clock.wallNow());
    const auto members = conversations.members(id);
    if (!added || !members)
        return refuseFor(added ? members.error() : added.error());
    if (*added)
        context.broadcaster.participantJoined(id, person->key, person->ids.mtchat, *members);
    return answerNothing(201);
}

HttpResponse removeParticipant(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    const auto person
        = context.database.people().findById(PersonIdKind::Mtchat, question.argument(1));
    const auto before = context.database.conversations().members(id);
    if (!person || !before)
        return answerNothing(204);
    const auto removed = context.database.conversations().removeParticipant(id, person->key);
    if (!removed && removed.error().code != ErrorCode::NotFound)
        return refuseFor(removed.error());
    if (removed.value_or(false))
        context.broadcaster.participantLeft(id, person->key, person->ids.mtchat, *before);
    return answerNothing(204);
}

HttpResponse replaceScopes(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const auto scopes = question.body(mtchat::scopesRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    if (const auto record = context.database.conversations().find(id); !record)
        return refuseUnknown(record.error());
    const auto rows = context.database.conversations().setScopes(
        id, storedScopes(scopes), context.clock.wallNow());
    if (!rows)
        return refuseFor(rows.error());
    return answerData(scopeRows(id, *rows));
}

} // namespace

void addManagementConversationRoutes(Router &router, ApiContext &context)
{
    constexpr auto admin = RouteAccess::Admin;
    router.add("POST", "/api/v1/management/dialogs", admin, answering(create, context));
    router.add("POST", "/api/v1/management/dialogs/search", admin, answering(search, context));
    router.add("GET", "/api/v1/management/dialogs/{}", admin, answering(one, context));
    router.add("DELETE", "/api/v1/management/dialogs/{}", admin, answering(remove, context));
    router.add("POST", "/api/v1/management/dialogs/{}/participants", admin,
        answering(addParticipant, context));
    router.add("DELETE", "/api/v1/management/dialogs/{}/participants/{}", admin,
        answering(removeParticipant, context));
    router.add("PUT", "/api/v1/management/dialogs/{}/access-scopes", admin,
        answering(replaceScopes, context));
}

} // namespace presently::net
