// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/uuid.h"
#include "models/store/session.h"
#include "net/client/credentialstoreentry.h"
#include "tests/gui/accounts/programfixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! One window, two accounts at two real servers.
class tst_Accounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_computer = std::make_unique<Computer>();
        m_home = std::make_unique<TestServer>();
        m_work = std::make_unique<TestServer>();
        for (TestServer *server : {m_home.get(), m_work.get()}) {
            QVERIFY2(server->start(), qPrintable(server->errorText()));
        }
    }
    void cleanup()
    {
        m_work.reset();
        m_home.reset();
    }

    void bothAreLiveAndEachShowsItsOwn()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        QTRY_COMPARE(program.conversationTitles(), QStringList{u"Team"_s});
        QVERIFY2(
            program.ownWords().startsWith(u"Bao on 127.0.0.1:"_s), qPrintable(program.ownWords()));
        QCOMPARE(program.accountWords().size(), 2);

        program.switchTo(0);
        QVERIFY2(program.ownWords().startsWith(u"Ana on "_s), qPrintable(program.ownWords()));
        QCOMPARE(program.conversationTitles(), (QStringList{u"Lunch"_s, u"Team"_s}));
        QTRY_VERIFY(isOnline(*m_home, u"ana"_s) && isOnline(*m_work, u"bao"_s));
        QTRY_VERIFY(program.accountWords()[0].contains(u", Online, "_s));
        QVERIFY(program.accountWords()[1].contains(u", Online, "_s));
        QVERIFY(program.quit());
    }

    void switchingIsInstantAndGoesBackToWhereOneWas()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        program.window()->openConversation(m_work->team());
        program.switchTo(0);
        program.window()->openConversation(m_home->lunch());
        program.switchTo(1);
        // No turn of the event loop between the key and the page.
        QCOMPARE(program.window()->openConversation(), m_work->team());
        program.switchTo(0);
        QCOMPARE(program.window()->openConversation(), m_home->lunch());
        QVERIFY(program.quit());
    }

    void draftsStayWithTheirAccount()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        program.window()->openConversation(m_work->team());
        QTest::keyClicks(program.find<QPlainTextEdit>("messageField"), u"for work"_s);
        program.switchTo(0);
        program.window()->openConversation(m_home->team());
        QCOMPARE(program.find<QPlainTextEdit>("messageField")->toPlainText(), QString());
        program.switchTo(1);
        QCOMPARE(program.find<QPlainTextEdit>("messageField")->toPlainText(), u"for work"_s);
        QVERIFY(program.quit());
    }

    void whatIsUnreadElsewhereShowsOnTheButtonAndInTheTitle()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        QTRY_VERIFY(isOnline(*m_home, u"ana"_s));
        QCOMPARE(program.window()->windowTitle(), u"Presently"_s);
        say(*m_home, u"dan"_s, m_home->lunch(), u"Noon?"_s);
        QTRY_COMPARE(program.window()->windowTitle(), u"(1) Presently"_s);
        QVERIFY2(program.buttonWords().contains(u"1 unread"_s), qPrintable(program.buttonWords()));
        QVERIFY(program.accountWords()[0].endsWith(u"1 unread"_s));

        program.switchTo(0);
        QVERIFY(!program.buttonWords().contains(u"unread"_s));
        program.window()->openConversation(m_home->lunch());
        QTRY_COMPARE_WITH_TIMEOUT(program.window()->windowTitle(), u"Presently"_s, 10'000);
        QVERIFY(program.quit());
    }

    void nothingIsReadInAnAccountThatIsNotShown()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        program.switchTo(0);
        program.window()->openConversation(m_home->lunch());
        program.switchTo(1);
        program.window()->openConversation(m_work->team());
        say(*m_home, u"dan"_s, m_home->lunch(), u"Noon?"_s);
        QTRY_COMPARE(program.window()->windowTitle(), u"(1) Presently"_s);
        // What came later is read where one looks, and what came before still is not.
        say(*m_work, u"chi"_s, m_work->team(), u"Done"_s);
        QTRY_COMPARE(unread(*m_work, u"bao"_s, m_work->team()), 0);
        QCOMPARE(unread(*m_home, u"ana"_s, m_home->lunch()), 1);
        QTRY_COMPARE(program.window()->windowTitle(), u"(1) Presently"_s);
        QVERIFY(program.quit());
    }

    void signingOutOfOneLeavesTheOther()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        QTRY_VERIFY(isOnline(*m_home, u"ana"_s) && isOnline(*m_work, u"bao"_s));
        QAction *leave = program.openMenu()->findChild<QAction *>(u"signOut"_s);
        QCOMPARE(leave->text(), u"Sign out of Bao"_s);
        leave->trigger();
        program.closeMenu();
        QTRY_VERIFY(program.ownWords().startsWith(u"Ana, your status"_s));
        QCOMPARE(program.accountWords().size(), 1);
        QTRY_VERIFY(!isOnline(*m_work, u"bao"_s));
        QVERIFY(isOnline(*m_home, u"ana"_s));
        QVERIFY(!program.dialog());
        QVERIFY(program.quit());
        QCOMPARE(app::Profile::open(m_computer->directory.path())->accounts().size(), 1);
    }

    void aStartBringsAllOfThemBack()
    {
        {
            ProgramFixture program(*m_computer);
            openBoth(program);
            program.switchTo(0);
            QVERIFY(program.quit());
        }
        QTRY_VERIFY(!isOnline(*m_home, u"ana"_s) && !isOnline(*m_work, u"bao"_s));
        ProgramFixture again(*m_computer);
        QTRY_VERIFY(again.window());
        QTRY_VERIFY(isOnline(*m_home, u"ana"_s) && isOnline(*m_work, u"bao"_s));
        // The one shown last, and the order in which they came.
        QTRY_VERIFY(again.ownWords().startsWith(u"Ana on "_s));
        QTRY_VERIFY(again.accountWords().value(1).startsWith(u"Bao, Online"_s));
        QVERIFY(!again.dialog());
        QVERIFY(again.quit());
    }

    void oneThatCannotGoOnStopsNoOther()
    {
        {
            ProgramFixture program(*m_computer);
            openBoth(program);
            program.switchTo(0);
            QVERIFY(program.quit());
        }
        m_work->kill();
        ProgramFixture again(*m_computer);
        QTRY_VERIFY(again.window());
        QTRY_VERIFY(isOnline(*m_home, u"ana"_s));
        QTRY_VERIFY(again.accountWords().value(1).contains(u"Not connected"_s));
        QVERIFY(again.ownWords().endsWith(u"Online"_s));
        again.switchTo(1);
        QTRY_VERIFY(again.find<QWidget>("outageBar")->isVisible());
        QCOMPARE(again.conversationTitles(), QStringList{u"Team"_s});
        again.switchTo(0);
        QVERIFY(!again.find<QWidget>("outageBar")->isVisible());
        QVERIFY(again.quit());
    }

    void aSignInThatIsGoneWaitsInTheMenuAndInterruptsNobody()
    {
        {
            ProgramFixture program(*m_computer);
            openBoth(program);
            program.switchTo(0);
            QVERIFY(program.quit());
        }
        m_computer->keychain.remove(
            net::accountEntry(m_work->url(), u"bao"_s), this, [](const auto &) {});
        ProgramFixture again(*m_computer);
        QTRY_VERIFY(again.window());
        QTRY_VERIFY_WITH_TIMEOUT(
            again.accountWords().value(1).contains(u"Sign in again"_s), 10'000);
        QVERIFY(again.buttonWords().contains(u"sign in"_s));
        QVERIFY(!again.dialog());
        QVERIFY(again.ownWords().endsWith(u"Online"_s));

        again.switchTo(1);
        auto *signIn = again.find<QPushButton>("tryNowButton");
        QTRY_VERIFY(signIn->isVisible());
        QCOMPARE(signIn->text(), u"Sign in"_s);
        signIn->click();
        again.signIn(*m_work, u"bao"_s);
        QTRY_VERIFY(again.ownWords().endsWith(u"Online"_s));
        QCOMPARE(again.accountWords().size(), 2);
        QVERIFY(again.quit());
    }

    void aSignInThatFailsAddsNothing()
    {
        ProgramFixture program(*m_computer);
        program.signIn(*m_home, u"ana"_s);
        program.openMenu()->findChild<QAction *>(u"addAccount"_s)->trigger();
        program.closeMenu();
        program.fillDialog(m_work->url(), u"bao"_s, u"wrong"_s);
        auto *error = program.dialog()->findChild<QWidget *>(u"errorCard"_s);
        QTRY_VERIFY(error->isVisible());
        QCOMPARE(program.accountWords().size(), 1);
        program.dialog()->reject();
        QTRY_VERIFY(!program.dialog());
        QVERIFY(program.ownWords().startsWith(u"Ana, your status"_s));
        QVERIFY(program.quit());
        QCOMPARE(app::Profile::open(m_computer->directory.path())->accounts().size(), 1);
    }

    void anAccountThatIsThereAlreadyIsShownNotAddedTwice()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        program.addAccount(*m_home, u"ana"_s);
        QVERIFY(program.ownWords().startsWith(u"Ana on "_s));
        QCOMPARE(program.accountWords().size(), 2);
        QVERIFY(program.quit());
    }

    void heartbeatsPauseForAllWhileTheWindowIsHidden()
    {
        QHash<TestServer *, QString> lastBeat;
        for (TestServer *server : {m_home.get(), m_work.get()}) {
            server->kill();
            server->options.presence.heartbeat = Milliseconds{200};
            server->options.presence.lease = Milliseconds{2000};
            server->options.presence.pingAfter = Milliseconds{1000};
            server->options.presence.pongWithin = Milliseconds{900};
            QVERIFY2(server->start(), qPrintable(server->errorText()));
            server->server().setFrameTap([&lastBeat, server](const net::FrameRecord &frame) {
                const auto object = QJsonDocument::fromJson(frame.payload).object();
                if (frame.direction == net::FrameDirection::Received
                    && object.value("type"_L1) == "ping"_L1)
                    lastBeat[server] = object.value("state"_L1).toString();
            });
        }
        const auto bothSay = [&](const QString &state) {
            return lastBeat.value(m_home.get()) == state && lastBeat.value(m_work.get()) == state;
        };
        ProgramFixture program(*m_computer);
        openBoth(program);
        QTRY_VERIFY(bothSay(u"active"_s));
        QPointer<ui::MainWindow> window = program.window();
        window->hide();
        QTRY_VERIFY(bothSay(u"hidden"_s));
        window->show();
        QTRY_VERIFY(bothSay(u"active"_s));
        QVERIFY(program.quit());
    }

    void theMenuIsForTheKeyboardToo()
    {
        ProgramFixture program(*m_computer);
        openBoth(program);
        program.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program.window()));
        QTest::keyClick(program.window(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        auto *menu = program.find<QMenu>("accountMenu");
        QVERIFY(menu && menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_VERIFY(program.ownWords().startsWith(u"Ana on "_s));
        QVERIFY(program.quit());
    }

private:
    //! Ana at home first, then Bao at work, who is shown.
    void openBoth(const ProgramFixture &program) const
    {
        program.signIn(*m_home, u"ana"_s);
        QTRY_VERIFY(program.ownWords().endsWith(u"Online"_s));
        program.addAccount(*m_work, u"bao"_s);
        QTRY_VERIFY(program.ownWords().startsWith(u"Bao on "_s));
        QTRY_VERIFY(program.ownWords().endsWith(u"Online"_s));
        QTRY_COMPARE(program.conversationTitles(), QStringList{u"Team"_s});
    }
    [[nodiscard]] static bool isOnline(TestServer &server, const QString &login)
    {
        return server.server().explain(server.key(login)).shown.isOnline();
    }
    [[nodiscard]] static int unread(
        TestServer &server, const QString &login, const ConversationId &conversation)
    {
        const auto summary = server.database().conversations().summary(
            server.key(login), conversation, std::nullopt);
        return summary ? summary->unreadCount : -1;
    }
    //! From a device of \a login somewhere else.
    static void say(
        TestServer &server, const QString &login, const ConversationId &in, const QString &text)
    {
        const SystemClock clock;
        net::MemoryCredentialStore keychain;
        app::RuntimeOptions options;
        options.account = {server.url(), login};
        options.device = DeviceId{login + u"-phone"_s};
        app::ClientRuntime phone(options, keychain, clock);
        phone.startWithToken(server.token(login).toLatin1());
        OutgoingMessage message;
        message.key = IdempotencyKey{makeUuidV7(clock.wallNow())};
        message.conversation = in;
        message.content = u"<p>%1</p>"_s.arg(text);
        message.composedAt = clock.wallNow();
        phone.session().submit(SendMessageCommand{message});
        QTRY_VERIFY(phone.session().outbox().messages().isEmpty());
    }

    std::unique_ptr<Computer> m_computer;
    std::unique_ptr<TestServer> m_home;
    std::unique_ptr<TestServer> m_work;
};

QTEST_MAIN(tst_Accounts)
#include "tst_accounts.moc"
