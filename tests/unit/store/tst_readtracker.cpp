// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/readtracker.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/support/manualtimer.h"

using namespace presently;
using namespace presently::test;

namespace {

const ConversationId Team{QStringLiteral("team")};
const MessageId First{QStringLiteral("1")};
const MessageId Second{QStringLiteral("2")};

} // namespace

class tst_ReadTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAfterASecondAtTheBottom();
    void readsNothing_data();
    void readsNothing();
    void saysEachStepOnce();
    void doesNotReadWhatIsReadAlready();

private:
    void look()
    {
        m_tracker->setOpenConversation(Team);
        m_tracker->setWindowShown(true);
        m_tracker->setAtBottom(true);
        m_tracker->setNewest(Team, First);
    }

    ManualTimer *m_timer = nullptr;
    std::unique_ptr<ReadTracker> m_tracker;
};

void tst_ReadTracker::init()
{
    auto timer = std::make_unique<ManualTimer>();
    m_timer = timer.get();
    m_tracker = std::make_unique<ReadTracker>(std::move(timer));
}

void tst_ReadTracker::readsAfterASecondAtTheBottom()
{
    QSignalSpy reached(m_tracker.get(), &ReadTracker::readReached);
    look();
    QCOMPARE(*m_timer->delay(), Milliseconds{1000});
    QCOMPARE(reached.count(), 0);
    m_timer->fire();
    QCOMPARE(reached.count(), 1);
    QCOMPARE(reached.at(0).at(1).value<MessageId>(), First);
}

void tst_ReadTracker::readsNothing_data()
{
    QTest::addColumn<int>("spoiler");
    QTest::newRow("hidden") << 0;
    QTest::newRow("locked") << 1;
    QTest::newRow("scrolled up") << 2;
    QTest::newRow("another conversation") << 3;
    QTest::newRow("no conversation") << 4;
}

void tst_ReadTracker::readsNothing()
{
    QFETCH(const int, spoiler);
    QSignalSpy reached(m_tracker.get(), &ReadTracker::readReached);
    look();
    QVERIFY(m_timer->delay());
    switch (spoiler) {
    case 0:
        m_tracker->setWindowShown(false);
        break;
    case 1:
        m_tracker->setLocked(true);
        break;
    case 2:
        m_tracker->setAtBottom(false);
        break;
    case 3:
        m_tracker->setOpenConversation(ConversationId{QStringLiteral("lunch")});
        break;
    default:
        m_tracker->setOpenConversation(std::nullopt);
    }
    QVERIFY(!m_timer->delay());
    m_timer->fire(); // even a timer that had fired already
    QCOMPARE(reached.count(), 0);
}

void tst_ReadTracker::saysEachStepOnce()
{
    QSignalSpy reached(m_tracker.get(), &ReadTracker::readReached);
    look();
    m_timer->fire();
    m_tracker->setAtBottom(true);
    QVERIFY(!m_timer->delay());
    m_tracker->setNewest(Team, Second);
    QVERIFY(m_timer->delay());
    m_timer->fire();
    QCOMPARE(reached.count(), 2);
    QCOMPARE(reached.at(1).at(1).value<MessageId>(), Second);
}

void tst_ReadTracker::doesNotReadWhatIsReadAlready()
{
    m_tracker->noteRead(Team, Second); // on another device
    look();
    QVERIFY(!m_timer->delay());
}

QTEST_GUILESS_MAIN(tst_ReadTracker)
#include "tst_readtracker.moc"
