// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/systemmessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject toJson(const NamedPerson &person)
{
    QJsonObject object{{"name"_L1, person.name}};
    if (!person.company.isEmpty())
        object.insert("company"_L1, person.company);
    return object;
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

QString chatCreatedContent(const QList<NamedPerson> &people)
{
    QJsonArray names;
    for (const NamedPerson &person : people)
        names.append(toJson(person));
    return compact({{"event"_L1, u"chat_created"_s}, {"participants"_L1, names}});
}

QString participantJoinedContent(const NamedPerson &person)
{
    QJsonObject object = toJson(person);
    object.insert("event"_L1, u"participant_joined"_s);
    return compact(object);
}

QString participantLeftContent(const NamedPerson &person)
{
    return compact({{"event"_L1, u"participant_left"_s}, {"name"_L1, person.name}});
}

Expected<Message, Error> addSystemMessage(
    ApiContext &context, const ConversationId &conversation, const QString &content)
{
    NewMessage message;
    message.conversation = conversation;
    message.kind = MessageKind::System;
    message.content = content;
    message.sentAt = context.clock.wallNow();
    auto stored = context.database.messages().add(message);
    if (!stored)
        return Unexpected{stored.error()};
    return stored->message;
}

} // namespace presently::net
