// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/messagelog.h"

#include <QSignalSpy>
#include <QTest>

using namespace presently;

namespace {

const ConversationId Team{QStringLiteral("team")};
const UserId Ana{QStringLiteral("ana")};
const UserId Bao{QStringLiteral("bao")};

MessageId idOf(int number)
{
    return MessageId{QStringLiteral("%1").arg(number, 5, 10, QLatin1Char('0'))};
}

Message message(int number, const UserId &sender = Bao)
{
    Message made;
    made.id = idOf(number);
    made.conversation = Team;
    made.sender = sender;
    made.content = QStringLiteral("<p>%1</p>").arg(number);
    made.sentAt = WallTime{Milliseconds{number}};
    return made;
}

MessagePage page(int first, int last, bool before = false, bool after = false)
{
    MessagePage made;
    made.conversation = Team;
    for (int number = first; number <= last; ++number)
        made.messages.append(message(number));
    made.hasMoreBefore = before;
    made.hasMoreAfter = after;
    return made;
}

OutgoingMessage outgoing(const char *key)
{
    OutgoingMessage made;
    made.key = IdempotencyKey{QString::fromLatin1(key)};
    made.conversation = Team;
    made.content = QString::fromLatin1(key);
    return made;
}

//! Replays the signals, as an item model does, and so proves that rows and signals agree.
class Mirror : public QObject
{
public:
    explicit Mirror(const MessageLog &log)
        : m_log(log)
    {
        connect(&log, &ListStore::aboutToInsert, this, [this](int first, int last) {
            m_announced = last - first + 1;
            m_at = first;
        });
        connect(&log, &ListStore::inserted, this, [this](int first, int last) {
            QVERIFY(m_announced == last - first + 1 && m_at == first);
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, contentAt(row));
        });
        connect(&log, &ListStore::removed, this,
            [this](int first, int last) { m_rows.remove(first, last - first + 1); });
        connect(&log, &ListStore::changed, this, [this](int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows[row] = contentAt(row);
        });
        connect(&log, &ListStore::wasReset, this, [this] { readAll(); });
        readAll();
    }
    [[nodiscard]] bool agrees() const
    {
        if (m_rows.size() != m_log.count())
            return false;
        for (int row = 0; row < m_log.count(); ++row) {
            if (m_rows.at(row) != contentAt(row))
                return false;
        }
        return true;
    }

private:
    [[nodiscard]] QString contentAt(int row) const
    {
        const MessageEntry &entry = m_log.at(row);
        return entry.message.id.value + entry.message.content
            + QString::number(int(entry.delivery));
    }
    void readAll()
    {
        m_rows.clear();
        for (int row = 0; row < m_log.count(); ++row)
            m_rows.append(contentAt(row));
    }

    const MessageLog &m_log;
    QStringList m_rows;
    int m_announced = 0;
    int m_at = 0;
};

QList<int> numbersIn(const MessageLog &log)
{
    QList<int> numbers;
    for (int row = 0; row < log.count(); ++row)
        numbers.append(log.at(row).message.id.value.toInt());
    return numbers;
}

QList<int> range(int first, int last)
{
    QList<int> numbers;
    for (int number = first; number <= last; ++number)
        numbers.append(number);
    return numbers;
}

} // namespace

class tst_MessageLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheLatestPage();
    void joinsOlderPagesWithoutAHole();
    void replacesRatherThanLeaveAHole();
    void joinsALatestPageThatOverlaps();
    void leavesLiveMessagesOutBehindAGap();
    void keepsLiveMessagesThatCameBeforeThePage();
    void sortsWhatComesOutOfOrder();
    void takesAMessageOnlyOnce();
    void editsInPlaceAndKeepsTheLaterEdit();
    void keepsQuotesAndFilesThroughAnEdit();
    void deletesAndDoesNotBringBackByALatePage();
    void noticesDeletionsInsideAPage();
    void ignoresMessagesOfOtherConversations();
    void showsOwnMessagesOnTheirWayAtTheEnd();
    void turnsASentMessageInPlace();
    void movesASentMessageBehindEarlierOnes();
    void keepsASingleRowWhenTheEchoCameFirst();
    void showsWhatOthersHaveRead();
    void keepsTheLineOfTheFirstUnread();
};

