// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/conversationviews.h"
#include "net/server/api/routes.h"
#include "net/server/api/systemmessages.h"
#include "net/wire/mtchat/rest.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

// Bytes of UTF-8, as the contract counts them.
constexpr qsizetype MaxNameBytes = 200;
constexpr qsizetype MaxEmailBytes = 254;
constexpr qsizetype MaxPhoneBytes = 50;

bool isLonger(const QString &text, qsizetype bytes)
{
    return text.toUtf8().size() > bytes;
}

HttpResponse notParticipant()
{
    return refuse(ApiErrorCode::NotParticipant, u"Not a participant of this dialog"_s);
}

//! 403 when the caller is not in the conversation; everything else as it is.
HttpResponse refuseOutsider(const Error &error)
{
    return error.code == ErrorCode::NotFound ? notParticipant() : refuseFor(error);
}

Expected<QList<PersonKey>, Error> membersOf(ApiQuestion &question, const ConversationId &id)
{
    return question.context().database.conversations().members(id);
}

std::optional<HttpResponse> refuseProfile(const mtchat::ParticipantInput &profile)
{
    if (cleanName(profile.displayName).isEmpty() || isLonger(profile.displayName, MaxNameBytes))
        return refuse(ApiErrorCode::InvalidInput, u"display_name must have 1 to 200 bytes"_s);
    if (isLonger(profile.company, MaxNameBytes))
        return refuse(ApiErrorCode::InvalidInput, u"company may have 200 bytes"_s);
    if (profile.email && isLonger(*profile.email, MaxEmailBytes))
        return refuse(ApiErrorCode::InvalidInput, u"email may have 254 bytes"_s);
    if (profile.phone && isLonger(*profile.phone, MaxPhoneBytes))
        return refuse(ApiErrorCode::InvalidInput, u"phone may have 50 bytes"_s);
    return std::nullopt;
}

NewParticipant joinerFrom(PersonKey person, const mtchat::ParticipantInput &profile)
{
    const auto cleaned = [](const std::optional<QString> &text) {
        const QString name = cleanName(text.value_or(QString()));
        return name.isEmpty() ? std::nullopt : std::optional(name);
    };
    return {person, cleanName(profile.displayName), cleaned(profile.company),
        cleaned(profile.email), cleaned(profile.phone), JoinedAs::Joined};
}

