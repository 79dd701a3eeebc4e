// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/cachecontent.h"

#include "models/storage/cacherows.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

const auto SelfUser = u"self_user"_s;
const auto SelfName = u"self_name"_s;
const auto SelfHandle = u"self_handle"_s;
const auto KnownCapabilities = u"capabilities"_s;
const auto IntentWish = u"intent_status"_s;
const auto IntentMessage = u"intent_message"_s;
const auto IntentUntil = u"intent_until"_s;
const auto PresenceEpoch = u"presence_epoch"_s;
const auto PresenceAsOf = u"presence_as_of"_s;
const auto ListComplete = u"conversations_complete"_s;

// The first failure of several writes.
Expected<void, Error> both(Expected<void, Error> first, Expected<void, Error> second)
{
    return first ? second : first;
}

} // namespace

CacheContent::CacheContent(
    SqlConnection &connection, const Clock &clock, int messagesPerConversation)
    : m_sql(connection)
    , m_clock(clock)
    , m_outbox(connection)
    , m_waiting(connection)
    , m_facts(connection)
    , m_people(connection)
    , m_conversations(connection)
    , m_messages(connection, messagesPerConversation)
{
}

Expected<void, Error> CacheContent::apply(const Event &event)
{
    Transaction transaction(m_sql);
    auto done = std::visit([this](const auto &what) { return on(what); }, event);
    return done ? transaction.commit() : done;
}

Expected<void, Error> CacheContent::on(const SignedInEvent &event)
{
    const auto known = self();
    if (!known)
        return Unexpected{known.error()};
    if (!known->isEmpty() && *known != event.self.user) {
        if (auto done = both(clearAll(), m_waiting.clear()); !done)
            return done;
    }
    const auto names = both(m_facts.set(SelfUser, event.self.user),
        both(m_facts.set(SelfName, event.self.displayName),
            m_facts.set(SelfHandle, event.self.handle)));
    return both(names, m_facts.set(KnownCapabilities, event.capabilities.toInt()));
}

Expected<void, Error> CacheContent::on(const SignedOutEvent &event)
{
    m_isOnline = false;
    // After a session that was lost the person may come back, and their choices are said then.
    return event.cause ? clearAll() : both(clearAll(), m_waiting.clear());
}

Expected<void, Error> CacheContent::on(const LinkChangedEvent &event)
{
    const bool wasOnline = m_isOnline;
    m_isOnline = event.link.state == LinkState::Online;
    if (m_isOnline)
        return {};
    m_messages.linkLost();
    return wasOnline ? setPresenceAsOf(event.link.lostAt.value_or(m_clock.wallNow()))
                     : Expected<void, Error>();
}

Expected<void, Error> CacheContent::on(const PresenceChangedEvent &event)
{
    return both(m_people.remember(event.record), setPresenceAsOf(m_clock.wallNow()));
}

Expected<void, Error> CacheContent::on(const PresenceSnapshotEvent &event)
{
    const auto facts = both(
        m_facts.set(PresenceEpoch, event.snapshot.epoch), setPresenceAsOf(m_clock.wallNow()));
    return both(facts, m_people.remember(event.snapshot));
}

Expected<void, Error> CacheContent::on(const OwnIntentEvent &event)
{
    const auto wish = both(m_facts.set(IntentWish, static_cast<int>(event.intent.status)),
        m_facts.set(IntentMessage, event.intent.customMessage));
    const auto until = event.intent.until ? m_facts.set(IntentUntil, *event.intent.until)
                                          : m_facts.remove(IntentUntil);
    return both(both(wish, until), m_waiting.settleIntent(event.intent));
}

Expected<void, Error> CacheContent::on(const ConversationListEvent &event)
{
    auto done = m_conversations.apply(event);
    return event.complete ? both(done, m_facts.set(ListComplete, 1)) : done;
}

Expected<void, Error> CacheContent::on(const ConversationUpsertedEvent &event)
{
    return m_conversations.upsert(event.conversation);
}

Expected<void, Error> CacheContent::on(const ConversationRemovedEvent &event)
{
    return both(
        m_conversations.remove(event.conversation), m_waiting.removeRead(event.conversation));
}