void tst_MessageLog::showsTheLatestPage()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    QVERIFY(!log.isLoaded());
    log.apply(page(10, 20, true), PagePlacement::Latest);
    QVERIFY(log.isLoaded());
    QVERIFY(log.hasMoreBefore());
    QVERIFY(!log.hasMoreAfter());
    QCOMPARE(numbersIn(log), range(10, 20));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::joinsOlderPagesWithoutAHole()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(10, 20, true), PagePlacement::Latest);
    log.apply(page(5, 9, true), PagePlacement::Before);
    QVERIFY(log.hasMoreBefore());
    log.apply(page(1, 4, false), PagePlacement::Before);
    QVERIFY(!log.hasMoreBefore());
    QVERIFY(!log.hasMoreAfter());
    QCOMPARE(numbersIn(log), range(1, 20));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::replacesRatherThanLeaveAHole()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 5), PagePlacement::Latest); // a cache of yesterday
    log.addOutgoing(outgoing("mine"));
    log.apply(page(50, 60, true), PagePlacement::Latest);
    QCOMPARE(numbersIn(log), range(50, 60) << 0);
    QVERIFY(log.hasMoreBefore());
    log.apply(page(20, 25, true, true), PagePlacement::Around);
    QCOMPARE(numbersIn(log), range(20, 25) << 0);
    QVERIFY(log.hasMoreAfter());
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::joinsALatestPageThatOverlaps()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 15), PagePlacement::Latest);
    QSignalSpy resets(&log, &ListStore::wasReset);
    log.apply(page(10, 20, true), PagePlacement::Latest);
    QCOMPARE(resets.count(), 0); // nothing flickers
    QCOMPARE(numbersIn(log), range(1, 20));
    QVERIFY(!log.hasMoreBefore()); // the page does not speak of what is before its reach
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::leavesLiveMessagesOutBehindAGap()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(20, 25, true, true), PagePlacement::Around);
    log.add(message(99));
    QCOMPARE(numbersIn(log), range(20, 25));
    log.apply(page(26, 30, true, true), PagePlacement::After);
    QVERIFY(log.hasMoreAfter());
    log.apply(page(31, 99, true, false), PagePlacement::After);
    QVERIFY(!log.hasMoreAfter());
    log.add(message(100));
    QCOMPARE(numbersIn(log), range(20, 100));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::keepsLiveMessagesThatCameBeforeThePage()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.add(message(21)); // while the page was on its way
    log.apply(page(10, 20, true), PagePlacement::Latest);
    QCOMPARE(numbersIn(log), range(10, 21));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::sortsWhatComesOutOfOrder()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    MessagePage shuffled = page(1, 3);
    std::swap(shuffled.messages[0], shuffled.messages[2]);
    log.apply(shuffled, PagePlacement::Latest);
    for (const int number : {9, 5, 7, 4, 8, 6})
        log.add(message(number));
    QCOMPARE(numbersIn(log), range(1, 9));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::takesAMessageOnlyOnce()
{
    MessageLog log(Team, Ana);
    log.apply(page(1, 3), PagePlacement::Latest);
    QSignalSpy changes(&log, &ListStore::changed);
    log.add(message(3));
    QCOMPARE(log.count(), 3);
    QCOMPARE(changes.count(), 0);
}

void tst_MessageLog::editsInPlaceAndKeepsTheLaterEdit()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 3), PagePlacement::Latest);
    Message edited = message(2);
    edited.content = QStringLiteral("later");
    edited.lastEditedAt = WallTime{Milliseconds{200}};
    log.edit(edited);
    Message older = edited;
    older.content = QStringLiteral("earlier");
    older.lastEditedAt = WallTime{Milliseconds{100}};
    log.edit(older);
    log.apply(page(1, 3), PagePlacement::Latest); // a page from before the edit
    QCOMPARE(log.at(1).message.content, QStringLiteral("later"));
    log.edit(message(77)); // not here: nothing happens
    QCOMPARE(log.count(), 3);
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::keepsQuotesAndFilesThroughAnEdit()
{
    MessageLog log(Team, Ana);
    Message quoting = message(1);
    quoting.replyTo = idOf(0);
    quoting.attachments.append(Attachment{});
    log.add(quoting);
    Message edited = message(1); // as the published server tells it
    edited.content = QStringLiteral("new");
    edited.lastEditedAt = WallTime{Milliseconds{5}};
    log.edit(edited);
    QCOMPARE(log.at(0).message.replyTo, idOf(0));
    QCOMPARE(log.at(0).message.attachments.size(), 1);
}

