// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/messageviews.h"
#include "net/server/api/routes.h"
#include "net/wire/mtchat/restmessages.h"
#include "net/wire/mtchat/restpeople.h"

#include <QHash>
#include <QJsonArray>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int DefaultHits = 50;
constexpr int MaxHits = 100;
constexpr qsizetype MaxSearchLength = 200;

HttpResponse searchPeople(ApiQuestion &question)
{
    const int limit = question.number(u"limit", DefaultHits, MaxHits);
    if (question.refusal())
        return *question.refusal();
    PeopleTable &people = question.context().database.people();
    const PersonKey self = question.caller().person;
    const auto found
        = people.search(cleanName(question.query(u"search"), MaxSearchLength), limit + 1);
    const auto contacts = people.contactsOf(self);
    if (!found || !contacts)
        return refuseFor(found ? contacts.error() : found.error());
    QJsonArray rows;
    for (const PersonRecord &record : *found) {
        if (record.key == self || rows.size() == limit)
            continue;
        mtchat::PersonDetails details;
        details.person = {record.ids.mtchat, record.displayName, record.login.value_or(QString()),
            contacts->contains(record.key)};
        rows.append(toJson(details));
    }
    return answerData(rows);
}

//! What the hits of one search have in common, looked up once.
class HitNames
{
public:
    HitNames(ApiQuestion &question)
        : m_question(question)
    {
    }

    [[nodiscard]] mtchat::MessageHit named(const Message &message)
    {
        if (!m_summaries.contains(message.conversation)) {
            m_summaries.insert(message.conversation,
                m_question.context()
                    .database.conversations()
                    .summary(m_question.caller().person, message.conversation, {})
                    .value_or(ConversationSummary()));
        }
        const ConversationSummary &summary = m_summaries[message.conversation];
        mtchat::MessageHit hit{message, summary.conversation.title.value_or(QString()), {}};
        for (const ParticipantName &name : summary.participants) {
            if (name.user == message.sender)
                hit.senderName = name.displayName;
        }
        return hit;
    }

private:
    ApiQuestion &m_question;
    QHash<ConversationId, ConversationSummary> m_summaries;
};

HttpResponse searchMessages(ApiQuestion &question)
{
    const int limit = question.number(u"limit", DefaultHits, MaxHits);
    const QString words = question.query(u"q").left(MaxSearchLength);
    if (question.refusal())
        return *question.refusal();
    const auto found
        = question.context().database.messages().search(question.caller().person, words, limit);
    if (!found)
        return refuseFor(found.error());
    HitNames names(question);
    QJsonArray hits;
    for (const Message &message : *found) {
        const auto addressed = withAddresses(question, message);
        if (!addressed)
            return refuseFor(addressed.error());
        hits.append(toJson(names.named(*addressed)));
    }
    return answerData(hits);
}

} // namespace

void addPeopleRoutes(Router &router, ApiContext &context)
{
    router.add("GET", "/api/v1/users", RouteAccess::Person, answering(searchPeople, context));
    router.add("GET", "/api/v1/search", RouteAccess::Person, answering(searchMessages, context));
}

} // namespace presently::net
