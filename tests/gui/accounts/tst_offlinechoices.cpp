// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/desk.h"

#include <QAbstractButton>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! What somebody chooses while the server is away, and the end of the program before it is back.
class tst_OfflineChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<TestServer>();
        // Tokens outlive a server that has a place for its secret.
        m_server->options.storage.dataDirectory = m_directory->path();
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    }
    void cleanup() { m_server.reset(); }

    void aStatusChosenOfflineIsSaidAfterARestart()
    {
        Intent busy{IntentStatus::Busy, u"In a meeting"_s, {}};
        {
            Desk ana(*m_server, u"ana"_s, cache());
            QTRY_VERIFY(ana.isOnline());
            loseServer(ana);
            ana.session().submit(SetIntentCommand{busy});
            QTRY_COMPARE(
                ownWords(ana), u"Ana, your status: Not connected · then Busy · In a meeting"_s);
            waitForDisk(ana);
            // No goodbye: as if the process had been killed.
        }
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        QCOMPARE(intentOnServer(u"ana"_s), Intent{});
        Desk again(*m_server, u"ana"_s, cache());
        QTRY_COMPARE(again.session().intent(), busy);
        QTRY_COMPARE(intentOnServer(u"ana"_s), busy);
        QTRY_COMPARE(ownWords(again), u"Ana, your status: Busy · In a meeting"_s);
        QCOMPARE(again.session().intent(), busy);
    }

    void whatHasBeenSaidIsNotSaidAgain()
    {
        {
            Desk ana(*m_server, u"ana"_s, cache());
            QTRY_VERIFY(ana.isOnline());
            ana.session().submit(SetIntentCommand{{IntentStatus::Away, {}, {}}});
            QTRY_COMPARE(intentOnServer(u"ana"_s).status, IntentStatus::Away);
            finish(ana);
        }
        // Another device has the last word.
        Desk phone(*m_server, u"ana"_s);
        QTRY_VERIFY(phone.isOnline());
        QTRY_COMPARE(phone.session().intent().status, IntentStatus::Away);
        phone.session().submit(SetIntentCommand{{IntentStatus::Busy, {}, {}}});
        QTRY_COMPARE(intentOnServer(u"ana"_s).status, IntentStatus::Busy);
        Desk again(*m_server, u"ana"_s, cache());
        QTRY_COMPARE(again.session().intent().status, IntentStatus::Busy);
        QTRY_VERIFY(again.isOnline());
        QTRY_COMPARE(ownWords(again), u"Ana, your status: Busy"_s);
        QCOMPARE(intentOnServer(u"ana"_s).status, IntentStatus::Busy);
    }

    void whatIsReadOfflineIsReadAfterARestart()
    {
        {
            Desk bao(*m_server, u"bao"_s);
            QTRY_VERIFY(bao.isOnline());
            Desk ana(*m_server, u"ana"_s, cache());
            QTRY_VERIFY(ana.isOnline());
            QTRY_COMPARE(ana.conversations()->rowCount(), 2);
            ana.window().hide();
            ana.window().openConversation(m_server->team());
            QTRY_VERIFY(ana.people() && ana.people()->rowCount() >= 3);
            OutgoingMessage message;
            message.key = IdempotencyKey{u"0190c1d2-0000-7000-8000-0000000000ff"_s};
            message.conversation = m_server->team();
            message.content = u"<p>Read me</p>"_s;
            message.composedAt = SystemClock().wallNow();
            bao.session().submit(SendMessageCommand{message});
            QTRY_COMPARE(ana.session().conversations().totalUnread(), 1);
            QTRY_VERIFY(ana.shownTexts().contains(u"<p>Read me</p>"_s));
            loseServer(ana);
            ana.window().show();
            QTRY_COMPARE_WITH_TIMEOUT(ana.session().conversations().totalUnread(), 0, 10'000);
            waitForDisk(ana);
        }
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        QCOMPARE(unreadOnServer(), 1);
        Desk again(*m_server, u"ana"_s, cache());
        again.window().hide();
        int most = 0;
        connect(&again.session().conversations(), &ConversationList::totalUnreadChanged,
            &again.window(), [&most](int unread) { most = std::max(most, unread); });
        QTRY_COMPARE(again.session().conversations().count(), 2);
        QTRY_COMPARE(unreadOnServer(), 0);
        QTRY_VERIFY(again.session().conversations().isLoaded());
        QCOMPARE(again.session().conversations().totalUnread(), 0);
    }

    void aTimedStatusShowsWhatItReturnsToWhileTheServerIsAway()
    {
        {
            Desk ana(*m_server, u"ana"_s, cache());
            QTRY_VERIFY(ana.isOnline());
            ana.session().submit(SetIntentCommand{{IntentStatus::Away, u"On a walk"_s, {}}});
            const WallTime end = ana.session().serverNow() + 2s;
            ana.session().submit(SetIntentCommand{{IntentStatus::Busy, {}, end}});
            QTRY_COMPARE(intentOnServer(u"ana"_s).status, IntentStatus::Busy);
            loseServer(ana);
            QTRY_COMPARE(ana.session().intent().status, IntentStatus::Away);
            QCOMPARE(ownWords(ana), u"Ana, your status: Not connected · then Away · On a walk"_s);
            finish(ana);
        }
        // Neither does it come back with the next start.
        const QUrl nowhere(u"http://127.0.0.1:9"_s);
        Desk again(nowhere, u"ana"_s, "token", cache());
        QTRY_VERIFY(again.runtime().isCacheRestored());
        QCOMPARE(again.session().intent(), (Intent{IntentStatus::Away, u"On a walk"_s, {}}));
        QTRY_VERIFY(ownWords(again).endsWith(u"then Away · On a walk"_s));
    }

private:
    [[nodiscard]] QString cache() const { return m_directory->filePath(u"cache.sqlite"_s); }
    [[nodiscard]] static QString ownWords(const Desk &desk)
    {
        return desk.find<QAbstractButton>("ownStatusButton")->accessibleName();
    }
    [[nodiscard]] Intent intentOnServer(const QString &login) const
    {
        return m_server->server().explain(m_server->key(login)).own.intent;
    }
    [[nodiscard]] int unreadOnServer() const
    {
        const auto summary = m_server->database().conversations().summary(
            m_server->key(u"ana"_s), m_server->team(), std::nullopt);
        return summary ? summary->unreadCount : -1;
    }
    //! It can come back on the same port.
    void loseServer(Desk &desk)
    {
        m_server->options.listener.port = m_server->server().port();
        m_server->kill();
        QTRY_VERIFY(!desk.isOnline());
    }
    //! What was handed to the storage thread before is on disk when the answer is there.
    static void waitForDisk(Desk &desk)
    {
        OutgoingMessage last;
        last.key = IdempotencyKey{u"0190c1d2-0000-7000-8000-0000000000aa"_s};
        bool isRead = false;
        auto &log = desk.session().messages({u"none"_s});
        QObject::connect(
            &log, &MessageLog::stateChanged, &desk.window(), [&isRead] { isRead = true; });
        desk.session().submit(
            LoadMessagesCommand{{u"none"_s}, MessageId{u"f"_s}, std::nullopt, std::nullopt});
        QTRY_VERIFY(isRead);
    }
    static void finish(Desk &desk)
    {
        bool finished = false;
        QObject::connect(&desk.runtime(), &app::ClientRuntime::finished, &desk.window(),
            [&finished] { finished = true; });
        desk.runtime().quit();
        QTRY_VERIFY(finished);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

QTEST_MAIN(tst_OfflineChoices)
#include "tst_offlinechoices.moc"
