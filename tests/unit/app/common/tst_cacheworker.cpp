// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/cacheworker.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

namespace {

OutgoingMessage message(const QString &key, const QString &content)
{
    OutgoingMessage made;
    made.key = {key};
    made.conversation = {u"0190c1d2-0000-7000-8000-000000000001"_s};
    made.content = content;
    made.composedAt = SystemClock().wallNow();
    return made;
}

PresenceChangedEvent presence(int serial, Status status)
{
    PresenceRecord record;
    record.user = {u"a"_s};
    record.presence.status = status;
    record.version = {7, serial};
    return {record};
}

QList<Status> presenceIn(const CachedState &state)
{
    QList<Status> found;
    for (const Event &event : state.events) {
        if (const auto *snapshot = std::get_if<PresenceSnapshotEvent>(&event)) {
            for (const PresenceRecord &record : snapshot->snapshot.users)
                found << record.presence.status;
        }
    }
    return found;
}

SignedInEvent signedIn()
{
    return {{{u"me"_s}, u"Me"_s, u"me"_s, false}, {}};
}

} // namespace

class tst_CacheWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void giveBackWhatTheyWereTold()
    {
        {
            CacheWorker worker(m_clock);
            QCOMPARE(open(worker).events.size(), 0);
            worker.apply(signedIn());
            worker.apply(RosterEvent{{{{u"a"_s}, u"Ana"_s, u"ana"_s, true}}});
            worker.close();
        }
        CacheWorker worker(m_clock);
        const CachedState state = open(worker);
        QVERIFY(state.events.size() >= 2);
        const auto *first = std::get_if<SignedInEvent>(&state.events.first());
        QVERIFY(first);
        QCOMPARE(first->self.displayName, u"Me"_s);
    }

    void keepTheOutboxInOrder()
    {
        {
            CacheWorker worker(m_clock);
            open(worker);
            QSignalSpy enqueued(&worker, &CacheWorker::enqueued);
            worker.enqueue(message(u"k1"_s, u"one"_s));
            worker.enqueue(message(u"k2"_s, u"two"_s));
            worker.enqueue(message(u"k3"_s, u"three"_s));
            worker.discard({u"k2"_s});
            QCOMPARE(enqueued.size(), 3);
            // As a crash would: nothing is closed.
        }
        CacheWorker worker(m_clock);
        const CachedState state = open(worker);
        QCOMPARE(state.outbox.size(), 2);
        QCOMPARE(state.outbox[0].content, u"one"_s);
        QCOMPARE(state.outbox[1].content, u"three"_s);
    }

    void keepChoicesUntilTheServerHasThem()
    {
        const Intent busy{IntentStatus::Busy, u"In a meeting"_s, SystemClock().wallNow()};
        const MarkReadCommand read{{u"c"_s}, {u"m7"_s}};
        {
            CacheWorker worker(m_clock);
            open(worker);
            worker.apply(signedIn());
            worker.awaitIntent(busy);
            worker.keepIntentAfter(Intent{IntentStatus::Away, {}, {}});
            worker.awaitRead({{u"c"_s}, {u"m3"_s}});
            worker.awaitRead(read);
            // As a crash would: nothing is closed.
        }
        {
            CacheWorker worker(m_clock);
            const WaitingChoices waiting = open(worker).waiting;
            QCOMPARE(waiting.intent, std::optional(busy));
            QCOMPARE(waiting.intentAfter, std::optional(Intent{IntentStatus::Away, {}, {}}));
            QCOMPARE(waiting.reads.size(), 1);
            QCOMPARE(waiting.reads[0].lastRead, read.lastRead);
            // Not what was chosen.
            worker.apply(OwnIntentEvent{{IntentStatus::Auto, {}, {}}});
            worker.apply(MessageReadEvent{{u"c"_s}, {u"me"_s}, {u"m3"_s}});
            worker.close();
        }
        {
            CacheWorker worker(m_clock);
            const WaitingChoices waiting = open(worker).waiting;
            QVERIFY(waiting.intent);
            QCOMPARE(waiting.reads.size(), 1);
            worker.apply(OwnIntentEvent{busy});
            worker.apply(ConversationChangedEvent{{u"c"_s}, {}, {}, {}, 0});
            worker.close();
        }
        CacheWorker worker(m_clock);
        const WaitingChoices waiting = open(worker).waiting;
        QVERIFY(!waiting.intent);
        QVERIFY(waiting.reads.isEmpty());
    }

    void forgetAChoiceThatWasRefused()
    {
        {
            CacheWorker worker(m_clock);
            open(worker);
            worker.awaitIntent(Intent{IntentStatus::Busy, {}, {}});
            worker.apply(CommandFailedEvent{u"pin"_s, {}});
            worker.close();
        }
        {
            CacheWorker worker(m_clock);
            QVERIFY(open(worker).waiting.intent);
            worker.apply(CommandFailedEvent{u"status"_s, {}});
            worker.close();
        }
        CacheWorker worker(m_clock);
        QVERIFY(!open(worker).waiting.intent);
    }

    void keepChoicesThroughALostSessionButNotThroughASignOut()
    {
        for (const bool isAskedFor : {false, true}) {
            {
                CacheWorker worker(m_clock);
                open(worker);
                worker.apply(signedIn());
                worker.awaitIntent(Intent{IntentStatus::Busy, {}, {}});
                SignedOutEvent event;
                if (!isAskedFor)
                    event.cause = Error{ErrorCode::SessionRevoked, {}, {}, {}};
                worker.apply(event);
                worker.close();
            }
            CacheWorker worker(m_clock);
            QCOMPARE(open(worker).waiting.intent.has_value(), !isAskedFor);
        }
    }

    void keepTheNewestPresenceOfEach()
    {
        {
            CacheWorker worker(m_clock);
            open(worker);
            worker.apply(signedIn());
            for (const auto &[serial, status] : {std::pair(1, Status::Online),
                     std::pair(3, Status::Busy), std::pair(2, Status::Away)})
                worker.apply(presence(serial, status));
            worker.close();
        }
        CacheWorker worker(m_clock);
        QCOMPARE(presenceIn(open(worker)), QList<Status>{Status::Busy});
    }

    void writePresenceBeforeWhatComesAfterIt()
    {
        CacheWorker worker(m_clock);
        open(worker);
        worker.apply(signedIn());
        worker.apply(presence(1, Status::Busy));
        worker.apply(RosterEvent{});
        QCoreApplication::processEvents();
        // As a crash would: nothing is closed.
        CacheWorker other(m_clock);
        QCOMPARE(presenceIn(open(other)), QList<Status>{Status::Busy});
    }

    void writePresenceByThemselvesInAWhile()
    {
        CacheWorker worker(m_clock);
        open(worker);
        worker.apply(signedIn());
        QCoreApplication::processEvents();
        worker.apply(presence(1, Status::Busy));
        CacheWorker other(m_clock);
        QTRY_COMPARE(presenceIn(open(other)), QList<Status>{Status::Busy});
    }

    void tellOfADamagedFileAndGoOn()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();

        CacheWorker worker(m_clock);
        QSignalSpy troubled(&worker, &CacheWorker::troubled);
        open(worker);
        QCOMPARE(troubled.size(), 1);
        QCOMPARE(troubled[0][0].value<Error>().code, ErrorCode::StorageCorrupt);
        QVERIFY(QFile::exists(troubled[0][1].toString()));

        QSignalSpy enqueued(&worker, &CacheWorker::enqueued);
        worker.apply(signedIn());
        worker.enqueue(message(u"k"_s, u"still sent"_s));
        worker.close();
        QCOMPARE(enqueued.size(), 1);
        QCOMPARE(troubled.size(), 1);
    }

    void goOnInMemoryWithoutAFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("none wanted") << QString() << false;
        QTest::newRow("nowhere") << u"/nonexistent/folder/cache.sqlite"_s << true;
    }
    void goOnInMemoryWithoutAFile()
    {
        QFETCH(QString, path);
        QFETCH(bool, isTold);
        CacheWorker worker(m_clock);
        QSignalSpy troubled(&worker, &CacheWorker::troubled);
        QSignalSpy opened(&worker, &CacheWorker::opened);
        worker.open(path);
        QCOMPARE(opened.size(), 1);
        worker.apply(signedIn());
        worker.enqueue(message(u"k"_s, u"text"_s));
        worker.close();
        QCOMPARE(troubled.isEmpty(), !isTold);
    }

    void answerFromDiskWhileThereIsNoLink()
    {
        CacheWorker worker(m_clock);
        open(worker);
        worker.apply(signedIn());
        const ConversationId conversation{u"0190c1d2-0000-7000-8000-000000000001"_s};
        Conversation known;
        known.id = conversation;
        worker.apply(ConversationUpsertedEvent{known});
        MessagePage page;
        page.conversation = conversation;
        for (int i = 0; i < 30; ++i) {
            Message stored;
            stored.id = MessageId{u"0190c1d2-0000-7000-8000-%1"_s.arg(i, 12, 10, QChar(u'0'))};
            stored.conversation = conversation;
            stored.sender = {u"a"_s};
            stored.content = u"<p>hello</p>"_s;
            page.messages << stored;
        }
        worker.apply(MessagePageEvent{page, PagePlacement::Latest});

        QSignalSpy read(&worker, &CacheWorker::pageRead);
        worker.readBefore(conversation, page.messages[20].id, 10);
        QCOMPARE(read.size(), 1);
        const auto event = read[0][0].value<Event>();
        const auto *got = std::get_if<MessagePageEvent>(&event);
        QVERIFY(got);
        QCOMPARE(got->placement, PagePlacement::Before);
        QCOMPARE(got->page.messages.size(), 10);
        QCOMPARE(got->page.messages.last().id, page.messages[19].id);
        QVERIFY(got->page.hasMoreBefore);

        // Where the disk ends the conversation need not begin: the server is asked once it is there.
        worker.readBefore(conversation, page.messages[5].id, 10);
        QCOMPARE(read.size(), 2);
        const auto last = std::get<MessagePageEvent>(read[1][0].value<Event>());
        QCOMPARE(last.page.messages.size(), 5);
        QVERIFY(last.page.hasMoreBefore);
    }

private:
    QString path() const { return m_directory->filePath(u"cache.sqlite"_s); }
    CachedState open(CacheWorker &worker)
    {
        QSignalSpy opened(&worker, &CacheWorker::opened);
        worker.open(path());
        return opened.isEmpty() ? CachedState() : opened[0][0].value<CachedState>();
    }

    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(tst_CacheWorker)
#include "tst_cacheworker.moc"
