// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/accountlist.h"
#include "models/store/session.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_AccountList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_list = std::make_unique<AccountList>();
        m_home = std::make_unique<Session>(m_clock);
        m_work = std::make_unique<Session>(m_clock);
    }
    void cleanup() { m_list.reset(); }

    void theFirstOneBeginsAsCurrent()
    {
        QSignalSpy current(m_list.get(), &AccountList::currentChanged);
        QCOMPARE(m_list->current(), nullptr);
        addBoth();
        QCOMPARE(m_list->current(), m_home.get());
        QCOMPARE(current.size(), 1);
        m_list->setCurrent(*m_work);
        m_list->setCurrent(*m_work);
        QCOMPARE(current.size(), 2);
        QCOMPARE(m_list->currentRow(), 1);
    }

    void insertsWhereItIsTold()
    {
        m_list->add(*m_work, u"bao"_s, u"work"_s);
        QSignalSpy inserted(m_list.get(), &ListStore::inserted);
        m_list->insert(0, *m_home, u"ana"_s, u"home"_s);
        QCOMPARE(inserted.value(0).value(0).toInt(), 0);
        QCOMPARE(m_list->rowOf(*m_home), 0);
        QCOMPARE(m_list->rowOf(*m_work), 1);
        QCOMPARE(m_list->current(), m_work.get());
    }

    void theNeighbourFollowsTheOneThatGoes()
    {
        addBoth();
        Session third(m_clock);
        m_list->add(third, u"chi"_s, u"club"_s);
        m_list->setCurrent(*m_work);
        QSignalSpy current(m_list.get(), &AccountList::currentChanged);
        m_list->remove(*m_work);
        QCOMPARE(m_list->current(), &third);
        m_list->remove(third);
        QCOMPARE(m_list->current(), m_home.get());
        m_list->remove(*m_home);
        QCOMPARE(m_list->current(), nullptr);
        QCOMPARE(current.size(), 3);
    }

    void oneThatIsNotCurrentGoesQuietly()
    {
        addBoth();
        QSignalSpy current(m_list.get(), &AccountList::currentChanged);
        m_list->remove(*m_work);
        QCOMPARE(current.size(), 0);
        QSignalSpy changed(m_list.get(), &ListStore::changed);
        goOnline(*m_work, u"Bao"_s);
        QCOMPARE(changed.size(), 0);
    }

    void namesPeopleByTheirLoginUntilTheServerSaysMore()
    {
        addBoth();
        QCOMPARE(m_list->nameOf(0), u"ana"_s);
        QSignalSpy changed(m_list.get(), &ListStore::changed);
        goOnline(*m_home, u"Ana Belova"_s);
        QCOMPARE(m_list->nameOf(0), u"Ana Belova"_s);
        QVERIFY(changed.size() > 0);
    }

    void saysHowEachStands_data()
    {
        QTest::addColumn<LinkState>("link");
        QTest::addColumn<bool>("hasCause");
        QTest::addColumn<AccountState>("state");
        QTest::newRow("not begun") << LinkState::SignedOut << false << AccountState::Connecting;
        QTest::newRow("expired") << LinkState::SignedOut << true << AccountState::SignInNeeded;
        QTest::newRow("first try") << LinkState::Connecting << false << AccountState::Connecting;
        QTest::newRow("next try") << LinkState::Connecting << true << AccountState::Offline;
        QTest::newRow("waiting") << LinkState::Waiting << true << AccountState::Offline;
        QTest::newRow("stopped") << LinkState::Stopped << true << AccountState::Offline;
        QTest::newRow("online") << LinkState::Online << false << AccountState::Online;
    }
    void saysHowEachStands()
    {
        QFETCH(LinkState, link);
        QFETCH(bool, hasCause);
        QFETCH(AccountState, state);
        addBoth();
        LinkStatus status{link, {}, {}, {}};
        if (hasCause)
            status.cause = Error{ErrorCode::Unreachable, {}, {}, {}};
        m_work->apply(LinkChangedEvent{status});
        QCOMPARE(m_list->stateOf(1), state);
        QCOMPARE(m_list->stateOf(0), AccountState::Connecting);
    }

    void sumsUpWhatIsUnread()
    {
        addBoth();
        QSignalSpy total(m_list.get(), &AccountList::totalUnreadChanged);
        setUnread(*m_home, 2);
        setUnread(*m_work, 3);
        QCOMPARE(m_list->totalUnread(), 5);
        QCOMPARE(m_list->unreadElsewhere(), 3);
        m_list->setCurrent(*m_work);
        QCOMPARE(m_list->unreadElsewhere(), 2);
        QCOMPARE(m_list->unreadOf(1), 3);
        m_list->remove(*m_home);
        QCOMPARE(m_list->totalUnread(), 3);
        QCOMPARE(m_list->unreadElsewhere(), 0);
        QCOMPARE(total.size(), 3);
    }

private:
    void addBoth()
    {
        m_list->add(*m_home, u"ana"_s, u"home"_s);
        m_list->add(*m_work, u"bao"_s, u"work"_s);
    }
    static void goOnline(Session &session, const QString &name)
    {
        session.apply(SignedInEvent{Person{{name}, name, {}, false}, {}});
        session.apply(LinkChangedEvent{{LinkState::Online, {}, {}, {}}});
    }
    static void setUnread(Session &session, int unread)
    {
        Conversation conversation;
        conversation.id = {u"c"_s};
        conversation.unreadCount = unread;
        session.apply(ConversationListEvent{{conversation}, true});
    }

    ManualClock m_clock;
    std::unique_ptr<Session> m_home;
    std::unique_ptr<Session> m_work;
    std::unique_ptr<AccountList> m_list; //!< borrows both: goes first
};

QTEST_GUILESS_MAIN(tst_AccountList)
#include "tst_accountlist.moc"
