// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/cachefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

namespace {

class Runs : public CacheFixture
{
public:
    Runs()
    {
        signIn();
        apply(ConversationListEvent{{conversation(u"c"_s)}, true});
    }
    //! "first-last", with "<" in front when there is more before; "-" for none.
    QString run(int limit = 1000)
    {
        const auto pages = loaded<MessagePageEvent>(limit);
        if (pages.isEmpty())
            return u"-"_s;
        const MessagePage &newest = pages.first().page;
        const int first = newest.messages.first().content.toInt();
        const int last = newest.messages.last().content.toInt();
        // A hole would show as a run that is shorter than its ends say.
        if (last - first + 1 != newest.messages.size())
            return u"%1..%2 with %3"_s.arg(first).arg(last).arg(newest.messages.size());
        return u"%1%2-%3"_s.arg(newest.hasMoreBefore ? u"<"_s : u""_s).arg(first).arg(last);
    }
    void loseLink()
    {
        LinkStatus lost;
        lost.state = LinkState::Waiting;
        apply(LinkChangedEvent{lost});
    }
};

} // namespace

class tst_MessageRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLatestPage()
    {
        Runs cache;
        cache.apply(page(11, 20, PagePlacement::Latest));
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(cache.run(), u"<11-20"_s);
        QCOMPARE(cache.run(3), u"<18-20"_s);
        const auto newest = cache.loaded<MessagePageEvent>(3).first();
        QCOMPARE(newest.placement, PagePlacement::Latest);
        QVERIFY(newest.page.hasMoreAfter);
        QCOMPARE(newest.page.messages.last(), message(20));
    }

    void readsOlderMessagesFromDisk()
    {
        Runs cache;
        cache.apply(page(1, 20, PagePlacement::Latest, false));
        const auto older = cache->messagesBefore(ConversationId{u"c"_s}, message(5).id, 3);
        QCOMPARE(older->size(), 3);
        QCOMPARE(older->first(), message(2));
        QCOMPARE(cache->messagesBefore(ConversationId{u"c"_s}, message(3).id, 10)->size(), 2);
        QVERIFY(cache->messagesBefore(ConversationId{u"c"_s}, message(1).id, 10)->isEmpty());
        QCOMPARE(cache.run(), u"1-20"_s);
    }

    void joinsPages_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<int>("placement");
        QTest::addColumn<bool>("moreBefore");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, int first, int last, PagePlacement placement,
                             bool moreBefore, const QString &expected) {
            QTest::newRow(name) << first << last << static_cast<int>(placement) << moreBefore
                                << expected;
        };
        using enum PagePlacement;
        row("latest that overlaps", 18, 27, Latest, true, u"<11-27"_s);
        row("latest after a gap", 31, 40, Latest, true, u"<31-40"_s);
        row("latest with all there is", 21, 25, Latest, false, u"<11-25"_s);
        row("latest that is older", 1, 5, Latest, true, u"<1-5"_s);
        row("the page before", 1, 10, Before, false, u"1-20"_s);
        row("the page before, more to come", 6, 10, Before, true, u"<6-20"_s);
        row("the page after", 21, 30, After, true, u"<11-30"_s);
        row("around, overlapping", 5, 15, Around, true, u"<5-20"_s);
        row("around, elsewhere", 1, 5, Around, true, u"<11-20"_s);
    }
    void joinsPages()
    {
        QFETCH(const int, first);
        QFETCH(const int, last);
        QFETCH(const int, placement);
        QFETCH(const bool, moreBefore);
        QFETCH(const QString, expected);
        Runs cache;
        cache.apply(page(11, 20, PagePlacement::Latest));
        cache.apply(page(first, last, static_cast<PagePlacement>(placement), moreBefore));
        QCOMPARE(cache.run(), expected);
    }

    void ignoresPagesOfAnotherPartOfTheHistory()
    {
        Runs cache;
        cache.apply(page(91, 99, PagePlacement::Latest));
        cache.apply(page(40, 50, PagePlacement::Around, true, true));
        cache.apply(page(30, 39, PagePlacement::Before));
        cache.apply(page(51, 60, PagePlacement::After, true, true));
        QCOMPARE(cache.run(), u"<91-99"_s);
        cache.apply(page(91, 99, PagePlacement::Latest));
        cache.apply(page(81, 90, PagePlacement::Before));
        QCOMPARE(cache.run(), u"<81-99"_s);
    }

    void takesLiveMessagesOnlyWithoutAGap()
    {
        Runs cache;
        cache.apply(MessageAddedEvent{message(5)});
        QCOMPARE(cache.run(), u"-"_s);
        cache.apply(page(1, 10, PagePlacement::Latest, false));
        cache.apply(MessageAddedEvent{message(11)});
        QCOMPARE(cache.run(), u"1-11"_s);
        cache.loseLink();
        cache.apply(MessageAddedEvent{message(20)});
        QCOMPARE(cache.run(), u"1-11"_s);
        cache.apply(page(9, 21, PagePlacement::Latest));
        cache.apply(MessageAddedEvent{message(22)});
        QCOMPARE(cache.run(), u"1-22"_s);
        QVERIFY(cache.reopen().has_value());
        cache.apply(MessageAddedEvent{message(30)});
        QCOMPARE(cache.run(), u"1-22"_s);
    }

    void keepsOnlySoMany()
    {
        Runs cache;
        const int most = ClientCache::MessagesPerConversation;
        cache.apply(page(1, most, PagePlacement::Latest, false));
        QCOMPARE(cache.run(), u"1-%1"_s.arg(most));
        cache.apply(MessageAddedEvent{message(most + 1)});
        QCOMPARE(cache.run(), u"<2-%1"_s.arg(most + 1));
        cache.apply(page(1, 1, PagePlacement::Before, false));
        QCOMPARE(cache.run(), u"<2-%1"_s.arg(most + 1));
    }

    void forgetsWhatAPageDoesNotHaveAnyMore()
    {
        Runs cache;
        cache.apply(page(1, 10, PagePlacement::Latest, false));
        auto without = page(1, 10, PagePlacement::Latest, false);
        without.page.messages.removeAt(4);
        cache.apply(without);
        QCOMPARE(cache.run(), u"1..10 with 9"_s);
    }

    void editsAndDeletes()
    {
        Runs cache;
        auto reply = page(1, 3, PagePlacement::Latest, false);
        reply.page.messages[2].replyTo = message(2).id;
        reply.page.messages[2].attachments
            = {{AttachmentId{u"f"_s}, u"a.png"_s, u"image/png"_s, 3, {}}};
        cache.apply(reply);
        Message edited = message(1);
        edited.content = u"11"_s;
        edited.lastEditedAt = WallTime{Milliseconds{50}};
        cache.apply(MessageEditedEvent{edited});
        cache.apply(MessageDeletedEvent{ConversationId{u"c"_s}, message(2).id});
        const auto messages = cache.loaded<MessagePageEvent>().first().page.messages;
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages.first(), edited);
        QVERIFY(!messages.last().replyTo);
        QCOMPARE(messages.last().attachments, reply.page.messages.at(2).attachments);
    }

    void takesNothingOfAPageOnTrust()
    {
        Runs cache;
        auto mixed = page(1, 3, PagePlacement::Latest, false);
        mixed.page.messages.swapItemsAt(0, 2);
        mixed.page.messages.append(message(9, u"d"_s));
        mixed.page.messages.append(Message{});
        cache.apply(mixed);
        QCOMPARE(cache.run(), u"1-3"_s);
    }
};

QTEST_GUILESS_MAIN(tst_MessageRuns)
#include "tst_messageruns.moc"