Expected<void, Error> CacheContent::on(const ConversationChangedEvent &event)
{
    const auto done = m_conversations.change(event);
    return event.unreadCount == 0 ? both(done, m_waiting.removeRead(event.conversation)) : done;
}

Expected<void, Error> CacheContent::on(const RosterEvent &event)
{
    return m_people.replaceAll(event.people);
}

Expected<void, Error> CacheContent::on(const ParticipantsEvent &event)
{
    return m_conversations.setParticipants(event.conversation, event.participants);
}

Expected<void, Error> CacheContent::on(const ParticipantLeftEvent &event)
{
    return m_conversations.removeParticipant(event.conversation, event.user);
}

Expected<void, Error> CacheContent::on(const MessagePageEvent &event)
{
    return m_messages.apply(event);
}

Expected<void, Error> CacheContent::on(const MessageAddedEvent &event)
{
    const auto known = self();
    if (!known)
        return Unexpected{known.error()};
    return both(m_conversations.noteMessage(event.message, *known), m_messages.add(event.message));
}

Expected<void, Error> CacheContent::on(const MessageEditedEvent &event)
{
    return both(m_conversations.noteEdited(event.message), m_messages.edit(event.message));
}

Expected<void, Error> CacheContent::on(const MessageDeletedEvent &event)
{
    return m_messages.remove(event.conversation, event.message);
}

Expected<void, Error> CacheContent::on(const MessageReadEvent &event)
{
    const auto known = self();
    if (!known)
        return Unexpected{known.error()};
    const auto done = m_conversations.noteRead(event, *known);
    return event.user == *known
        ? both(done, m_waiting.removeReadUpTo(event.conversation, event.lastRead))
        : done;
}

Expected<void, Error> CacheContent::on(const MessageSentEvent &event)
{
    return both(m_outbox.remove(event.key), on(MessageAddedEvent{event.message}));
}

Expected<void, Error> CacheContent::on(const MessageFailedEvent &event)
{
    return m_outbox.setFailure(event.key, event.error);
}

Expected<void, Error> CacheContent::on(const CommandFailedEvent &event)
{
    return event.action == "status"_L1 ? m_waiting.setIntent(std::nullopt)
                                       : Expected<void, Error>();
}

Expected<void, Error> CacheContent::clearAll()
{
    for (const Sql sql : {Sql("DELETE FROM facts"), Sql("DELETE FROM people"),
             Sql("DELETE FROM presence"), Sql("DELETE FROM conversations"),
             Sql("DELETE FROM participants"), Sql("DELETE FROM messages")}) {
        if (auto done = Statement(m_sql, sql).run(); !done)
            return done;
    }
    m_messages.linkLost();
    return {};
}

Expected<UserId, Error> CacheContent::self() const
{
    const auto user = m_facts.text(SelfUser);
    if (!user)
        return Unexpected{user.error()};
    return UserId{*user};
}

Expected<std::optional<WallTime>, Error> CacheContent::presenceAsOf() const
{
    const auto stored = m_facts.number(PresenceAsOf);
    if (!stored)
        return Unexpected{stored.error()};
    if (!*stored)
        return std::optional<WallTime>();
    return std::optional(WallTime{Milliseconds{**stored}});
}

Expected<void, Error> CacheContent::setPresenceAsOf(WallTime time)
{
    return m_facts.set(PresenceAsOf, time);
}

Expected<void, Error> CacheContent::noteClosing()
{
    return m_isOnline ? setPresenceAsOf(m_clock.wallNow()) : Expected<void, Error>();
}

Expected<QString, Error> CacheContent::value(const QString &name) const
{
    Statement select(m_sql, "SELECT value FROM small_values WHERE name = ?");
    const auto found = select.bind(name).first([](const Statement &row) { return row.text(0); });
    if (!found)
        return Unexpected{found.error()};
    return found->value_or(QString());
}

