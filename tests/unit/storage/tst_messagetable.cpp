// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/storagefixture.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;
using Placement = PageRequest::Placement;

namespace {

//! Two people, one conversation and its messages, "1" to "n".
struct Talk {
    explicit Talk(int count = 0)
    {
        for (int number = 1; number <= count; ++number)
            messages.append(database.message(id, ana, QString::number(number), after(number)));
    }
    [[nodiscard]] QStringList texts(const MessagePage &page) const
    {
        QStringList list;
        for (const Message &message : page.messages)
            list.append(message.content);
        return list;
    }

    StorageFixture database;
    PersonKey ana = database.person(u"ana"_s).key;
    PersonKey ben = database.person(u"ben"_s).key;
    ConversationId id = database.conversation({ana, ben});
    QList<Message> messages;
};

} // namespace

class tst_MessageTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesAMessageWholly()
    {
        Talk talk;
        const Message first = talk.database.message(talk.id, talk.ana, u"first"_s);
        NewMessage made = StorageFixture::newMessage(talk.id, talk.ben, u"<p>hi</p>"_s, after(1));
        made.replyTo = first.id;
        made.attachments = {{u"dialogs/x/1.png"_s, u"a \"b\".png"_s, u"image/png"_s, 12}};
        const auto stored = talk.database->messages().add(made);
        QVERIFY(stored.has_value());
        QVERIFY(stored->isNew);
        talk.database.reopen();
        const auto found = talk.database->messages().find(talk.id, stored->message.id);
        QCOMPARE(*found, stored->message);
        QCOMPARE(found->replyTo, std::optional(first.id));
        QCOMPARE(found->attachments.size(), 1);
        const auto file = talk.database->messages().attachment(found->attachments.first().id);
        QCOMPARE(file->storageKey, u"dialogs/x/1.png"_s);
        QCOMPARE(file->conversation, talk.id);
        QCOMPARE(file->message, found->id);
    }

    void storesAMessageThatIsSentTwiceOnce()
    {
        Talk talk;
        NewMessage made = StorageFixture::newMessage(talk.id, talk.ana, u"once"_s);
        made.key = IdempotencyKey{u"key"_s};
        const auto first = talk.database->messages().add(made);
        made.content = u"twice"_s;
        made.sentAt = after(9);
        const auto second = talk.database->messages().add(made);
        QVERIFY(first->isNew);
        QVERIFY(!second->isNew);
        QCOMPARE(second->message, first->message);
        QCOMPARE(talk.database->messages().page(talk.id, {}, {})->messages.size(), 1);
        QCOMPARE(talk.database->conversations().participant(talk.id, talk.ben)->unreadCount, 1);
    }

    void keepsTheKeysOfPeopleApart()
    {
        Talk talk;
        NewMessage made = StorageFixture::newMessage(talk.id, talk.ana, u"mine"_s);
        made.key = IdempotencyKey{u"key"_s};
        QVERIFY(talk.database->messages().add(made)->isNew);
        made.sender = talk.ben;
        QVERIFY(talk.database->messages().add(made)->isNew);
        const auto other = talk.database.conversation({talk.ana});
        made.sender = talk.ana;
        made.conversation = other;
        QCOMPARE(failureOf(talk.database->messages().add(made)), ErrorCode::Conflict);
    }

    void storesOnceAcrossTwoConnections()
    {
        Talk talk;
        auto second = ServerDatabase::open(talk.database.path());
        QVERIFY(second.has_value());
        for (int round = 0; round < 50; ++round) {
            NewMessage made = StorageFixture::newMessage(talk.id, talk.ana, QString::number(round));
            made.key = IdempotencyKey{QString::number(round)};
            const auto one = talk.database->messages().add(made);
            const auto two = (*second)->messages().add(made);
            QVERIFY(one.has_value() && two.has_value());
            QVERIFY(one->isNew);
            QVERIFY(!two->isNew);
            QCOMPARE(two->message.id, one->message.id);
        }
        QCOMPARE(talk.database->messages().page(talk.id, {}, {})->messages.size(), 50);
    }

    void refusesAReplyIntoAnotherConversation()
    {
        Talk talk(1);
        const auto other = talk.database.conversation({talk.ana});
        NewMessage made = StorageFixture::newMessage(other, talk.ana, u"x"_s);
        made.replyTo = talk.messages.first().id;
        const auto refused = talk.database->messages().add(made);
        QCOMPARE(failureOf(refused), ErrorCode::InvalidField);
        QCOMPARE(refused.error().field, u"reply_to"_s);
        made.replyTo.reset();
        made.conversation = ConversationId{u"nowhere"_s};
        QCOMPARE(failureOf(talk.database->messages().add(made)), ErrorCode::NotFound);
    }

    void countsUnreadForTheOthersOnly()
    {
        Talk talk(3);
        auto &conversations = talk.database->conversations();
        QCOMPARE(conversations.participant(talk.id, talk.ben)->unreadCount, 3);
        const auto sender = conversations.participant(talk.id, talk.ana);
        QCOMPARE(sender->unreadCount, 0);
        QCOMPARE(sender->lastRead, std::optional(talk.messages.last().id));
        NewMessage note;
        note.conversation = talk.id;
        note.kind = MessageKind::System;
        note.content = u"{}"_s;
        note.sentAt = after(10);
        QVERIFY(talk.database->messages().add(note).has_value());
        QCOMPARE(conversations.participant(talk.id, talk.ben)->unreadCount, 3);
    }

    void leavesEverybodysArchive()
    {
        Talk talk;
        auto &conversations = talk.database->conversations();
        QVERIFY(conversations.setArchived(talk.id, talk.ben, true).has_value());
        const auto stored
            = talk.database->messages().add(StorageFixture::newMessage(talk.id, talk.ana, u"x"_s));
        QCOMPARE(stored->unarchivedFor, QList{talk.ben});
        QVERIFY(!conversations.participant(talk.id, talk.ben)->isArchived);
        const auto next
            = talk.database->messages().add(StorageFixture::newMessage(talk.id, talk.ana, u"y"_s));
        QVERIFY(next->unarchivedFor.isEmpty());
    }

    void pages_data()
    {
        QTest::addColumn<int>("placement");
        QTest::addColumn<int>("anchor"); // number of the message; 0: none
        QTest::addColumn<int>("limit");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("before");
        QTest::addColumn<bool>("after");
        const auto row = [](const char *name, Placement placement, int anchor, int limit,
                             const QString &expected, bool before, bool after) {
            QTest::newRow(name) << static_cast<int>(placement) << anchor << limit << expected
                                << before << after;
        };
        row("latest, all", Placement::Latest, 0, 50, u"1 2 3 4 5 6 7 8 9 10"_s, false, false);
        row("latest, some", Placement::Latest, 0, 3, u"8 9 10"_s, true, false);
        row("latest, exactly all", Placement::Latest, 0, 10, u"1 2 3 4 5 6 7 8 9 10"_s, true,
            false);
        row("before", Placement::Before, 5, 3, u"2 3 4"_s, true, false);
        row("before, the rest", Placement::Before, 3, 3, u"1 2"_s, false, false);
        row("before the first", Placement::Before, 1, 3, u""_s, false, false);
        row("after", Placement::After, 5, 3, u"6 7 8"_s, true, true);
        row("after, the rest", Placement::After, 8, 3, u"9 10"_s, true, false);
        row("after the last", Placement::After, 10, 3, u""_s, true, false);
        row("around", Placement::Around, 5, 4, u"3 4 5 6 7"_s, true, true);
        row("around the first", Placement::Around, 1, 4, u"1 2 3"_s, false, true);
        row("around the last", Placement::Around, 10, 4, u"8 9 10"_s, true, false);
        row("limit below one", Placement::Latest, 0, -5, u"10"_s, true, false);
    }
    void pages()
    {
        QFETCH(const int, placement);
        QFETCH(const int, anchor);
        QFETCH(const int, limit);
        QFETCH(const QString, expected);
        QFETCH(const bool, before);
        QFETCH(const bool, after);
        Talk talk(10);
        PageRequest request{static_cast<Placement>(placement), {}, limit};
        if (anchor > 0)
            request.anchor = talk.messages.at(anchor - 1).id;
        const auto page = talk.database->messages().page(talk.id, request, {});
        QVERIFY(page.has_value());
        QCOMPARE(talk.texts(*page).join(u' '), expected);
        QCOMPARE(page->hasMoreBefore, before);
        QCOMPARE(page->hasMoreAfter, after);
    }

    void neverReturnsMoreThanTheMaximum()
    {
        Talk talk(MessageTable::MaximumPage + 5);
        const auto page
            = talk.database->messages().page(talk.id, {Placement::Latest, {}, 1'000'000}, {});
        QCOMPARE(page->messages.size(), MessageTable::MaximumPage);
    }

    void pagesAroundAMessageThatIsGone()
    {
        Talk talk(5);
        auto &messages = talk.database->messages();
        QVERIFY(messages.remove(talk.id, talk.messages.at(2).id, talk.ana).has_value());
        const auto page
            = messages.page(talk.id, {Placement::Around, talk.messages.at(2).id, 4}, {});
        QCOMPARE(talk.texts(*page).join(u' '), u"1 2 4 5"_s);
    }

    void tellsTheFirstUnreadMessage()
    {
        Talk talk(5);
        auto &messages = talk.database->messages();
        QCOMPARE(messages.page(talk.id, {Placement::Latest, {}, 3}, talk.ben)->firstUnread,
            std::optional(talk.messages.at(2).id));
        QVERIFY(messages.markRead(talk.id, talk.ben, talk.messages.at(3).id, ReadVisibility::Shown)
                    .has_value());
        QCOMPARE(messages.page(talk.id, {}, talk.ben)->firstUnread,
            std::optional(talk.messages.at(4).id));
        QCOMPARE(messages.page(talk.id, {}, talk.ana)->firstUnread, std::optional<MessageId>());
        const PageRequest around{Placement::Around, talk.messages.at(3).id, 4};
        QCOMPARE(messages.page(talk.id, around, talk.ben)->firstUnread, std::optional<MessageId>());
    }

    void marksAsReadWhicheverMessageItIs()
    {
        Talk talk(3);
        auto &messages = talk.database->messages();
        const auto ben
            = [&] { return *talk.database->conversations().participant(talk.id, talk.ben); };
        QVERIFY(messages.markRead(talk.id, talk.ben, talk.messages.at(2).id, ReadVisibility::Shown)
                    .has_value());
        QVERIFY(messages.markRead(talk.id, talk.ben, talk.messages.at(0).id, ReadVisibility::Shown)
                    .has_value());
        QCOMPARE(ben().unreadCount, 0);
        QCOMPARE(ben().lastRead, std::optional(talk.messages.at(0).id));
        QCOMPARE(failureOf(messages.markRead(
                     talk.id, talk.ben, MessageId{u"none"_s}, ReadVisibility::Shown)),
            ErrorCode::NotFound);
        QCOMPARE(failureOf(messages.markRead(talk.id, talk.database.person(u"cy"_s).key,
                     talk.messages.at(0).id, ReadVisibility::Shown)),
            ErrorCode::NotFound);
    }

    void freezesWhatOthersSeeOfAHiddenReader()
    {
        Talk talk(2);
        auto &messages = talk.database->messages();
        const auto ben
            = [&] { return *talk.database->conversations().participant(talk.id, talk.ben); };
        QVERIFY(messages.markRead(talk.id, talk.ben, talk.messages.at(1).id, ReadVisibility::Hidden)
                    .has_value());
        QCOMPARE(ben().unreadCount, 0);
        QCOMPARE(ben().unreadCountShown, 2);
        QCOMPARE(ben().lastReadShown, std::optional<MessageId>());
        const auto revealed = messages.revealReads(talk.ben);
        QCOMPARE(*revealed, (QList{std::pair(talk.id, talk.messages.at(1).id)}));
        QCOMPARE(ben().unreadCountShown, 0);
        QCOMPARE(ben().lastReadShown, ben().lastRead);
        QVERIFY(messages.revealReads(talk.ben)->isEmpty());
    }

    void keepsTheTextBeforeAnEdit()
    {
        Talk talk(1);
        auto &messages = talk.database->messages();
        const MessageId id = talk.messages.first().id;
        QCOMPARE(failureOf(messages.edit(talk.id, id, talk.ben, u"x"_s, u"x"_s, after(5))),
            ErrorCode::Forbidden);
        QCOMPARE(failureOf(messages.edit(
                     talk.id, MessageId{u"none"_s}, talk.ana, u"x"_s, u"x"_s, after(5))),
            ErrorCode::NotFound);
        QVERIFY(messages.edit(talk.id, id, talk.ana, u"two"_s, u"two"_s, after(5)).has_value());
        const auto edited = messages.edit(talk.id, id, talk.ana, u"three"_s, u"three"_s, after(6));
        QCOMPARE(edited->content, u"three"_s);
        QCOMPARE(edited->lastEditedAt, std::optional(after(6)));
        const auto revisions = messages.revisions(id);
        QCOMPARE(revisions->size(), 2);
        QCOMPARE(revisions->at(0).content, u"1"_s);
        QCOMPARE(revisions->at(1).content, u"two"_s);
        QCOMPARE(revisions->at(1).replacedAt, after(6));
        QVERIFY(messages.search(talk.ana, u"two"_s, 10)->isEmpty());
        QCOMPARE(messages.search(talk.ana, u"three"_s, 10)->size(), 1);
    }

    void clearsWhatPointedAtADeletedMessage()
    {
        Talk talk(1);
        auto &messages = talk.database->messages();
        NewMessage reply = StorageFixture::newMessage(talk.id, talk.ben, u"re"_s, after(2));
        reply.replyTo = talk.messages.first().id;
        reply.attachments = {{u"dialogs/x/1"_s, u"f"_s, u""_s, 1}};
        const Message stored = messages.add(reply)->message;
        QVERIFY(
            messages.markRead(talk.id, talk.ben, talk.messages.first().id, ReadVisibility::Shown)
                .has_value());
        QCOMPARE(failureOf(messages.remove(talk.id, talk.messages.first().id, talk.ben)),
            ErrorCode::Forbidden);
        QVERIFY(messages.remove(talk.id, talk.messages.first().id, talk.ana).has_value());
        QCOMPARE(messages.find(talk.id, stored.id)->replyTo, std::optional<MessageId>());
        QCOMPARE(talk.database->conversations().participant(talk.id, talk.ben)->lastRead,
            std::optional<MessageId>());
        QCOMPARE(*messages.remove(talk.id, stored.id, talk.ben), QStringList{u"dialogs/x/1"_s});
        QVERIFY(!messages.attachment(stored.attachments.first().id).has_value());
        QVERIFY(messages.search(talk.ana, u"re"_s, 10)->isEmpty());
    }

    void findsWords_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("hits");
        QTest::newRow("a word") << u"release"_s << 2;
        QTest::newRow("in another case") << u"RELEASE"_s << 2;
        QTest::newRow("only begun") << u"rele"_s << 2;
        QTest::newRow("two words") << u"plan release"_s << 1;
        QTest::newRow("Cyrillic") << u"ПЯТНИЦУ"_s << 1;
        QTest::newRow("Chinese, inside a sentence") << u"明天"_s << 1;
        QTest::newRow("Vietnamese without marks") << u"hop"_s << 1;
        QTest::newRow("the index's operators") << u"release OR NOT"_s << 0;
        QTest::newRow("an open quote") << u"\"release"_s << 2;
        QTest::newRow("only signs") << u"* \" - ^"_s << 0;
        QTest::newRow("nothing") << u"  "_s << 0;
        QTest::newRow("a NUL") << u"release"_s + QChar(u'\0') << 2;
        QTest::newRow("in a conversation of others") << u"secret"_s << 0;
    }
    void findsWords()
    {
        QFETCH(const QString, words);
        QFETCH(const int, hits);
        Talk talk;
        for (const QString &text : {u"The release is out"_s, u"plan the next release"_s,
                 u"Созвон в пятницу"_s, u"我们明天见"_s, u"cuộc họp lúc ba giờ"_s})
            talk.database.message(talk.id, talk.ana, text);
        const auto cy = talk.database.person(u"cy"_s).key;
        talk.database.message(talk.database.conversation({cy}), cy, u"secret"_s);
        const auto found = talk.database->messages().search(talk.ben, words, 10);
        QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->size(), hits);
    }
};

QTEST_GUILESS_MAIN(tst_MessageTable)
#include "tst_messagetable.moc"
