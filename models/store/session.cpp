// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/session.h"

#include "models/presence/presencestore.h"

#include <utility>

namespace presently {

namespace {

//! A clock may be set; the end of an intent is looked at again that often.
constexpr std::chrono::hours LongestWait{1};

} // namespace

Session::Session(const Clock &clock, QObject *parent)
    : Session(clock, std::make_unique<SystemOneShotTimer>(), parent)
{
}

Session::Session(const Clock &clock, std::unique_ptr<OneShotTimer> intentEnd, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_intentEnd(std::move(intentEnd))
    , m_presence(std::make_unique<PresenceStore>(clock))
    , m_typing(clock)
{
    connect(m_intentEnd.get(), &OneShotTimer::timeout, this, &Session::endIntent);
    connect(m_presence.get(), &PresenceStore::presenceChanged, this,
        [this](const QList<UserId> &users) {
            if (users.contains(m_self.user))
                Q_EMIT ownStatusChanged();
        });
    connect(&m_outbox, &Outbox::added, this, [this](const OutgoingMessage &message) {
        if (MessageLog *log = m_logs.value(message.conversation))
            log->addOutgoing(message);
    });
    connect(&m_outbox, &Outbox::changed, this, [this](const OutgoingMessage &message) {
        if (MessageLog *log = m_logs.value(message.conversation))
            log->updateOutgoing(message);
    });
    connect(&m_outbox, &Outbox::removed, this, [this](const OutgoingMessage &message) {
        if (MessageLog *log = m_logs.value(message.conversation))
            log->removeOutgoing(message.key);
    });
    connect(&m_reading, &ReadTracker::readReached, this,
        [this](const ConversationId &conversation, const MessageId &lastRead) {
            submit(MarkReadCommand{conversation, lastRead});
        });
}

Session::~Session() = default;

WallTime Session::serverNow() const
{
    if (!m_serverClock)
        return m_clock.wallNow();
    return m_serverClock->serverTime + (m_clock.now() - m_serverClock->receivedAt);
}

Status Session::ownStatus() const
{
    if (m_link.state != LinkState::Online)
        return Status::Unknown;
    switch (intent().status) {
    case IntentStatus::Away:
        return Status::Away;
    case IntentStatus::Busy:
        return Status::Busy;
    case IntentStatus::Invisible:
        return Status::Offline;
    case IntentStatus::Auto:
        break;
    }
    const Status own = m_presence->presence(m_self.user).status;
    return own == Status::Away ? Status::Away : Status::Online;
}

MessageLog &Session::messages(const ConversationId &conversation)
{
    MessageLog *&log = m_logs[conversation];
    if (!log) {
        log = new MessageLog(conversation, m_self.user, this);
        for (const OutgoingMessage &message : m_outbox.messages(conversation))
            log->addOutgoing(message);
        log->setReadUpTo(participants(conversation).readByOthersUpTo(m_self.user));
    }
    return *log;
}

ParticipantList &Session::participants(const ConversationId &conversation)
{
    ParticipantList *&list = m_participants[conversation];
    if (!list) {
        list = new ParticipantList(conversation, this);
        if (const Conversation *known = m_conversations.find(conversation))
            list->suggest(known->participants);
    }
    return *list;
}

void Session::submit(const Command &command)
{
    std::visit([this](const auto &specific) { onCommand(specific); }, command);
    Q_EMIT commandSubmitted(command);
}

void Session::apply(const Event &event)
{
    std::visit([this](const auto &specific) { onEvent(specific); }, event);
}

void Session::restoreOutbox(const QList<OutgoingMessage> &messages)
{
    m_outbox.restore(messages);
}

void Session::restoreIntent(const Intent &intent, const std::optional<Intent> &returnsTo)
{
    m_intent.restore(intent, returnsTo);
    noteIntent();
}

void Session::restoreReads(const QList<MarkReadCommand> &reads)
{
    for (const MarkReadCommand &read : reads) {
        m_reading.noteRead(read.conversation, read.lastRead);
        if (const Conversation *known = m_conversations.find(read.conversation))
            m_conversations.upsert(withOwnReading(*known));
    }
}

void Session::onCommand(const SetIntentCommand &command)
{
    m_chosenIntent = command.intent;
    if (m_intent.set(command.intent))
        noteIntent();
}

void Session::onCommand(const SetPreferencesCommand &command)
{
    onEvent(OwnPreferencesEvent{command.preferences});
}

void Session::onCommand(const OpenConversationCommand &command)
{
    m_reading.setOpenConversation(command.conversation);
}

void Session::onCommand(const CloseConversationCommand &command)
{
    if (m_reading.openConversation() == command.conversation)
        m_reading.setOpenConversation(std::nullopt);
}

void Session::onCommand(const SendMessageCommand &command)
{
    m_outbox.add(command.message);
}

void Session::onCommand(const RetryMessageCommand &command)
{
    m_outbox.retry(command.key);
}

void Session::onCommand(const DiscardMessageCommand &command)
{
    m_outbox.remove(command.key);
}

void Session::onCommand(const MarkReadCommand &command)
{
    m_conversations.setUnread(command.conversation, 0);
    m_reading.noteRead(command.conversation, command.lastRead);
}

void Session::onEvent(const SignedInEvent &event)
{
    m_self = event.self;
    m_capabilities = event.capabilities;
    m_roster.upsert(event.self);
    for (MessageLog *log : std::as_const(m_logs))
        log->setSelf(m_self.user);
    Q_EMIT selfChanged();
    Q_EMIT capabilitiesChanged();
    Q_EMIT ownStatusChanged();
}

void Session::onEvent(const SignedOutEvent &event)
{
    // Only a sign-out that was asked for forgets; after a lost session the person may come back.
    if (!event.cause)
        clear();
    Q_EMIT signedOut(event.cause);
}

void Session::onEvent(const LinkChangedEvent &event)
{
    const bool wasOnline = m_link.state == LinkState::Online;
    const bool isOnline = event.link.state == LinkState::Online;
    m_link = event.link;
    if (isOnline && !wasOnline) {
        m_presence->linkResumed();
    } else if (wasOnline && !isOnline) {
        m_presence->linkLost(event.link.lostAt.value_or(m_clock.wallNow()));
        m_typing.clear();
    }
    Q_EMIT linkChanged(m_link);
    Q_EMIT ownStatusChanged();
}

void Session::onEvent(const ServerClockEvent &event)
{
    m_serverClock = event;
    m_typing.apply(event);
    m_presence->setServerClock(event.serverTime, event.receivedAt);
}

void Session::onEvent(const PresenceHydrationStartedEvent &event)
{
    m_presence->beginHydration(event.epoch);
}

void Session::onEvent(const PresenceChangedEvent &event)
{
    m_presence->applyEvent(event.record);
}

void Session::onEvent(const PresenceSnapshotEvent &event)
{
    m_presence->applySnapshot(event.snapshot);
}

void Session::onEvent(const OwnIntentEvent &event)
{
    // What was on its way to us when the person chose is older than the choice.
    if (m_chosenIntent && m_chosenIntent != event.intent)
        return;
    m_chosenIntent.reset();
    if (m_intent.set(event.intent))
        noteIntent();
}

void Session::noteIntent()
{
    m_intentEnd->stop();
    m_intent.endAt(serverNow());
    if (const auto until = intent().until)
        m_intentEnd->start(std::min<Milliseconds>(*until - serverNow(), LongestWait));
    Q_EMIT intentChanged(intent());
    Q_EMIT ownStatusChanged();
}

void Session::endIntent()
{
    if (intent().until)
        noteIntent();
}

void Session::onEvent(const OwnPreferencesEvent &event)
{
    if (m_preferences == event.preferences)
        return;
    m_preferences = event.preferences;
    Q_EMIT preferencesChanged();
}

void Session::onEvent(const ConversationListEvent &event)
{
    ConversationListEvent seen{{}, event.complete};
    seen.conversations.reserve(event.conversations.size());
    for (const Conversation &conversation : event.conversations) {
        seen.conversations << withOwnReading(conversation);
        learn(seen.conversations.last());
    }
    m_conversations.apply(seen);
}

void Session::onEvent(const ConversationUpsertedEvent &event)
{
    const Conversation seen = withOwnReading(event.conversation);
    learn(seen);
    m_conversations.upsert(seen);
}

//! The server may not have heard yet what was read here.
Conversation Session::withOwnReading(Conversation conversation) const
{
    if (conversation.unreadCount > 0 && conversation.lastMessage
        && m_reading.isRead(conversation.id, conversation.lastMessage->id))
        conversation.unreadCount = 0;
    return conversation;
}

void Session::onEvent(const ConversationRemovedEvent &event)
{
    m_conversations.remove(event.conversation);
}

void Session::onEvent(const ConversationChangedEvent &event)
{
    m_conversations.apply(event);
    const Conversation *conversation = m_conversations.find(event.conversation);
    if (event.unreadCount == 0 && conversation && conversation->lastMessage)
        m_reading.noteRead(event.conversation, conversation->lastMessage->id);
}

void Session::onEvent(const RosterEvent &event)
{
    m_roster.setPeople(event.people);
}

void Session::onEvent(const ParticipantsEvent &event)
{
    for (const Participant &participant : event.participants)
        m_roster.learnName(participant.user, participant.displayName);
    participants(event.conversation).setParticipants(event.participants);
    refreshReadPointer(event.conversation);
}

void Session::onEvent(const ParticipantLeftEvent &event)
{
    participants(event.conversation).remove(event.user);
    m_typing.stop(event.conversation, event.user);
}

void Session::onEvent(const MessagePageEvent &event)
{
    MessageLog &log = messages(event.page.conversation);
    log.apply(event.page, event.placement);
    if (!log.hasMoreAfter()) {
        if (const std::optional<MessageId> last = log.lastId())
            m_reading.setNewest(event.page.conversation, *last);
    }
}

void Session::onEvent(const MessageAddedEvent &event)
{
    const Message &message = event.message;
    const bool isOwn = message.sender == m_self.user;
    const bool counts = !isOwn && message.kind == MessageKind::User;
    m_typing.stop(message.conversation, message.sender);
    const bool isNew
        = m_conversations.noteMessage(message, m_roster.displayName(message.sender), counts);
    if (MessageLog *log = m_logs.value(message.conversation))
        log->add(message);
    if (isOwn) {
        m_conversations.setUnread(message.conversation, 0);
        m_reading.noteRead(message.conversation, message.id);
    }
    m_reading.setNewest(message.conversation, message.id);
    if (counts && isNew)
        Q_EMIT messageReceived(message);
}

void Session::onEvent(const MessageEditedEvent &event)
{
    m_conversations.noteEdited(event.message);
    if (MessageLog *log = m_logs.value(event.message.conversation))
        log->edit(event.message);
}

void Session::onEvent(const MessageDeletedEvent &event)
{
    m_conversations.noteDeleted(event.conversation, event.message);
    if (MessageLog *log = m_logs.value(event.conversation))
        log->remove(event.message);
}

void Session::onEvent(const MessageReadEvent &event)
{
    if (event.user == m_self.user) {
        m_conversations.setUnread(event.conversation, 0);
        m_reading.noteRead(event.conversation, event.lastRead);
    }
    participants(event.conversation).noteRead(event.user, event.lastRead);
    refreshReadPointer(event.conversation);
}

void Session::onEvent(const TypingEvent &event)
{
    if (event.user != m_self.user)
        m_typing.apply(event);
}

void Session::onEvent(const MessageSentEvent &event)
{
    const Message &message = event.message;
    if (MessageLog *log = m_logs.value(message.conversation))
        log->acknowledge(event.key, message);
    m_outbox.remove(event.key);
    m_conversations.noteMessage(message, m_roster.displayName(message.sender), false);
    m_conversations.setUnread(message.conversation, 0);
    m_reading.noteRead(message.conversation, message.id);
}

void Session::onEvent(const MessageFailedEvent &event)
{
    m_outbox.fail(event.key, event.error);
}

void Session::onEvent(const UploadProgressEvent &event)
{
    Q_EMIT uploadProgressed(event.key, event.sent, event.total);
}

void Session::onEvent(const UploadFinishedEvent &event)
{
    Q_EMIT uploadFinished(event.key, event.file);
}

void Session::onEvent(const UploadFailedEvent &event)
{
    Q_EMIT uploadFailed(event.key, event.error);
}

void Session::onEvent(const DownloadFinishedEvent &event)
{
    Q_EMIT downloadFinished(event.attachment, event.filePath);
}

void Session::onEvent(const PeopleFoundEvent &event)
{
    Q_EMIT peopleFound(event.query, event.people);
}

void Session::onEvent(const ConversationStartedEvent &event)
{
    Q_EMIT conversationStarted(event.conversation);
}

void Session::onEvent(const CommandFailedEvent &event)
{
    if (event.action == QLatin1StringView("status"))
        m_chosenIntent.reset();
    Q_EMIT commandFailed(event.action, event.error);
}

void Session::learn(const Conversation &conversation)
{
    for (const Participant &participant : conversation.participants)
        m_roster.learnName(participant.user, participant.displayName);
    if (ParticipantList *list = m_participants.value(conversation.id))
        list->suggest(conversation.participants);
    if (!conversation.lastMessage)
        return;
    m_roster.learnName(conversation.lastMessage->sender, conversation.lastMessage->senderName);
    m_reading.setNewest(conversation.id, conversation.lastMessage->id);
    if (conversation.unreadCount == 0)
        m_reading.noteRead(conversation.id, conversation.lastMessage->id);
}

void Session::refreshReadPointer(const ConversationId &conversation)
{
    if (MessageLog *log = m_logs.value(conversation))
        log->setReadUpTo(participants(conversation).readByOthersUpTo(m_self.user));
}

void Session::clear()
{
    m_presence->clear();
    m_typing.clear();
    m_reading.clear();
    m_outbox.clear();
    m_conversations.clear();
    for (MessageLog *log : std::as_const(m_logs))
        log->clear();
    for (ParticipantList *list : std::as_const(m_participants))
        list->clear();
    m_roster.clear();
    m_self = {};
    m_chosenIntent.reset();
    m_preferences.reset();
    Q_EMIT selfChanged();
    restoreIntent({}, std::nullopt);
}

} // namespace presently
