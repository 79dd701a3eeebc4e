// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/conversationviews.h"
#include "net/server/api/routes.h"
#include "net/server/api/systemmessages.h"

#include <QJsonArray>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

constexpr int DefaultListLimit = 50;
constexpr int MaxListLimit = 100;
constexpr int MaxObjectList = 1000; //!< this list has no pages
constexpr int MaxOffset = 1'000'000;
constexpr int MaxStartedWith = 200; //!< people in a conversation that somebody starts

enum class ListKind { Participating, Available };

ListKind listKind(ApiQuestion &question)
{
    const QString type = question.query(u"type");
    if (type.isEmpty() || type == "participating"_L1)
        return ListKind::Participating;
    if (type != "available"_L1)
        question.setRefusal(refuseForm(400, u"type must be participating or available"_s));
    return ListKind::Available;
}

HttpResponse answerList(
    ApiQuestion &question, const Expected<QList<ConversationSummary>, Error> &summaries)
{
    if (!summaries)
        return refuseFor(summaries.error());
    QJsonArray items;
    for (const ConversationSummary &summary : *summaries)
        items.append(toJson(itemFor(question.context(), question.caller().person, summary)));
    return answerData(items);
}

HttpResponse list(ApiQuestion &question, ConversationFilter filter)
{
    const ListKind kind = listKind(question);
    filter.search = question.query(u"search");
    const PersonKey person = question.caller().person;
    ConversationTable &conversations = question.context().database.conversations();
    if (kind == ListKind::Available) {
        filter.scope = question.requiredScope();
        if (question.refusal())
            return *question.refusal();
        return answerList(question, conversations.available(person, filter));
    }
    filter.archived = question.flag(u"archived");
    filter.scope = question.scope();
    if (question.refusal())
        return *question.refusal();
    return answerList(question, conversations.participating(person, filter));
}

HttpResponse listConversations(ApiQuestion &question)
{
    ConversationFilter filter;
    filter.limit = question.number(u"limit", DefaultListLimit, MaxListLimit);
    filter.offset = question.number(u"offset", 0, MaxOffset);
    return list(question, filter);
}

HttpResponse listByObject(ApiQuestion &question)
{
    ConversationFilter filter;
    filter.objectType = question.argument(0);
    filter.objectId = question.argument(1);
    filter.limit = MaxObjectList;
    return list(question, filter);
}

//! The newest about an object that the caller takes part in or may join; null when there is none.
HttpResponse newestByObject(ApiQuestion &question)
{
    ConversationFilter filter;
    filter.objectType = question.argument(0);
    filter.objectId = question.argument(1);
    filter.limit = 1;
    filter.scope = question.scope();
    if (question.refusal())
        return *question.refusal();
    const PersonKey person = question.caller().person;
    ConversationTable &conversations = question.context().database.conversations();
    auto found = conversations.participating(person, filter);
    if (!found)
        return refuseFor(found.error());
    if (filter.scope) {
        const auto joinable = conversations.available(person, filter);
        if (!joinable)
            return refuseFor(joinable.error());
        found->append(*joinable);
    }
    if (found->isEmpty())
        return answerData(QJsonValue::Null);
    const auto newest = std::ranges::max_element(*found, {},
        [](const ConversationSummary &summary) { return summary.conversation.createdAt; });
    return answerData(toJson(itemFor(question.context(), person, *newest)));
}

HttpResponse oneConversation(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const auto scope = question.scope();
    if (question.refusal())
        return *question.refusal();
    const PersonKey person = question.caller().person;
    ConversationTable &conversations = question.context().database.conversations();
    const auto summary = conversations.summary(person, id, scope);
    if (summary) {
        mtchat::ConversationItem item = itemFor(question.context(), person, *summary);
        if (!summary->isParticipant) {
            item.participantsCount.reset();
            item.participants.reset();
        }
        return answerData(toJson(item));
    }
    if (summary.error().code != ErrorCode::NotFound)
        return refuseFor(summary.error());
    if (conversations.find(id))
        return refuse(ApiErrorCode::ScopeMismatch, u"Not a participant, and no scope matches"_s);
    return refuse(ApiErrorCode::ConversationNotFound, u"Dialog not found"_s);
}

