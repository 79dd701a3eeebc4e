// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/session.h"

#include <QSignalSpy>
#include <QTest>

#include "models/presence/presencestore.h"
#include "tests/support/manualclock.h"
#include "tests/support/manualtimer.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

const ConversationId Team{QStringLiteral("team")};
const UserId Ana{QStringLiteral("ana")};
const UserId Bao{QStringLiteral("bao")};

Message message(const char *id, const UserId &sender)
{
    Message made;
    made.id = MessageId{QString::fromLatin1(id)};
    made.conversation = Team;
    made.sender = sender;
    made.content = QStringLiteral("<p>hello</p>");
    return made;
}

Conversation team()
{
    Conversation made;
    made.id = Team;
    Participant bao;
    bao.user = Bao;
    bao.displayName = QStringLiteral("Bao");
    Participant ana;
    ana.user = Ana;
    made.participants = {ana, bao};
    return made;
}

OutgoingMessage outgoing(const char *key)
{
    OutgoingMessage made;
    made.key = IdempotencyKey{QString::fromLatin1(key)};
    made.conversation = Team;
    return made;
}

PresenceRecord online(const UserId &user, qint64 serial)
{
    PresenceRecord record;
    record.user = user;
    record.presence.status = Status::Online;
    record.version = {1, serial};
    return record;
}

} // namespace

class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void handsCommandsOn();
    void keepsTheOrderOfTheOutbox();
    void showsASentMessageOnce();
    void keepsARefusedMessageUntilItIsRetriedOrDiscarded();
    void restoresTheOutboxFromDisk();
    void countsUnreadOfOthersOnce();
    void countsNothingForOwnAndSystemMessages();
    void leavesMutedConversationsOutOfTheTotal();
    void namesPeopleByTheBestItKnows();
    void marksOwnMessagesReadByOthers();
    void turnsDotsUnknownWhenTheLinkIsLost();
    void keepsDotsThroughAResume();
    void forgetsEverythingOnlyAfterASignOut();
    void reckonsByTheServersClock();
    void endsATimedIntentByItself();
    void believesAChoiceMoreThanWhatWasOnItsWayBefore();
    void believesItsOwnReadingBeforeTheServerHasHeardOfIt();

private:
    void goOnline()
    {
        m_session->apply(SignedInEvent{Person{Ana, QStringLiteral("Ana"), {}, false}, {}});
        m_session->apply(PresenceHydrationStartedEvent{1});
        m_session->apply(LinkChangedEvent{{LinkState::Online, {}, {}, {}}});
        m_session->apply(ConversationListEvent{{team()}, true});
    }
    void loseLink()
    {
        m_session->apply(LinkChangedEvent{{LinkState::Waiting, {}, {}, m_clock.wallNow()}});
    }

    ManualClock m_clock;
    std::unique_ptr<Session> m_session;
};

void tst_Session::init()
{
    m_session = std::make_unique<Session>(m_clock);
    goOnline();
}

void tst_Session::handsCommandsOn()
{
    QSignalSpy submitted(m_session.get(), &Session::commandSubmitted);
    m_session->submit(TryNowCommand{});
    QCOMPARE(submitted.count(), 1);
    QVERIFY(std::holds_alternative<TryNowCommand>(submitted.at(0).at(0).value<Command>()));
}

void tst_Session::keepsTheOrderOfTheOutbox()
{
    MessageLog &log = m_session->messages(Team);
    for (const char *key : {"a", "b", "c"})
        m_session->submit(SendMessageCommand{outgoing(key)});
    QCOMPARE(log.count(), 3);
    QCOMPARE(log.at(0).key.value, QStringLiteral("a"));
    QCOMPARE(log.at(2).key.value, QStringLiteral("c"));
    m_session->submit(SendMessageCommand{outgoing("b")}); // pressed twice
    QCOMPARE(log.count(), 3);
}

void tst_Session::showsASentMessageOnce()
{
    MessageLog &log = m_session->messages(Team);
    m_session->submit(SendMessageCommand{outgoing("a")});
    m_session->apply(MessageSentEvent{IdempotencyKey{QStringLiteral("a")}, message("1", Ana)});
    m_session->apply(MessageAddedEvent{message("1", Ana)});
    QCOMPARE(log.count(), 1);
    QCOMPARE(log.at(0).delivery, Delivery::Sent);
    QVERIFY(m_session->outbox().messages().isEmpty());
    QCOMPARE(m_session->conversations().find(Team)->lastMessage->id.value, QStringLiteral("1"));
}