Expected<void, Error> CacheContent::setValue(const QString &name, const QString &value)
{
    if (value.isEmpty()) {
        Statement statement(m_sql, "DELETE FROM small_values WHERE name = ?");
        return statement.bind(name).run();
    }
    Statement upsert(m_sql, "INSERT OR REPLACE INTO small_values (name, value) VALUES (?, ?)");
    return upsert.bind(name).bind(value).run();
}

QList<std::pair<QString, QString>> CacheContent::rescueValues() const
{
    QList<std::pair<QString, QString>> values;
    Statement select(m_sql, "SELECT name, value FROM small_values");
    std::ignore = select.each(
        [&](const Statement &row) { values.append(std::pair(row.text(0), row.text(1))); });
    return values;
}

Expected<QList<Event>, Error> CacheContent::load(int messagesPerConversation) const
{
    const auto first = signedIn();
    if (!first)
        return Unexpected{first.error()};
    if (!*first)
        return QList<Event>();
    QList<Event> events{**first};
    if (auto done = loadPeople(events); !done)
        return Unexpected{done.error()};
    if (auto done = loadConversations(events, messagesPerConversation); !done)
        return Unexpected{done.error()};
    return events;
}

Expected<std::optional<SignedInEvent>, Error> CacheContent::signedIn() const
{
    SignedInEvent event;
    const auto user = self();
    const auto name = m_facts.text(SelfName);
    const auto handle = m_facts.text(SelfHandle);
    const auto capabilities = m_facts.number(KnownCapabilities);
    if (!user || !name || !handle || !capabilities)
        return Unexpected{!user ? user.error()
                : !name         ? name.error()
                : !handle       ? handle.error()
                                : capabilities.error()};
    if (user->isEmpty())
        return std::optional<SignedInEvent>();
    event.self = {*user, *name, *handle, false};
    event.capabilities = Capabilities::fromInt(static_cast<int>(capabilities->value_or(0)));
    return std::optional(event);
}

Expected<Intent, Error> CacheContent::ownIntent() const
{
    const auto status = m_facts.number(IntentWish);
    if (!status)
        return Unexpected{status.error()};
    const auto message = m_facts.text(IntentMessage);
    if (!message)
        return Unexpected{message.error()};
    const auto until = m_facts.number(IntentUntil);
    if (!until)
        return Unexpected{until.error()};
    Intent intent;
    intent.status = storedEnum(status->value_or(0), IntentStatus::Invisible, IntentStatus::Auto);
    intent.customMessage = *message;
    if (*until)
        intent.until = WallTime{Milliseconds{**until}};
    return intent;
}

Expected<void, Error> CacheContent::loadPeople(QList<Event> &events) const
{
    const auto intent = ownIntent();
    if (!intent)
        return Unexpected{intent.error()};
    events.append(OwnIntentEvent{*intent});
    const auto people = m_people.all();
    if (!people)
        return Unexpected{people.error()};
    events.append(RosterEvent{*people});
    const auto presence = m_people.presence();
    if (!presence)
        return Unexpected{presence.error()};
    const auto epoch = m_facts.number(PresenceEpoch);
    if (!epoch)
        return Unexpected{epoch.error()};
    if (!presence->isEmpty())
        events.append(PresenceSnapshotEvent{{epoch->value_or(0), false, *presence}});
    return {};
}

Expected<void, Error> CacheContent::loadConversations(
    QList<Event> &events, int messagesPerConversation) const
{
    const auto conversations = m_conversations.all();
    if (!conversations)
        return Unexpected{conversations.error()};
    const auto complete = m_facts.number(ListComplete);
    if (!complete)
        return Unexpected{complete.error()};
    events.append(ConversationListEvent{*conversations, complete->has_value()});
    const auto whole = m_conversations.withAllParticipants();
    if (!whole)
        return Unexpected{whole.error()};
    for (const Conversation &conversation : *conversations) {
        if (whole->contains(conversation.id))
            events.append(ParticipantsEvent{conversation.id, conversation.participants});
        const auto page = m_messages.newest(conversation.id, messagesPerConversation);
        if (!page)
            return Unexpected{page.error()};
        if (!page->messages.isEmpty())
            events.append(MessagePageEvent{*page, PagePlacement::Latest});
    }
    return {};
}

} // namespace presently