//! The people of \a request who exist, each once and without the caller; none: somebody does not.
std::optional<QList<PersonRecord>> invited(
    ApiQuestion &question, const mtchat::StartConversationRequest &request)
{
    QList<PersonRecord> people;
    for (const UserId &user : request.people) {
        const auto person
            = question.context().database.people().findById(PersonIdKind::Mtchat, user.value);
        if (!person)
            return std::nullopt;
        const bool isKnown = person->key == question.caller().person
            || std::ranges::any_of(
                people, [&](const PersonRecord &other) { return other.key == person->key; });
        if (!isKnown)
            people.append(*person);
    }
    return people;
}

NewParticipant participantFrom(const PersonRecord &person, JoinedAs joinedAs)
{
    const auto orNone
        = [](const QString &text) { return text.isEmpty() ? std::nullopt : std::optional(text); };
    return {person.key, person.displayName, orNone(person.company), orNone(person.email),
        orNone(person.phone), joinedAs};
}

//! Says in the conversation who it began with, and tells everybody that they are in it.
Expected<void, Error> announce(
    ApiContext &context, const ConversationId &id, const QList<PersonRecord> &people)
{
    QList<NamedPerson> names;
    Broadcaster::Recipients everybody;
    for (const PersonRecord &person : people) {
        names.append({person.displayName, person.company});
        everybody.append(person.key);
    }
    const auto said = addSystemMessage(context, id, chatCreatedContent(names));
    if (!said)
        return Unexpected{said.error()};
    for (const PersonRecord &person : people)
        context.broadcaster.participantJoined(id, person.key, person.ids.mtchat, everybody);
    return {};
}

Expected<std::pair<ConversationRecord, bool>, Error> start(
    ApiQuestion &question, const QList<PersonRecord> &people, const QString &title)
{
    ApiContext &context = question.context();
    const WallTime now = context.clock.wallNow();
    const bool isDirect = people.size() == 2 && title.isEmpty();
    if (isDirect) {
        return context.database.conversations().ensureDirect(
            people.first().key, people.last().key, now);
    }
    NewConversation conversation;
    conversation.createdBy = question.caller().user;
    if (!title.isEmpty())
        conversation.title = title;
    for (const PersonRecord &person : people) {
        const bool isStarter = person.key == people.first().key;
        conversation.participants.append(
            participantFrom(person, isStarter ? JoinedAs::Creator : JoinedAs::Participant));
    }
    const auto made = context.database.conversations().add(conversation, now);
    if (!made)
        return Unexpected{made.error()};
    return std::pair(*made, true);
}

HttpResponse startConversation(ApiQuestion &question)
{
    const auto request = question.body(mtchat::startConversationRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    if (request.people.size() > MaxStartedWith)
        return refuse(ApiErrorCode::InvalidInput, u"At most %1 participants"_s.arg(MaxStartedWith));
    ApiContext &context = question.context();
    const auto self = context.database.people().find(question.caller().person);
    if (!self)
        return refuseFor(self.error());
    const auto others = invited(question, request);
    if (!others)
        return refuse(ApiErrorCode::ParticipantNotFound, u"No such user"_s);
    if (others->isEmpty())
        return refuse(ApiErrorCode::InvalidInput, u"participants must name somebody else"_s);
    const QList<PersonRecord> people = QList<PersonRecord>{*self} + *others;
    const auto started = start(question, people, cleanName(request.title));
    if (!started)
        return refuseFor(started.error());
    const auto &[record, isNew] = *started;
    if (isNew) {
        if (const auto told = announce(context, record.id, people); !told)
            return refuseFor(told.error());
    }
    const auto summary = context.database.conversations().summary(self->key, record.id, {});
    if (!summary)
        return refuseFor(summary.error());
    return answerData(toJson(itemFor(context, self->key, *summary)));
}

} // namespace

void addConversationRoutes(Router &router, ApiContext &context)
{
    constexpr auto person = RouteAccess::Person;
    router.add("GET", "/api/v1/dialogs", person, answering(listConversations, context));
    router.add("POST", "/api/v1/dialogs", person, answering(startConversation, context));
    router.add("GET", "/api/v1/dialogs/{}", person, answering(oneConversation, context));
    router.add(
        "GET", "/api/v1/dialogs/by-object/{}/{}", person, answering(newestByObject, context));
    router.add(
        "GET", "/api/v1/dialogs/by-object/{}/{}/list", person, answering(listByObject, context));
}

} // namespace presently::net