void tst_Session::keepsARefusedMessageUntilItIsRetriedOrDiscarded()
{
    MessageLog &log = m_session->messages(Team);
    const IdempotencyKey key{QStringLiteral("a")};
    m_session->submit(SendMessageCommand{outgoing("a")});
    m_session->apply(MessageFailedEvent{key, Error{ErrorCode::Forbidden, {}, {}, {}}});
    QCOMPARE(log.at(0).delivery, Delivery::Failed);
    m_session->submit(RetryMessageCommand{key});
    QCOMPARE(log.at(0).delivery, Delivery::Pending);
    m_session->submit(DiscardMessageCommand{key});
    QCOMPARE(log.count(), 0);
}

void tst_Session::restoresTheOutboxFromDisk()
{
    m_session->restoreOutbox({outgoing("a"), outgoing("b")});
    QCOMPARE(m_session->messages(Team).count(), 2);
}

void tst_Session::countsUnreadOfOthersOnce()
{
    QSignalSpy received(m_session.get(), &Session::messageReceived);
    m_session->apply(MessageAddedEvent{message("1", Bao)});
    m_session->apply(MessageAddedEvent{message("1", Bao)}); // told again after a resume
    m_session->apply(MessageAddedEvent{message("2", Bao)});
    QCOMPARE(m_session->conversations().find(Team)->unreadCount, 2);
    QCOMPARE(m_session->conversations().totalUnread(), 2);
    QCOMPARE(received.count(), 2);
    m_session->submit(MarkReadCommand{Team, MessageId{QStringLiteral("2")}});
    QCOMPARE(m_session->conversations().totalUnread(), 0);
}

void tst_Session::countsNothingForOwnAndSystemMessages()
{
    m_session->apply(MessageAddedEvent{message("1", Bao)});
    Message system = message("2", {});
    system.kind = MessageKind::System;
    m_session->apply(MessageAddedEvent{system});
    QCOMPARE(m_session->conversations().totalUnread(), 1);
    m_session->apply(MessageAddedEvent{message("3", Ana)}); // written on another device
    QCOMPARE(m_session->conversations().totalUnread(), 0);
}

void tst_Session::leavesMutedConversationsOutOfTheTotal()
{
    m_session->apply(MessageAddedEvent{message("1", Bao)});
    m_session->apply(ConversationChangedEvent{Team, {}, true, {}, {}});
    QCOMPARE(m_session->conversations().totalUnread(), 0);
    QCOMPARE(m_session->conversations().find(Team)->unreadCount, 1);
}

void tst_Session::namesPeopleByTheBestItKnows()
{
    Roster &roster = m_session->roster();
    QCOMPARE(roster.displayName(Bao), QStringLiteral("Bao")); // as the list named them
    QCOMPARE(roster.displayName(UserId{QStringLiteral("u9")}), QStringLiteral("u9"));
    m_session->apply(RosterEvent{{Person{Bao, QStringLiteral("Bao Tran"), {}, true},
        Person{UserId{QStringLiteral("u9")}, {}, QStringLiteral("ute"), false}}});
    QCOMPARE(roster.displayName(Bao), QStringLiteral("Bao Tran"));
    QCOMPARE(roster.displayName(UserId{QStringLiteral("u9")}), QStringLiteral("ute"));
    QCOMPARE(roster.contacts().size(), 1);
}

void tst_Session::marksOwnMessagesReadByOthers()
{
    MessageLog &log = m_session->messages(Team);
    m_session->apply(MessageAddedEvent{message("1", Ana)});
    m_session->apply(MessageReadEvent{Team, Ana, MessageId{QStringLiteral("1")}});
    QCOMPARE(log.at(0).delivery, Delivery::Sent); // our own reading does not count
    m_session->apply(MessageReadEvent{Team, Bao, MessageId{QStringLiteral("1")}});
    QCOMPARE(log.at(0).delivery, Delivery::Read);
}

