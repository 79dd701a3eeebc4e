// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/personactions.h"

#include "net/client/hydrator.h"
#include "net/client/logging.h"
#include "net/wire/mtchat/rest.h"

#include <QJsonArray>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

RestQuestion question(const QByteArray &method, const QString &path)
{
    RestQuestion made;
    made.method = method;
    made.path = path;
    return made;
}

QString pathOf(const ConversationId &conversation, const QString &verb)
{
    return "/dialogs/%1/%2"_L1.arg(RestSession::segment(conversation.value), verb);
}

QString pathOf(const ConversationId &conversation, const MessageId &message)
{
    return pathOf(conversation, "messages/"_L1 + RestSession::segment(message.value));
}

bool mayPass(const Error &error)
{
    return error.code == ErrorCode::Unreachable || error.code == ErrorCode::Timeout;
}

} // namespace

PersonActions::PersonActions(EngineHost &host, Hydrator &hydrator, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_hydrator(hydrator)
{
}

void PersonActions::run(const SetIntentCommand &command)
{
    m_waitingIntent = command.intent;
    sayIntent();
}

void PersonActions::sayIntent()
{
    if (!m_waitingIntent || m_isIntentUnderWay || !m_host.isOnline())
        return;
    const Intent intent = *std::exchange(m_waitingIntent, std::nullopt);
    m_isIntentUnderWay = true;
    RestQuestion put = question("PUT", u"/presence/me"_s);
    mtchat::PresenceMeRequest request;
    request.intent = intent;
    put.body = mtchat::toJson(request);
    m_host.rest().ask(put, this, [this, intent](const Expected<RestReply, Error> &reply) {
        m_isIntentUnderWay = false;
        if (m_waitingIntent) {
            sayIntent(); // the person has changed their mind since
        } else if (reply) {
            m_host.tell(OwnIntentEvent{intent});
        } else if (mayPass(reply.error())) {
            m_waitingIntent = intent; // the choice is kept until the server has it
        } else {
            m_host.tellFailure(u"status"_s, reply.error());
            m_hydrator.reloadIntent();
        }
    });
}

void PersonActions::run(const SetPreferencesCommand &command)
{
    if (!m_host.isOnline()) {
        m_waitingPreferences = command.preferences;
        return;
    }
    RestQuestion put = question("PUT", u"/presence/me"_s);
    mtchat::PresenceMeRequest request;
    request.lastSeen = command.preferences.lastSeen;
    request.onHide = command.preferences.onHide;
    put.body = mtchat::toJson(request);
    m_host.rest().ask(put, this, [this, command](const Expected<RestReply, Error> &reply) {
        if (reply) {
            m_host.tell(OwnPreferencesEvent{command.preferences});
        } else if (mayPass(reply.error())) {
            m_waitingPreferences = command.preferences;
        } else {
            m_host.tellFailure(u"status"_s, reply.error());
            m_hydrator.reloadIntent();
        }
    });
}

void PersonActions::run(const EditMessageCommand &command)
{
    RestQuestion put = question("PUT", pathOf(command.conversation, command.message));
    put.body = QJsonObject{{u"content"_s, command.content}};
    act(u"edit"_s, put, [this](const RestReply &reply) {
        const auto edited = mtchat::decodeDataObject(reply.body).and_then(&mtchat::messageFromJson);
        if (edited)
            m_hydrator.pass(MessageEditedEvent{*edited});
    });
}

void PersonActions::run(const DeleteMessageCommand &command)
{
    act(u"delete"_s, question("DELETE", pathOf(command.conversation, command.message)),
        [this, command](const RestReply &) {
            m_hydrator.pass(MessageDeletedEvent{command.conversation, command.message});
        });
}

void PersonActions::run(const MarkReadCommand &command)
{
    if (!m_host.isOnline()) {
        m_waitingReads.insert(command.conversation, command.lastRead);
        return;
    }
    RestQuestion post = question("POST", pathOf(command.conversation, u"read"_s));
    post.body = QJsonObject{{u"last_read_message_id"_s, command.lastRead.value}};
    m_host.rest().ask(post, this, [this, command](const Expected<RestReply, Error> &reply) {
        if (reply) {
            m_hydrator.pass(ConversationChangedEvent{command.conversation, {}, {}, {}, 0});
            return;
        }
        qCInfo(syncLog) << "not marked as read:" << int(reply.error().code);
        if (!m_host.isOnline() && !m_waitingReads.contains(command.conversation))
            m_waitingReads.insert(command.conversation, command.lastRead);
    });
}

void PersonActions::run(const SearchPeopleCommand &command)
{
    RestQuestion get = question("GET", u"/users"_s);
    get.query.addQueryItem(u"search"_s, RestSession::segment(command.query));
    act(u"search"_s, get, [this, command](const RestReply &reply) {
        const auto found
            = mtchat::decodeDataArray(reply.body).and_then([](const QJsonArray &array) {
                  return mtchat::readEach(array, &mtchat::personFromJson);
              });
        PeopleFoundEvent event{command.query, {}};
        if (found) {
            for (const mtchat::PersonDetails &details : *found)
                event.people.append(details.person);
        }
        m_host.tell(event);
    });
}

void PersonActions::run(const StartConversationCommand &command)
{
    RestQuestion post = question("POST", u"/dialogs"_s);
    QJsonArray people;
    for (const UserId &user : command.people)
        people.append(user.value);
    QJsonObject body{{u"participants"_s, people}};
    if (!command.title.isEmpty())
        body.insert(u"title"_s, command.title);
    post.body = body;
    act(u"start"_s, post, [this](const RestReply &reply) {
        const auto item
            = mtchat::decodeDataObject(reply.body).and_then(&mtchat::conversationItemFromJson);
        if (item) {
            const Conversation conversation = mtchat::toConversation(*item);
            m_hydrator.pass(ConversationUpsertedEvent{conversation});
            m_hydrator.pass(ConversationStartedEvent{conversation.id});
        }
        m_hydrator.reloadLists();
    });
}

void PersonActions::run(const JoinConversationCommand &command)
{
    act(u"join"_s, question("POST", pathOf(command.conversation, u"join"_s)),
        [this](const RestReply &) { m_hydrator.reloadLists(); });
}

void PersonActions::run(const LeaveConversationCommand &command)
{
    act(u"leave"_s, question("POST", pathOf(command.conversation, u"leave"_s)),
        [this, command](const RestReply &) {
            m_hydrator.close(command.conversation);
            m_hydrator.pass(ConversationRemovedEvent{command.conversation});
        });
}

void PersonActions::run(const PinConversationCommand &command)
{
    toggle(u"pin"_s, command.conversation, command.pinned ? u"pin"_s : u"unpin"_s,
        {command.conversation, command.pinned, {}, {}, {}});
}

void PersonActions::run(const ArchiveConversationCommand &command)
{
    toggle(u"archive"_s, command.conversation, command.archived ? u"archive"_s : u"unarchive"_s,
        {command.conversation, {}, {}, command.archived, {}});
}

void PersonActions::run(const MuteConversationCommand &command)
{
    RestQuestion post = question("POST", pathOf(command.conversation, u"notifications"_s));
    post.body = QJsonObject{{u"enabled"_s, !command.muted}};
    act(u"mute"_s, post, [this, command](const RestReply &) {
        m_hydrator.pass(ConversationChangedEvent{command.conversation, {}, command.muted, {}, {}});
    });
}

//! Typing is news for seconds: it neither waits nor fails.
void PersonActions::run(const TypingCommand &command)
{
    if (!m_host.isOnline())
        return;
    const SteadyTime now = m_host.clock().now();
    const auto last = m_typedAt.constFind(command.conversation);
    if (last != m_typedAt.cend() && now - *last < m_host.options().typingSpacing)
        return;
    m_typedAt.insert(command.conversation, now);
    m_host.say(mtchat::TypingRequest{command.conversation});
}

void PersonActions::resume()
{
    sayIntent();
    if (const auto preferences = std::exchange(m_waitingPreferences, std::nullopt))
        run(SetPreferencesCommand{*preferences});
    const QHash<ConversationId, MessageId> reads = std::exchange(m_waitingReads, {});
    for (auto read = reads.cbegin(); read != reads.cend(); ++read)
        run(MarkReadCommand{read.key(), *read});
}

void PersonActions::clear()
{
    m_waitingIntent.reset();
    m_waitingPreferences.reset();
    m_waitingReads.clear();
    m_typedAt.clear();
}

void PersonActions::act(const QString &action, const RestQuestion &question, Done done)
{
    if (!m_host.isOnline()) {
        m_host.tellFailure(action, Error{ErrorCode::Unreachable, {}, {}, {}});
        return;
    }
    m_host.rest().ask(question, this,
        [this, action, done = std::move(done)](const Expected<RestReply, Error> &reply) {
            if (reply)
                done(*reply);
            else
                m_host.tellFailure(action, reply.error());
        });
}

void PersonActions::toggle(const QString &action, const ConversationId &conversation,
    const QString &verb, const ConversationChangedEvent &event)
{
    act(action, question("POST", pathOf(conversation, verb)),
        [this, event](const RestReply &) { m_hydrator.pass(event); });
}

} // namespace presently::net
