// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/desk.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Two people before two windows, one real server between them.
class tst_Story : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>();
        // Tokens outlive a server that has a place for its secret.
        m_directory = std::make_unique<QTemporaryDir>();
        m_server->options.storage.dataDirectory = m_directory->path();
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_frames.clear();
        tapFrames();
    }
    void cleanup() { m_server.reset(); }

    void dotsComeAndGoWithPeople()
    {
        Desk ana(*m_server, u"ana"_s);
        open(ana);
        QTRY_COMPARE(ana.dotInList(bao()), std::optional(Status::Offline));
        {
            Desk bao(*m_server, u"bao"_s);
            QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Online));
            open(bao);
            say(bao, u"Good morning"_s);
            QTRY_COMPARE(ana.dotBesideSender(this->bao()), std::optional(Status::Online));
        }
        QTRY_COMPARE(ana.dotInList(bao()), std::optional(Status::Offline));
        QTRY_COMPARE(ana.dotBesideSender(bao()), std::optional(Status::Offline));
    }

    void aChosenStatusIsSeenByOthers()
    {
        Desk ana(*m_server, u"ana"_s);
        open(ana);
        Desk bao(*m_server, u"bao"_s);
        QTRY_VERIFY(bao.isOnline());
        bao.session().submit(SetIntentCommand{{IntentStatus::Busy, u"In a meeting"_s, {}}});
        QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Busy));
        QCOMPARE(ana.session().presence().presence(this->bao()).customMessage, u"In a meeting"_s);
        bao.session().submit(SetIntentCommand{{IntentStatus::Invisible, {}, {}}});
        QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Offline));
        bao.session().submit(SetIntentCommand{{IntentStatus::Auto, {}, {}}});
        QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Online));
    }

    //! Reliability scenario R33: while our own link is down everybody is unknown, nobody stays green, nobody goes grey.
    void dotsTurnUnknownWhenOurLinkIsDownAndTrueAgainAfterwards()
    {
        Desk ana(*m_server, u"ana"_s);
        open(ana);
        Desk bao(*m_server, u"bao"_s);
        QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Online));
        killServer();
        QTRY_COMPARE(ana.dotInList(this->bao()), std::optional(Status::Unknown));
        QCOMPARE(ana.dotInList(chi()), std::optional(Status::Unknown));
        QVERIFY(ana.session().presence().asOf(this->bao()).has_value());
        auto *bar = ana.find<QWidget>("outageBar");
        QTRY_VERIFY(bar->isVisible());

        QVERIFY(m_server->start());
        tapFrames();
        QTRY_COMPARE_WITH_TIMEOUT(
            ana.dotInList(this->bao()), std::optional(Status::Online), 20'000);
        QTRY_COMPARE(ana.dotInList(chi()), std::optional(Status::Offline));
        QTRY_VERIFY(!bar->isVisible());
    }

    void heartbeatsPauseWhileTheWindowIsHiddenAndComeAtOnceWhenItIsShown()
    {
        m_server->kill();
        m_server->options.presence.heartbeat = Milliseconds{200};
        m_server->options.presence.lease = Milliseconds{2000};
        m_server->options.presence.pingAfter = Milliseconds{1000};
        m_server->options.presence.pongWithin = Milliseconds{900};
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        tapFrames();
        Desk watcher(*m_server, u"bao"_s);
        open(watcher);
        Desk ana(*m_server, u"ana"_s);
        QTRY_VERIFY(beatsOf(u"ana-desk"_s).size() >= 3);

        for (const bool minimise : {false, true}) {
            if (minimise)
                ana.window().showMinimized();
            else
                ana.window().hide();
            QTRY_COMPARE(lastBeatOf(u"ana-desk"_s), u"hidden"_s);
            const auto count = beatsOf(u"ana-desk"_s).size();
            QTRY_COMPARE(watcher.dotInList(this->ana()), std::optional(Status::Away));
            // Five more beats of the one who is shown, none of the hidden one, who stays away.
            const auto others = beatsOf(u"bao-desk"_s).size();
            QTRY_VERIFY(beatsOf(u"bao-desk"_s).size() >= others + 5);
            QCOMPARE(beatsOf(u"ana-desk"_s).size(), count);
            QCOMPARE(watcher.dotInList(this->ana()), std::optional(Status::Away));

            ana.window().showNormal();
            QTRY_COMPARE(lastBeatOf(u"ana-desk"_s), u"active"_s);
            QTRY_COMPARE(watcher.dotInList(this->ana()), std::optional(Status::Online));
        }
    }

    void messagesRepliesEditsAndDeletionsReachTheOtherWindow()
    {
        Desk ana(*m_server, u"ana"_s);
        Desk bao(*m_server, u"bao"_s);
        open(ana);
        open(bao);
        say(ana, u"Lunch at <b>noon</b>?"_s);
        QTRY_COMPARE(bao.messages()->rowCount(), ana.messages()->rowCount());
        QTRY_VERIFY(bao.shownTexts().join(u' ').contains(u"Lunch at &lt;b&gt;noon&lt;/b&gt;?"_s));

        const MessageId lunch = lastMessage(ana);
        QTRY_COMPARE(lastMessage(bao), lunch);
        bao.session().submit(SendMessageCommand{outgoing(u"<p>Yes!</p>"_s, lunch)});
        QTRY_VERIFY(ana.shownTexts().contains(u"<p>Yes!</p>"_s));
        const QModelIndex reply = ana.messages()->index(ana.messages()->rowCount() - 1, 0);
        QCOMPARE(reply.data(ReplyToRole).toString(), lunch.value);

        ana.session().submit(
            EditMessageCommand{m_server->team(), lunch, u"<p>Lunch at one?</p>"_s});
        QTRY_VERIFY(bao.shownTexts().contains(u"<p>Lunch at one?</p>"_s));
        ana.session().submit(DeleteMessageCommand{m_server->team(), lunch});
        QTRY_VERIFY(!bao.shownTexts().contains(u"<p>Lunch at one?</p>"_s));
        QVERIFY(bao.shownTexts().contains(u"<p>Yes!</p>"_s));
    }

    void aMessageTypedOfflineIsSentExactlyOnce()
    {
        QTemporaryDir directory;
        const QString cache = directory.filePath(u"cache.sqlite"_s);
        Desk bao(*m_server, u"bao"_s);
        open(bao);
        {
            Desk ana(*m_server, u"ana"_s, cache);
            open(ana);
            QTRY_VERIFY(ana.isOnline());
            killServer();
            QTRY_VERIFY(!ana.isOnline());
            say(ana, u"first, from the dark"_s);
            say(ana, u"second, from the dark"_s);
            QTRY_COMPARE(ana.session().outbox().messages().size(), 2);
            // What is on disk is what counts: the window goes without a word.
            finish(ana);
        }
        QVERIFY(m_server->start());
        Desk ana(*m_server, u"ana"_s, cache);
        open(ana);
        QTRY_COMPARE_WITH_TIMEOUT(countOf(bao, u"first, from the dark"_s), 1, 20'000);
        QTRY_COMPARE(countOf(bao, u"second, from the dark"_s), 1);
        QTRY_VERIFY(ana.session().outbox().messages().isEmpty());
        const QString all = bao.shownTexts().join(u' ');
        QVERIFY(all.indexOf(u"first"_s) < all.indexOf(u"second"_s));
        QCOMPARE(countOf(ana, u"first, from the dark"_s), 1);
    }

    void theListIsThereFromTheCacheBeforeTheServerIs()
    {
        QTemporaryDir directory;
        const QString cache = directory.filePath(u"cache.sqlite"_s);
        {
            Desk ana(*m_server, u"ana"_s, cache);
            open(ana);
            say(ana, u"remember me"_s);
            QTRY_VERIFY(ana.session().outbox().messages().isEmpty());
            finish(ana);
        }
        TestServer gone;
        QVERIFY(gone.start());
        const QUrl nowhere = gone.url();
        (void)gone.token(u"ana"_s, u"desk"_s);
        Desk ana(gone, u"ana"_s, cache);
        gone.kill();
        QTRY_COMPARE(ana.conversations()->rowCount(), 2);
        ana.window().openConversation(m_server->team());
        QTRY_VERIFY(ana.shownTexts().join(u' ').contains(u"remember me"_s));
        QTRY_COMPARE(ana.dotInList(bao()), std::optional(Status::Unknown));
    }

    void twoWhoShareNothingStartAConversation()
    {
        Desk eve(*m_server, u"eve"_s);
        Desk ana(*m_server, u"ana"_s);
        QTRY_VERIFY(eve.isOnline() && ana.isOnline());
        QTRY_COMPARE(ana.conversations()->rowCount(), 2);
        auto *button = eve.find<QToolButton>("newConversationButton");
        QTRY_VERIFY(button->isVisible());
        button->click();
        auto *people = eve.find<QListWidget>("foundPeople");
        QVERIFY(people);
        QTest::keyClicks(eve.find<QLineEdit>("peopleField"), u"ana"_s);
        QTRY_VERIFY(people->count() == 1 && people->item(0)->text().contains(u"Ana"_s));
        people->item(0)->setCheckState(Qt::Checked);
        QTest::mouseClick(eve.find<QPushButton>("startButton"), Qt::LeftButton);

        QTRY_VERIFY(!eve.window().openConversation().isEmpty());
        QTRY_COMPARE(ana.conversations()->rowCount(), 3);
        QTRY_COMPARE(eve.dotInList(this->ana()), std::optional(Status::Online));
        say(eve, u"Hello, Ana"_s);
        ana.window().openConversation(eve.window().openConversation());
        QTRY_COMPARE(countOf(ana, u"Hello, Ana"_s), 1);
        QTRY_COMPARE(ana.dotBesideSender(m_server->id(u"eve"_s)), std::optional(Status::Online));
    }

    void whatIsReadHereIsReadOnTheOtherDevice()
    {
        Desk bao(*m_server, u"bao"_s);
        open(bao);
        Desk ana(*m_server, u"ana"_s);
        QTRY_VERIFY(ana.isOnline());
        QTRY_COMPARE(ana.conversations()->rowCount(), 2);
        say(bao, u"unread so far"_s);
        QTRY_COMPARE(unreadOfTeam(ana), 1);
        ana.window().activateWindow();
        open(ana);
        QTRY_COMPARE(unreadOfTeam(ana), 0);
    }

private:
    struct Beat {
        QString state;
    };

    [[nodiscard]] UserId ana() const { return m_server->id(u"ana"_s); }
    [[nodiscard]] UserId bao() const { return m_server->id(u"bao"_s); }
    [[nodiscard]] UserId chi() const { return m_server->id(u"chi"_s); }

    void tapFrames()
    {
        m_server->server().setFrameTap([this](const net::FrameRecord &frame) {
            const auto object = QJsonDocument::fromJson(frame.payload).object();
            if (frame.direction == net::FrameDirection::Received
                && object.value("type"_L1) == "ping"_L1)
                m_frames[frame.device.value].append({object.value("state"_L1).toString()});
        });
    }
    //! It can come back on the same port.
    void killServer()
    {
        m_server->options.listener.port = m_server->server().port();
        m_server->kill();
    }
    [[nodiscard]] QList<Beat> beatsOf(const QString &device) const
    {
        return m_frames.value(device);
    }
    [[nodiscard]] QString lastBeatOf(const QString &device) const
    {
        const QList<Beat> beats = beatsOf(device);
        return beats.isEmpty() ? QString() : beats.last().state;
    }

    void open(Desk &desk)
    {
        desk.window().openConversation(m_server->team());
        QTRY_COMPARE(desk.window().openConversation(), m_server->team());
        QTRY_VERIFY(desk.people() && desk.people()->rowCount() >= 3);
    }
    static void say(Desk &desk, const QString &text)
    {
        auto *field = desk.find<QPlainTextEdit>("messageField");
        QVERIFY(field);
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(field->toPlainText().isEmpty());
    }
    static void finish(Desk &desk)
    {
        bool finished = false;
        QObject::connect(&desk.runtime(), &app::ClientRuntime::finished, &desk.window(),
            [&finished] { finished = true; });
        desk.runtime().quit();
        QTRY_VERIFY(finished);
    }
    [[nodiscard]] OutgoingMessage outgoing(const QString &html, const MessageId &replyTo) const
    {
        OutgoingMessage message;
        message.key = IdempotencyKey{u"reply-key"_s};
        message.conversation = m_server->team();
        message.content = html;
        message.replyTo = replyTo;
        message.composedAt = SystemClock().wallNow();
        return message;
    }
    [[nodiscard]] static MessageId lastMessage(Desk &desk)
    {
        const QModelIndex last = desk.messages()->index(desk.messages()->rowCount() - 1, 0);
        return MessageId{last.data(MessageIdRole).toString()};
    }
    [[nodiscard]] static int countOf(Desk &desk, const QString &text)
    {
        int count = 0;
        for (const QString &shown : desk.shownTexts())
            count += shown.contains(text);
        return count;
    }
    [[nodiscard]] int unreadOfTeam(Desk &desk) const
    {
        for (int row = 0; row < desk.conversations()->rowCount(); ++row) {
            const QModelIndex index = desk.conversations()->index(row, 0);
            if (index.data(ConversationIdRole).toString() == m_server->team().value)
                return index.data(UnreadCountRole).toInt();
        }
        return -1;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
    QHash<QString, QList<Beat>> m_frames;
};

QTEST_MAIN(tst_Story)
#include "tst_story.moc"