void tst_Session::turnsDotsUnknownWhenTheLinkIsLost()
{
    m_session->apply(PresenceSnapshotEvent{{1, true, {online(Bao, 1)}}});
    QCOMPARE(m_session->presence().presence(Bao).status, Status::Online);
    loseLink();
    m_clock.advance(PresenceStore::UnknownAfter);
    m_session->presence().checkLink();
    QCOMPARE(m_session->presence().presence(Bao).status, Status::Unknown);
}

void tst_Session::keepsDotsThroughAResume()
{
    m_session->apply(PresenceSnapshotEvent{{1, true, {online(Bao, 1)}}});
    loseLink();
    m_clock.advance(500ms);
    m_session->apply(LinkChangedEvent{{LinkState::Online, {}, {}, {}}});
    m_clock.advance(5s);
    m_session->presence().checkLink();
    QCOMPARE(m_session->presence().presence(Bao).status, Status::Online);
}

void tst_Session::forgetsEverythingOnlyAfterASignOut()
{
    m_session->submit(SendMessageCommand{outgoing("a")});
    m_session->apply(SignedOutEvent{Error{ErrorCode::Unauthenticated, {}, {}, {}}});
    QCOMPARE(m_session->conversations().count(), 1);
    QCOMPARE(m_session->outbox().messages().size(), 1);
    m_session->apply(SignedOutEvent{});
    QCOMPARE(m_session->conversations().count(), 0);
    QVERIFY(!m_session->isSignedIn());
}

void tst_Session::reckonsByTheServersClock()
{
    const WallTime server = m_clock.wallNow() + 10min;
    m_session->apply(ServerClockEvent{server, m_clock.now()});
    m_clock.advance(3s);
    m_clock.stepWall(-24h); // this machine's clock is of no concern
    QCOMPARE(m_session->serverNow(), server + 3s);
}

void tst_Session::endsATimedIntentByItself()
{
    auto *timer = new ManualTimer;
    Session session(m_clock, std::unique_ptr<OneShotTimer>(timer));
    QSignalSpy changed(&session, &Session::intentChanged);
    const Intent away{IntentStatus::Away, {}, {}};
    session.submit(SetIntentCommand{away});
    session.submit(SetIntentCommand{{IntentStatus::Busy, {}, m_clock.wallNow() + 30min}});
    QCOMPARE(timer->delay(), std::optional<Milliseconds>(30min));
    session.apply(LinkChangedEvent{{LinkState::Waiting, {}, {}, m_clock.wallNow()}});
    m_clock.advance(30min);
    timer->fire();
    QCOMPARE(session.intent(), away);
    QCOMPARE(changed.size(), 3);
    QVERIFY(!timer->delay());
}

void tst_Session::believesAChoiceMoreThanWhatWasOnItsWayBefore()
{
    const Intent busy{IntentStatus::Busy, {}, {}};
    const Intent away{IntentStatus::Away, {}, {}};
    m_session->submit(SetIntentCommand{busy});
    m_session->apply(OwnIntentEvent{{}});
    QCOMPARE(m_session->intent(), busy);
    m_session->apply(OwnIntentEvent{busy});
    m_session->apply(OwnIntentEvent{away}); // another device of ours
    QCOMPARE(m_session->intent(), away);
    m_session->submit(SetIntentCommand{busy});
    m_session->apply(CommandFailedEvent{QStringLiteral("status"), {}});
    m_session->apply(OwnIntentEvent{away});
    QCOMPARE(m_session->intent(), away);
}

void tst_Session::believesItsOwnReadingBeforeTheServerHasHeardOfIt()
{
    Conversation unread = team();
    unread.unreadCount = 2;
    unread.lastMessage = MessagePreview{MessageId{QStringLiteral("5")}, Bao, {}, {}, {}, {}};
    m_session->restoreReads({{Team, MessageId{QStringLiteral("5")}}});
    m_session->apply(ConversationListEvent{{unread}, true});
    QCOMPARE(m_session->conversations().totalUnread(), 0);
    unread.lastMessage->id = MessageId{QStringLiteral("6")};
    m_session->apply(ConversationListEvent{{unread}, true});
    QCOMPARE(m_session->conversations().totalUnread(), 2);
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