void tst_MessageLog::deletesAndDoesNotBringBackByALatePage()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 3), PagePlacement::Latest);
    log.remove(idOf(2));
    log.apply(page(1, 3), PagePlacement::Latest);
    log.add(message(2));
    QCOMPARE(numbersIn(log), (QList<int>{1, 3}));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::noticesDeletionsInsideAPage()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 9), PagePlacement::Latest);
    MessagePage fresh = page(3, 9, true);
    fresh.messages.removeAt(2); // 5 was deleted while we were away
    log.apply(fresh, PagePlacement::Latest);
    QCOMPARE(numbersIn(log), (QList<int>{1, 2, 3, 4, 6, 7, 8, 9}));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::ignoresMessagesOfOtherConversations()
{
    MessageLog log(Team, Ana);
    MessagePage mixed = page(1, 2);
    mixed.messages[1].conversation = ConversationId{QStringLiteral("lunch")};
    log.apply(mixed, PagePlacement::Latest);
    QCOMPARE(numbersIn(log), QList<int>{1});
}

void tst_MessageLog::showsOwnMessagesOnTheirWayAtTheEnd()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 2), PagePlacement::Latest);
    log.addOutgoing(outgoing("first"));
    log.addOutgoing(outgoing("second"));
    log.add(message(3));
    QCOMPARE(numbersIn(log), (QList<int>{1, 2, 3, 0, 0}));
    QCOMPARE(log.at(3).key.value, QStringLiteral("first"));
    QCOMPARE(log.at(3).delivery, Delivery::Pending);
    OutgoingMessage refused = outgoing("first");
    refused.failure = Error{ErrorCode::Forbidden, {}, {}, {}};
    log.updateOutgoing(refused);
    QCOMPARE(log.at(3).delivery, Delivery::Failed);
    log.removeOutgoing(refused.key);
    QCOMPARE(log.at(3).key.value, QStringLiteral("second"));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::turnsASentMessageInPlace()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 2), PagePlacement::Latest);
    log.addOutgoing(outgoing("mine"));
    QSignalSpy inserted(&log, &ListStore::inserted);
    QSignalSpy removed(&log, &ListStore::removed);
    log.acknowledge(IdempotencyKey{QStringLiteral("mine")}, message(3, Ana));
    QCOMPARE(inserted.count() + removed.count(), 0);
    QCOMPARE(numbersIn(log), range(1, 3));
    QCOMPARE(log.at(2).delivery, Delivery::Sent);
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::movesASentMessageBehindEarlierOnes()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 2), PagePlacement::Latest);
    log.addOutgoing(outgoing("first"));
    log.addOutgoing(outgoing("second"));
    log.acknowledge(IdempotencyKey{QStringLiteral("second")}, message(3, Ana));
    QCOMPARE(numbersIn(log), (QList<int>{1, 2, 3, 0}));
    QCOMPARE(log.at(3).key.value, QStringLiteral("first"));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::keepsASingleRowWhenTheEchoCameFirst()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    log.apply(page(1, 2), PagePlacement::Latest);
    log.addOutgoing(outgoing("mine"));
    log.add(message(3, Ana));
    log.acknowledge(IdempotencyKey{QStringLiteral("mine")}, message(3, Ana));
    QCOMPARE(numbersIn(log), range(1, 3));
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::showsWhatOthersHaveRead()
{
    MessageLog log(Team, Ana);
    Mirror mirror(log);
    for (int number = 1; number <= 4; ++number)
        log.add(message(number, number % 2 == 0 ? Ana : Bao));
    log.setReadUpTo(idOf(3));
    QCOMPARE(log.at(1).delivery, Delivery::Read);
    QCOMPARE(log.at(0).delivery, Delivery::Sent); // of others
    QCOMPARE(log.at(3).delivery, Delivery::Sent);
    log.setReadUpTo(idOf(1)); // pointers do not move back
    QCOMPARE(log.at(1).delivery, Delivery::Read);
    QVERIFY(mirror.agrees());
}

void tst_MessageLog::keepsTheLineOfTheFirstUnread()
{
    MessageLog log(Team, Ana);
    MessagePage first = page(1, 9);
    first.firstUnread = idOf(5);
    log.apply(first, PagePlacement::Latest);
    QCOMPARE(log.firstUnread(), idOf(5));
    MessagePage second = page(1, 10);
    second.firstUnread = idOf(10);
    log.apply(second, PagePlacement::Latest);
    QCOMPARE(log.firstUnread(), idOf(5)); // it does not jump
    log.clearFirstUnread();
    QVERIFY(!log.firstUnread());
}

QTEST_GUILESS_MAIN(tst_MessageLog)
#include "tst_messagelog.moc"
