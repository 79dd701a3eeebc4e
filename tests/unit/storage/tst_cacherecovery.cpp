// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/cachefixture.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

namespace {

void fill(CacheFixture &cache)
{
    cache.signIn();
    QList<Conversation> conversations;
    for (const QString &id : {u"c"_s, u"d"_s, u"e"_s})
        conversations.append(conversation(id));
    cache.apply(ConversationListEvent{conversations, true});
    cache.apply(page(1, 300, PagePlacement::Latest, false));
    QVERIFY(cache->enqueue(outgoing(u"one"_s)).has_value());
    QVERIFY(cache->enqueue(outgoing(u"two"_s)).has_value());
    QVERIFY(cache->setValue(u"draft/c"_s, u"half a sent"_s).has_value());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void replaceContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

// What the program does with a cache in its first minute; none of it may fail or crash for good.
void use(CacheFixture &cache)
{
    std::ignore = cache->load();
    std::ignore = cache->outbox();
    std::ignore = cache->messagesBefore(ConversationId{u"c"_s}, message(100).id, 50);
    std::ignore = cache->apply(page(290, 310, PagePlacement::Latest));
    std::ignore = cache->enqueue(outgoing(u"three"_s));
    QVERIFY(cache->load().has_value());
    QVERIFY(keysOf(cache->outbox()).contains(u"three"_s));
}

} // namespace

class tst_CacheRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        CacheFixture cache;
        fill(cache);
        cache.close();
        m_filled = contentOf(cache.path());
        QVERIFY(m_filled.size() > 10 * 4096);
    }

    void setsAFileAsideThatIsNoDatabase()
    {
        CacheFixture cache;
        cache.close();
        const QByteArray rubbish(5000, 'x');
        replaceContent(cache.path(), rubbish);
        const auto opened = cache.reopen();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageCorrupt);
        QVERIFY(cache->isPersistent());
        QCOMPARE(cache.damagedFiles().size(), 1);
        QVERIFY(cache->setAsidePath().endsWith(cache.damagedFiles().first()));
        QCOMPARE(contentOf(cache->setAsidePath()), rubbish);
        use(cache);
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(keysOf(cache->outbox()), QStringList{u"three"_s});
    }

    void keepsEachDamagedFile()
    {
        CacheFixture cache;
        for (int round = 1; round <= 3; ++round) {
            cache.close();
            replaceContent(cache.path(), QByteArray(5000, char('a' + round)));
            QVERIFY(!cache.reopen().has_value());
            QCOMPARE(cache.damagedFiles().size(), round);
        }
    }

    void survivesATruncatedFile_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {1, 5, 20, 50, 80, 95, 99})
            QTest::addRow("%d %%", percent) << percent;
    }
    void survivesATruncatedFile()
    {
        QFETCH(const int, percent);
        CacheFixture cache;
        cache.close();
        const QByteArray cut = m_filled.left(m_filled.size() * percent / 100);
        replaceContent(cache.path(), cut);
        const auto opened = cache.reopen();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageCorrupt);
        QVERIFY(cache->isPersistent());
        QCOMPARE(contentOf(cache->setAsidePath()), cut);
        use(cache);
    }

    void rescuesTheOutboxOfADamagedFile()
    {
        CacheFixture cache;
        fill(cache);
        cache.close();
        QByteArray bytes = contentOf(cache.path());
        // The messages fill most of the file; the outbox lies on a page of its own before them.
        const qsizetype at = bytes.lastIndexOf("000150");
        QVERIFY(at > 0);
        const qsizetype start = at / 4096 * 4096;
        bytes.replace(start, 64, QByteArray(64, '\xff'));
        replaceContent(cache.path(), bytes);
        const auto opened = cache.reopen();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageCorrupt);
        QVERIFY(cache->isPersistent());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"one two"_s);
        QCOMPARE(*cache->value(u"draft/c"_s), u"half a sent"_s);
        QCOMPARE(contentOf(cache->setAsidePath()), bytes);
    }

    void survivesFlippedBytes_data()
    {
        QTest::addColumn<quint32>("seed");
        // The full form for ./dev check; a few dozen otherwise.
        const quint32 seeds = qEnvironmentVariableIsSet("PRESENTLY_FULL") ? 1000 : 48;
        for (quint32 seed = 1; seed <= seeds; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void survivesFlippedBytes()
    {
        QFETCH(const quint32, seed);
        CacheFixture cache;
        cache.close();
        QByteArray bytes = m_filled;
        QRandomGenerator random(seed);
        // The first half damages one page, the second half scatters; both also hit the header.
        const bool onePage = seed % 2 == 0;
        const qsizetype page = random.bounded(int(bytes.size() / 4096)) * qsizetype(4096);
        for (int flip = 0; flip < 40; ++flip) {
            const qsizetype at
                = onePage ? page + random.bounded(4096) : random.bounded(int(bytes.size()));
            bytes[at] = char(bytes.at(at) ^ char(1 + random.bounded(255)));
        }
        replaceContent(cache.path(), bytes);
        QElapsedTimer timer;
        timer.start();
        const auto opened = cache.reopen();
        use(cache);
        QVERIFY(timer.elapsed() < 2000);
        if (!opened && cache->isPersistent())
            QCOMPARE(contentOf(cache->setAsidePath()), bytes);
        QVERIFY(cache.reopen().has_value() || !cache->isPersistent());
    }

    void goesOnInMemoryWhenTheDiskIsFull()
    {
        CacheFixture cache;
        fill(cache);
        cache->setMaximumPages(1);
        auto large = page(301, 400, PagePlacement::Latest);
        for (Message &message : large.page.messages)
            message.content = QString(20'000, u'x');
        QVERIFY(cache->beginBatch().has_value());
        const auto refused = cache->apply(large);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::StorageFull);
        QVERIFY(!cache->isPersistent());
        QVERIFY(cache->setAsidePath().isEmpty());
        QVERIFY(cache->commitBatch().has_value());
        // Nothing that was there is lost, and what could not be written is there too.
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"one two"_s);
        const auto newest = cache.loaded<MessagePageEvent>(1000).first().page;
        QCOMPARE(newest.messages.last().id, message(400).id);
        QVERIFY(cache->enqueue(outgoing(u"three"_s)).has_value());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"one two three"_s);
        // The file is as it was.
        cache.close();
        QVERIFY(cache.reopen().has_value());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"one two"_s);
    }

    void keepsAMessageInMemoryWhenItCannotBeEnqueued()
    {
        CacheFixture cache;
        fill(cache);
        cache->setMaximumPages(1);
        auto large = outgoing(u"large"_s);
        large.content = QString(200'000, u'x');
        const auto refused = cache->enqueue(large);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::StorageFull);
        QVERIFY(!cache->isPersistent());
        QCOMPARE(keysOf(cache->outbox()).join(u' '), u"one two large"_s);
    }

    void goesOnInMemoryWithoutAFolder()
    {
        ManualClock clock;
        ClientCache cache(clock);
        const auto opened = cache.open(u"/nonexistent/folder/a.sqlite"_s);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageFailed);
        QVERIFY(!cache.isPersistent());
        QVERIFY(cache.enqueue(outgoing(u"k"_s)).has_value());
        QCOMPARE(keysOf(cache.outbox()), QStringList{u"k"_s});
    }

    void readsAFileThatCannotBeWritten()
    {
#ifdef Q_OS_UNIX
        CacheFixture cache;
        fill(cache);
        cache.close();
        const QByteArray before = contentOf(cache.path());
        const auto readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
        QVERIFY(QFile::setPermissions(cache.path(), readable));
        QVERIFY(QFile::setPermissions(
            cache.folder(), readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther));
        // Root writes where nobody may: for this test it is nobody.
        const bool isRoot = geteuid() == 0;
        constexpr uid_t nobody = 65534;
        QVERIFY(!isRoot || seteuid(nobody) == 0);
        const auto opened = cache.reopen();
        const bool persistent = cache->isPersistent();
        const auto messages = cache.loaded<MessagePageEvent>(1000);
        const QStringList outbox = keysOf(cache->outbox());
        const auto enqueued = cache->enqueue(outgoing(u"three"_s));
        QVERIFY(!isRoot || seteuid(0) == 0);
        QVERIFY(QFile::setPermissions(
            cache.folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));

        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageFailed);
        QVERIFY(!persistent);
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages.first().page.messages.size(), 300);
        QCOMPARE(outbox.join(u' '), u"one two"_s);
        QVERIFY(enqueued.has_value());
        QCOMPARE(contentOf(cache.path()), before);
        QVERIFY(cache.damagedFiles().isEmpty());
#else
        QSKIP("needs the permissions of a Unix file system");
#endif
    }

    void leavesTheFileOfANewerProgramAlone()
    {
        CacheFixture cache;
        fill(cache);
        cache.close();
        QByteArray bytes = contentOf(cache.path());
        // The user version stands at offset 60 of the header, high byte first.
        bytes[62] = 1;
        replaceContent(cache.path(), bytes);
        const auto opened = cache.reopen();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::StorageFailed);
        QVERIFY(!cache->isPersistent());
        use(cache);
        QVERIFY(cache.damagedFiles().isEmpty());
    }

private:
    QByteArray m_filled; //!< a whole, healthy file
};

QTEST_GUILESS_MAIN(tst_CacheRecovery)
#include "tst_cacherecovery.moc"