HttpResponse join(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const AccessScope scope = question.requiredScope();
    const auto profile = question.body(mtchat::joinRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    ConversationTable &conversations = context.database.conversations();
    const Caller &caller = question.caller();
    if (const auto record = conversations.find(id); !record) {
        return record.error().code == ErrorCode::NotFound
            ? refuse(ApiErrorCode::ConversationNotFound, u"Dialog not found"_s)
            : refuseFor(record.error());
    }
    const auto access = conversations.access(caller.person, id, scope);
    if (!access)
        return refuseFor(access.error());
    if (*access == ConversationAccess::Participant)
        return refuse(ApiErrorCode::BadRequest, u"Already a participant"_s);
    if (*access == ConversationAccess::None)
        return refuse(ApiErrorCode::Forbidden, u"No scope matches"_s);
    if (auto refused = refuseProfile(profile))
        return *refused;

    const NewParticipant joiner = joinerFrom(caller.person, profile);
    const auto added = conversations.addParticipant(
        id, joiner, ConversationTable::UnreadAtJoin::AllMessages, context.clock.wallNow());
    if (!added)
        return refuseFor(added.error());
    const auto said = addSystemMessage(context, id,
        participantJoinedContent({joiner.displayName, joiner.company.value_or(QString())}));
    const auto members = membersOf(question, id);
    if (!said || !members)
        return refuseFor(said ? members.error() : said.error());
    context.broadcaster.messageAdded(*said, *members);
    context.broadcaster.participantJoined(id, caller.person, caller.user, *members);
    return answerAction({{"status"_L1, u"joined"_s}, {"dialog_id"_L1, id.value}});
}

//! Leaving what one is not in is done already; the conversation hears of it only when it is true.
HttpResponse leave(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    const HttpResponse done = answerAction({{"status"_L1, u"left"_s}});
    ApiContext &context = question.context();
    ConversationTable &conversations = context.database.conversations();
    const Caller &caller = question.caller();
    const auto participant = conversations.participant(id, caller.person);
    if (!participant)
        return participant.error().code == ErrorCode::NotFound ? done
                                                               : refuseFor(participant.error());
    const auto before = membersOf(question, id);
    const auto removed = conversations.removeParticipant(id, caller.person);
    if (!before || !removed)
        return refuseFor(before ? removed.error() : before.error());
    const auto said = addSystemMessage(context, id,
        participantLeftContent(
            {participant->displayName, participant->company.value_or(QString())}));
    if (!said)
        return refuseFor(said.error());
    Broadcaster::Recipients remaining = *before;
    remaining.removeAll(caller.person);
    context.broadcaster.messageAdded(*said, remaining);
    context.broadcaster.participantLeft(id, caller.person, caller.user, *before);
    return done;
}

//! One of the switches that a person has in each conversation.
struct Switch {
    Expected<void, Error> (ConversationTable::*set)(const ConversationId &, PersonKey, bool);
    std::optional<bool> ConversationChange::*field;
    bool isInverted = false; //!< the change names the opposite of what is stored
};

constexpr Switch Archive{&ConversationTable::setArchived, &ConversationChange::archived};
constexpr Switch Pin{&ConversationTable::setPinned, &ConversationChange::pinned};
constexpr Switch Notifications{
    &ConversationTable::setNotificationsEnabled, &ConversationChange::muted, true};

HttpResponse turn(ApiQuestion &question, const Switch &which, bool on, const QString &status)
{
    const ConversationId id{question.uuid(0)};
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    const PersonKey person = question.caller().person;
    const auto done = (context.database.conversations().*which.set)(id, person, on);
    if (!done)
        return refuseOutsider(done.error());
    ConversationChange change;
    change.conversation = id;
    change.*which.field = on != which.isInverted;
    context.broadcaster.conversationChanged(person, change);
    return answerAction({{"status"_L1, status}});
}

HttpResponse archive(ApiQuestion &question)
{
    return turn(question, Archive, true, u"archived"_s);
}
HttpResponse unarchive(ApiQuestion &question)
{
    return turn(question, Archive, false, u"unarchived"_s);
}
HttpResponse pin(ApiQuestion &question)
{
    return turn(question, Pin, true, u"pinned"_s);
}
HttpResponse unpin(ApiQuestion &question)
{
    return turn(question, Pin, false, u"unpinned"_s);
}

HttpResponse setNotifications(ApiQuestion &question)
{
    const bool enabled = question.body(mtchat::notificationsRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    return turn(question, Notifications, enabled, enabled ? u"enabled"_s : u"disabled"_s);
}

//! Tells the others, unless the reader is invisible; the reader's own devices always hear of it.
void tellRead(ApiQuestion &question, const ConversationId &id, const MessageId &message,
    ReadVisibility visibility)
{
    ApiContext &context = question.context();
    const Caller &caller = question.caller();
    Broadcaster::Recipients readers{caller.person};
    if (visibility == ReadVisibility::Shown)
        readers = membersOf(question, id).value_or(readers);
    context.broadcaster.messageRead(id, caller.user, message, readers);
    ConversationChange change;
    change.conversation = id;
    change.unreadCount = 0;
    context.broadcaster.conversationChanged(caller.person, change);
}

HttpResponse markRead(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const MessageId asked = question.body(mtchat::readRequestFromJson);
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    const PersonKey person = question.caller().person;
    const auto participant = context.database.conversations().participant(id, person);
    if (!participant) {
        if (participant.error().code != ErrorCode::NotFound)
            return refuseFor(participant.error());
        return context.database.conversations().find(id)
            ? refuse(ApiErrorCode::Forbidden, u"Not a participant"_s)
            : refuse(ApiErrorCode::NotFound, u"Dialog not found"_s);
    }
    if (const auto known = context.database.messages().find(id, asked); !known)
        return refuse(ApiErrorCode::MessageNotFound, u"Message not found"_s);

    // Ids sort by time. A second device that is behind must not bring back what was read.
    const bool isBehind = participant->lastRead && asked < *participant->lastRead;
    const MessageId pointer = isBehind ? *participant->lastRead : asked;
    const HttpResponse done = answerAction({{"success"_L1, true}});
    if (participant->lastRead == pointer && participant->unreadCount == 0)
        return done;
    const ReadVisibility visibility
        = context.broadcaster.isInvisible(person) ? ReadVisibility::Hidden : ReadVisibility::Shown;
    const auto marked = context.database.messages().markRead(id, person, pointer, visibility);
    if (!marked)
        return refuseFor(marked.error());
    tellRead(question, id, pointer, visibility);
    return done;
}

HttpResponse participants(ApiQuestion &question)
{
    const ConversationId id{question.uuid(0)};
    const auto scope = question.scope();
    if (question.refusal())
        return *question.refusal();
    ApiContext &context = question.context();
    const PersonKey viewer = question.caller().person;
    const auto access = context.database.conversations().access(viewer, id, scope);
    if (!access && access.error().code != ErrorCode::NotFound)
        return refuseFor(access.error());
    if (!access || *access == ConversationAccess::None)
        return refuse(ApiErrorCode::Forbidden, u"Not a participant"_s);
    const auto records = context.database.conversations().participants(id);
    if (!records)
        return refuseFor(records.error());
    const ContactDetails details = *access == ConversationAccess::Participant
        ? ContactDetails::Shown
        : ContactDetails::Hidden;
    mtchat::ParticipantsReply reply;
    reply.epoch = context.broadcaster.presenceEpoch();
    reply.complete = context.broadcaster.isPresenceComplete();
    for (const ParticipantRecord &record : *records)
        reply.participants.append(participantFor(context, viewer, id, record, details));
    return HttpResponse::json(200, mtchat::encode(reply));
}

} // namespace

void addParticipationRoutes(Router &router, ApiContext &context)
{
    constexpr auto person = RouteAccess::Person;
    router.add("POST", "/api/v1/dialogs/{}/join", person, answering(join, context));
    router.add("POST", "/api/v1/dialogs/{}/leave", person, answering(leave, context));
    router.add("POST", "/api/v1/dialogs/{}/archive", person, answering(archive, context));
    router.add("POST", "/api/v1/dialogs/{}/unarchive", person, answering(unarchive, context));
    router.add("POST", "/api/v1/dialogs/{}/pin", person, answering(pin, context));
    router.add("POST", "/api/v1/dialogs/{}/unpin", person, answering(unpin, context));
    router.add(
        "POST", "/api/v1/dialogs/{}/notifications", person, answering(setNotifications, context));
    router.add("POST", "/api/v1/dialogs/{}/read", person, answering(markRead, context));
    router.add("GET", "/api/v1/dialogs/{}/participants", person, answering(participants, context));
}

} // namespace presently::net
