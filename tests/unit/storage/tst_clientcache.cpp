// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/cachefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

class tst_ClientCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingBeforeTheFirstSignIn()
    {
        CacheFixture cache;
        QVERIFY(cache->isPersistent());
        QVERIFY(cache->load()->isEmpty());
        QVERIFY(cache->outbox()->isEmpty());
        QVERIFY(!cache->presenceAsOf());
    }

    void tellsFirstWhoIsSignedIn()
    {
        CacheFixture cache;
        cache.signIn();
        QVERIFY(cache.reopen().has_value());
        const auto events = cache->load();
        const auto *first = std::get_if<SignedInEvent>(&events->first());
        QVERIFY(first);
        QCOMPARE(first->self, (Person{UserId{u"me"_s}, u"Me"_s, u"login"_s, false}));
        QCOMPARE(first->capabilities, Capability::Push | Capability::Messages);
    }

    void keepsConversationsAndPeople()
    {
        CacheFixture cache;
        cache.signIn();
        Conversation talk = conversation(u"c"_s);
        talk.title = u"Ünï '; DROP 🚀"_s;
        talk.isPinned = true;
        talk.unreadCount = 3;
        talk.participantCount = 2;
        talk.lastMessageAt = WallTime{Milliseconds{9}};
        talk.lastMessage = MessagePreview{MessageId{u"m"_s}, UserId{u"ben"_s}, u"Ben"_s,
            MessageKind::System, u"{}"_s, WallTime{Milliseconds{9}}};
        Participant ben;
        ben.user = UserId{u"ben"_s};
        ben.displayName = u"Ben"_s;
        ben.company = u"Harbour"_s;
        ben.joinedAs = JoinedAs::Joined;
        ben.lastRead = MessageId{u"m"_s};
        talk.participants = {ben};
        Participant me;
        me.user = UserId{u"me"_s};
        me.displayName = u"Me"_s;
        const QList<Person> people{{UserId{u"ben"_s}, u"Ben"_s, u"ben"_s, true}};
        const Intent busy{IntentStatus::Busy, u"focus"_s, WallTime{Milliseconds{77}}};
        cache.apply(RosterEvent{people});
        cache.apply(OwnIntentEvent{busy});
        cache.apply(ConversationListEvent{{talk}, true});
        cache.apply(ParticipantsEvent{talk.id, {ben, me}});
        QVERIFY(cache.reopen().has_value());

        const auto list = cache.loaded<ConversationListEvent>();
        QVERIFY(list.first().complete);
        talk.participants.append(me);
        QCOMPARE(list.first().conversations, QList{talk});
        QCOMPARE(cache.loaded<ParticipantsEvent>().first().participants.size(), 2);
        QCOMPARE(cache.loaded<RosterEvent>().first().people, people);
        QCOMPARE(cache.loaded<OwnIntentEvent>().first().intent, busy);
    }

    void followsWhatEventsTell()
    {
        CacheFixture cache;
        cache.signIn();
        cache.apply(ConversationListEvent{{conversation(u"c"_s), conversation(u"d"_s)}, true});
        cache.apply(ConversationChangedEvent{ConversationId{u"c"_s}, true, true, {}, 7});
        cache.apply(ConversationRemovedEvent{ConversationId{u"d"_s}});
        cache.apply(MessageAddedEvent{message(1)});
        auto own = message(2);
        own.sender = UserId{u"me"_s};
        cache.apply(MessageAddedEvent{own});
        const auto talk
            = [&] { return cache.loaded<ConversationListEvent>().first().conversations.first(); };
        QCOMPARE(cache.loaded<ConversationListEvent>().first().conversations.size(), 1);
        QVERIFY(talk().isPinned && talk().isMuted && !talk().isArchived);
        QCOMPARE(talk().unreadCount, 8);
        QCOMPARE(talk().lastMessage->content, u"2"_s);
        own.content = u"two"_s;
        cache.apply(MessageEditedEvent{own});
        QCOMPARE(talk().lastMessage->content, u"two"_s);
        cache.apply(MessageReadEvent{ConversationId{u"c"_s}, UserId{u"me"_s}, own.id});
        QCOMPARE(talk().unreadCount, 0);
    }

    void keepsTheNewerPresence()
    {
        CacheFixture cache;
        cache.signIn();
        PresenceRecord ben;
        ben.user = UserId{u"ben"_s};
        ben.presence.status = Status::Away;
        ben.presence.autoAway = true;
        ben.presence.lastSeen = WallTime{Milliseconds{4}};
        ben.presence.deviceTypes = DeviceType::Desktop | DeviceType::Mobile;
        ben.version = {9, 5};
        cache.apply(PresenceSnapshotEvent{{9, true, {ben}}});
        PresenceRecord older = ben;
        older.presence.status = Status::Online;
        older.version.serial = 4;
        cache.apply(PresenceChangedEvent{older});
        QVERIFY(cache.reopen().has_value());
        auto snapshot = cache.loaded<PresenceSnapshotEvent>().first().snapshot;
        QCOMPARE(snapshot.epoch, qint64(9));
        QVERIFY(!snapshot.complete);
        QCOMPARE(snapshot.users, QList{ben});

        PresenceRecord next = older;
        next.version = {10, 1};
        cache.apply(PresenceSnapshotEvent{{10, true, {next}}});
        QCOMPARE(cache.loaded<PresenceSnapshotEvent>().first().snapshot.users, QList{next});
    }

    void knowsUntilWhenPresenceWasTrue()
    {
        CacheFixture cache;
        cache.signIn();
        cache.apply(PresenceChangedEvent{{UserId{u"ben"_s}, {}, {}, {}}});
        QCOMPARE(cache->presenceAsOf(), std::optional(cache.clock.wallNow()));
        LinkStatus online;
        online.state = LinkState::Online;
        cache.apply(LinkChangedEvent{online});
        cache.clock.advance(Milliseconds{5000});
        LinkStatus lost;
        lost.state = LinkState::Waiting;
        lost.lostAt = cache.clock.wallNow();
        cache.clock.advance(Milliseconds{5000});
        cache.apply(LinkChangedEvent{lost});
        QCOMPARE(cache->presenceAsOf(), lost.lostAt);
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(cache->presenceAsOf(), lost.lostAt);

        cache.apply(LinkChangedEvent{online});
        cache.clock.advance(Milliseconds{5000});
        const WallTime quit = cache.clock.wallNow();
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(cache->presenceAsOf(), std::optional(quit));
    }

    void forgetsTheAccountWhenSigningOut()
    {
        CacheFixture cache;
        cache.signIn();
        cache.apply(ConversationListEvent{{conversation(u"c"_s)}, true});
        cache.apply(page(1, 3, PagePlacement::Latest));
        QVERIFY(cache->enqueue(outgoing(u"k"_s)).has_value());
        QVERIFY(cache->setValue(u"draft/c"_s, u"half a sent"_s).has_value());
        cache.apply(SignedOutEvent{});
        QVERIFY(cache.reopen().has_value());
        QVERIFY(cache->load()->isEmpty());
        QCOMPARE(keysOf(cache->outbox()), QStringList{u"k"_s});
        QCOMPARE(*cache->value(u"draft/c"_s), u"half a sent"_s);
    }

    void forgetsTheDataOfSomebodyElse()
    {
        CacheFixture cache;
        cache.signIn(u"me"_s);
        cache.apply(ConversationListEvent{{conversation(u"c"_s)}, true});
        cache.signIn(u"me"_s);
        QCOMPARE(cache.loaded<ConversationListEvent>().first().conversations.size(), 1);
        cache.signIn(u"other"_s);
        QVERIFY(cache.loaded<ConversationListEvent>().first().conversations.isEmpty());
        QVERIFY(!cache.loaded<ConversationListEvent>().first().complete);
    }

    void keepsSmallValues()
    {
        CacheFixture cache;
        QCOMPARE(*cache->value(u"open"_s), QString());
        QVERIFY(cache->setValue(u"open"_s, u"c"_s).has_value());
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(*cache->value(u"open"_s), u"c"_s);
        QVERIFY(cache->setValue(u"open"_s, u""_s).has_value());
        QCOMPARE(*cache->value(u"open"_s), QString());
    }

    void keepsTheOutboxInOrder()
    {
        CacheFixture cache;
        auto first = outgoing(u"z"_s);
        first.replyTo = MessageId{u"m"_s};
        first.attachments = {{u"dialogs/c/1"_s, u"a \"b\".png"_s, u"image/png"_s, 12}};
        QVERIFY(cache->enqueue(first).has_value());
        QVERIFY(cache->enqueue(outgoing(u"a"_s)).has_value());
        QVERIFY(cache->enqueue(outgoing(u"m"_s)).has_value());
        first.content = u"changed"_s;
        QVERIFY(cache->enqueue(first).has_value());
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"z a m"_s);
        QCOMPARE(cache->outbox()->first(), first);

        QVERIFY(cache
                    ->setOutgoingFailure(
                        IdempotencyKey{u"a"_s}, Error{ErrorCode::Forbidden, u"f"_s, u"d"_s, {}})
                    .has_value());
        cache.apply(MessageSentEvent{first.key, message(1)});
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"a m"_s);
        QCOMPARE(cache->outbox()->first().failure->code, ErrorCode::Forbidden);
        QVERIFY(cache->setOutgoingFailure(IdempotencyKey{u"a"_s}, {}).has_value());
        QVERIFY(!cache->outbox()->first().failure);
        QVERIFY(cache->removeOutgoing(IdempotencyKey{u"a"_s}).has_value());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"m"_s);
    }

    void hasAMessageOnDiskWhenEnqueueReturns()
    {
        CacheFixture cache;
        QVERIFY(cache->beginBatch().has_value());
        cache.signIn();
        QVERIFY(cache->enqueue(outgoing(u"k"_s)).has_value());
        // A second reader stands for the start after a crash: nothing is closed or committed here.
        ClientCache other(cache.clock);
        QVERIFY(other.open(cache.path()).has_value());
        QCOMPARE(keysOf(other.outbox()), QStringList{u"k"_s});
        QVERIFY(!other.load()->isEmpty());
    }

    void writesABatchAtOnce()
    {
        CacheFixture cache;
        cache.signIn();
        QVERIFY(cache->beginBatch().has_value());
        QVERIFY(cache->beginBatch().has_value());
        cache.apply(ConversationListEvent{{conversation(u"c"_s)}, true});
        ClientCache other(cache.clock);
        QVERIFY(other.open(cache.path()).has_value());
        QVERIFY(!std::ranges::any_of(*other.load(), [](const Event &event) {
            const auto *list = std::get_if<ConversationListEvent>(&event);
            return list && !list->conversations.isEmpty();
        }));
        QVERIFY(cache->commitBatch().has_value());
        QVERIFY(cache->commitBatch().has_value());
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(cache.loaded<ConversationListEvent>().first().conversations.size(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_ClientCache)
#include "tst_clientcache.moc"
