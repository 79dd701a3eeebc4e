// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/typingstore.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/support/manualclock.h"
#include "tests/support/manualtimer.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

const ConversationId Team{QStringLiteral("team")};
const UserId Bao{QStringLiteral("bao")};
const UserId Chi{QStringLiteral("chi")};

} // namespace

class tst_TypingStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void endsByTheServersClock();
    void prolongsWithoutANewSignal();
    void boundsWhatTheServerSays();
    void ignoresWhatHasEndedAlready();
    void endsWithTheMessage();
    void knowsNothingWithoutALink();

private:
    void advance(Milliseconds by)
    {
        m_clock->advance(by);
        if (m_timer->delay())
            m_timer->fire();
    }
    [[nodiscard]] WallTime server(Milliseconds after) const { return m_server + after; }

    std::unique_ptr<ManualClock> m_clock;
    ManualTimer *m_timer = nullptr;
    std::unique_ptr<TypingStore> m_store;
    WallTime m_server;
};

void tst_TypingStore::init()
{
    m_clock = std::make_unique<ManualClock>();
    auto timer = std::make_unique<ManualTimer>();
    m_timer = timer.get();
    m_store = std::make_unique<TypingStore>(*m_clock, std::move(timer));
    m_server = m_clock->wallNow() + 10min; // the server's clock is ahead
    m_store->apply(ServerClockEvent{m_server, m_clock->now()});
}

void tst_TypingStore::endsByTheServersClock()
{
    m_store->apply(TypingEvent{Team, Bao, server(6s)});
    QCOMPARE(m_store->typing(Team), QList<UserId>{Bao});
    QCOMPARE(*m_timer->delay(), Milliseconds{6000});
    advance(5999ms);
    QCOMPARE(m_store->typing(Team).size(), 1);
    QSignalSpy changes(m_store.get(), &TypingStore::typingChanged);
    advance(1ms);
    QCOMPARE(m_store->typing(Team).size(), 0);
    QCOMPARE(changes.count(), 1);
    QVERIFY(!m_timer->delay());
}

void tst_TypingStore::prolongsWithoutANewSignal()
{
    m_store->apply(TypingEvent{Team, Bao, server(3s)});
    QSignalSpy changes(m_store.get(), &TypingStore::typingChanged);
    m_store->apply(TypingEvent{Team, Bao, server(6s)});
    advance(4s);
    QCOMPARE(changes.count(), 0);
    QCOMPARE(m_store->typing(Team), QList<UserId>{Bao});
}

void tst_TypingStore::boundsWhatTheServerSays()
{
    m_store->apply(TypingEvent{Team, Bao, server(24h)});
    advance(TypingStore::LongestTyping);
    QCOMPARE(m_store->typing(Team).size(), 0);
}

void tst_TypingStore::ignoresWhatHasEndedAlready()
{
    m_store->apply(TypingEvent{Team, Bao, server(-1s)});
    QCOMPARE(m_store->typing(Team).size(), 0);
}

void tst_TypingStore::endsWithTheMessage()
{
    m_store->apply(TypingEvent{Team, Bao, server(6s)});
    m_store->apply(TypingEvent{Team, Chi, server(6s)});
    m_store->stop(Team, Bao);
    QCOMPARE(m_store->typing(Team), QList<UserId>{Chi});
}

void tst_TypingStore::knowsNothingWithoutALink()
{
    m_store->apply(TypingEvent{Team, Bao, server(6s)});
    QSignalSpy changes(m_store.get(), &TypingStore::typingChanged);
    m_store->clear();
    QCOMPARE(m_store->typing(Team).size(), 0);
    QCOMPARE(changes.count(), 1);
}

QTEST_GUILESS_MAIN(tst_TypingStore)
#include "tst_typingstore.moc"
