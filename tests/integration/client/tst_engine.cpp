// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/integration/client/clientprobe.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

//! The engine and the stores against the real server, in one process.
class tst_Engine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsInAndFetchesEverything();
    void refusesAWrongPassword();
    void seesOthersComeAndGo();
    void opensAConversationWithItsPeople();
    void sendsAndReceives();
    void editsAndDeletes();
    void pagesBothWays();
    void marksReadForEverybody();
    void pinsMutesAndArchivesOnAllDevices();
    void startsAndLeavesConversations();
    void tellsWhoTypes();
    void keepsTheStatusThatWasChosen();
    void showsTheStatusThatAnotherDeviceChose();
    void sendsTheStatusThatWasChosenBeforeTheNetworkBegan();
    void keepsWhatOthersSeeWhileTheWindowIsHidden();
    void putsAndFetchesFiles();
    void failsAnUploadOfWhatIsNotThere();
    void renewsAnExpiredTokenOnce();
    void signsOutWhenTheSessionIsRevoked();
    void signsOut();
    void saysGoodbyeWhenItQuits();
    void failsWhatCannotWaitWithoutALink();

private:
    std::unique_ptr<ClientProbe> client(
        const QString &login, const QString &device = QStringLiteral("pc"))
    {
        auto probe = std::make_unique<ClientProbe>(m_server->url(), quickOptions());
        probe->start(m_server->token(login, device), device);
        return probe;
    }

    std::unique_ptr<TestServer> m_server;
    QTemporaryDir m_directory;
};

void tst_Engine::init()
{
    m_server = std::make_unique<TestServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
}

void tst_Engine::signsInAndFetchesEverything()
{
    ClientProbe ana(m_server->url(), quickOptions());
    ana.signIn(QStringLiteral("ana"), TestServer::password(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    QVERIFY(!ana.credentials.accessToken.isEmpty());
    QVERIFY(!ana.credentials.refreshToken.isEmpty());
    QCOMPARE(ana.session.self().user, m_server->id(QStringLiteral("ana")));
    QTRY_COMPARE(ana.session.self().displayName, QStringLiteral("Ana"));
    QCOMPARE(ana.session.conversations().count(), 2);
    QTRY_VERIFY(!ana.session.roster().contacts().isEmpty());
    QCOMPARE(ana.session.roster().displayName(m_server->id(QStringLiteral("bao"))),
        QStringLiteral("Bao"));
    QVERIFY(ana.session.capabilities().testFlag(Capability::SetStatus));
    QVERIFY(ana.failures.isEmpty());
}

void tst_Engine::refusesAWrongPassword()
{
    ClientProbe ana(m_server->url(), quickOptions());
    ana.signIn(QStringLiteral("ana"), QStringLiteral("wrong"));
    QTRY_COMPARE(ana.signInFailed.size(), 1);
    QCOMPARE(ana.signInFailed.first().code, ErrorCode::InvalidCredentials);
    QVERIFY(ana.links.isEmpty());
}

void tst_Engine::seesOthersComeAndGo()
{
    const UserId baoId = m_server->id(QStringLiteral("bao"));
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    QTRY_COMPARE(ana->statusOf(baoId), Status::Offline);
    auto bao = client(QStringLiteral("bao"));
    QTRY_COMPARE(ana->statusOf(baoId), Status::Online);
    bao->engine.setActivity(ActivityState::Hidden);
    QTRY_COMPARE(ana->statusOf(baoId), Status::Away);
    bao->engine.setActivity(ActivityState::Active);
    QTRY_COMPARE(ana->statusOf(baoId), Status::Online);
    bao->engine.quit();
    QTRY_COMPARE(ana->statusOf(baoId), Status::Offline);
}

void tst_Engine::opensAConversationWithItsPeople()
{
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    ana->session.submit(OpenConversationCommand{m_server->team()});
    QTRY_COMPARE(ana->session.participants(m_server->team()).count(), 3);
    QTRY_VERIFY(ana->session.messages(m_server->team()).isLoaded());
}

void tst_Engine::sendsAndReceives()
{
    const auto ana = client(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated());
    for (ClientProbe *probe : {ana.get(), bao.get()}) {
        probe->session.submit(OpenConversationCommand{m_server->team()});
        QTRY_VERIFY(probe->session.messages(m_server->team()).isLoaded());
    }
    QSignalSpy received(&bao->session, &Session::messageReceived);
    for (int number = 0; number < 5; ++number)
        ana->write(m_server->team(), QStringLiteral("hello %1").arg(number));
    QTRY_VERIFY(ana->session.outbox().messages().isEmpty());
    QTRY_COMPARE(received.count(), 5);
    const QStringList texts = bao->texts(m_server->team());
    QCOMPARE(texts.size(), 5);
    QCOMPARE(texts.first(), QStringLiteral("<p>hello 0</p>"));
    QCOMPARE(texts.last(), QStringLiteral("<p>hello 4</p>"));
    QCOMPARE(ana->texts(m_server->team()), texts);
    QCOMPARE(bao->session.conversations().find(m_server->team())->unreadCount, 5);
}

void tst_Engine::editsAndDeletes()
{
    const auto ana = client(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated());
    const ConversationId team = m_server->team();
    bao->session.submit(OpenConversationCommand{team});
    QTRY_VERIFY(bao->session.messages(team).isLoaded());
    ana->session.submit(OpenConversationCommand{team});
    ana->write(team, QStringLiteral("one"));
    QTRY_COMPARE(bao->texts(team).size(), 1);
    QTRY_VERIFY(ana->session.outbox().messages().isEmpty());
    const MessageId id = *ana->session.messages(team).lastId();
    ana->session.submit(EditMessageCommand{team, id, QStringLiteral("<p>two</p>")});
    QTRY_COMPARE(bao->texts(team), QStringList{QStringLiteral("<p>two</p>")});
    QTRY_COMPARE(ana->texts(team), bao->texts(team));
    bao->session.submit(DeleteMessageCommand{team, id}); // not his
    QTRY_COMPARE(bao->failures.size(), 1);
    QCOMPARE(bao->failures.first().action, QStringLiteral("delete"));
    QCOMPARE(bao->failures.first().error.code, ErrorCode::Forbidden);
    ana->session.submit(DeleteMessageCommand{team, id});
    QTRY_COMPARE(bao->texts(team).size(), 0);
    QTRY_COMPARE(ana->texts(team).size(), 0);
}

void tst_Engine::pagesBothWays()
{
    EngineOptions options = quickOptions();
    options.pageSize = 10;
    ClientProbe ana(m_server->url(), options);
    ana.start(m_server->token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    const ConversationId team = m_server->team();
    for (int number = 0; number < 35; ++number)
        ana.write(team, QString::number(number));
    QTRY_VERIFY_WITH_TIMEOUT(ana.session.outbox().messages().isEmpty(), 10'000);

    const auto bao = std::make_unique<ClientProbe>(m_server->url(), options);
    bao->start(m_server->token(QStringLiteral("bao")));
    QTRY_VERIFY(bao->isHydrated());
    MessageLog &log = bao->session.messages(team);
    bao->session.submit(OpenConversationCommand{team});
    QTRY_COMPARE(log.count(), 10);
    QVERIFY(log.hasMoreBefore());
    QVERIFY(!log.hasMoreAfter());
    for (int pages = 0; log.hasMoreBefore() && pages < 6; ++pages) {
        const int before = log.count();
        bao->session.submit(LoadMessagesCommand{team, log.firstId(), {}, {}});
        QTRY_VERIFY(log.count() > before || !log.hasMoreBefore());
    }
    QTRY_COMPARE(bao->texts(team).size(), 35);
    const MessageId oldest = log.at(0).message.id;
    const MessageId newest = *log.lastId();

    bao->session.submit(LoadMessagesCommand{team, {}, {}, oldest});
    QTRY_VERIFY(log.rowOf(oldest) >= 0);
    log.clear();
    bao->session.submit(LoadMessagesCommand{team, {}, {}, oldest});
    QTRY_VERIFY(log.isLoaded());
    QVERIFY(log.hasMoreAfter());
    for (int pages = 0; log.hasMoreAfter() && pages < 6; ++pages) {
        const int before = log.count();
        bao->session.submit(LoadMessagesCommand{team, {}, log.lastId(), {}});
        QTRY_VERIFY(log.count() > before || !log.hasMoreAfter());
    }
    QCOMPARE(*log.lastId(), newest);
    QVERIFY(bao->failures.isEmpty());
}

void tst_Engine::marksReadForEverybody()
{
    const ConversationId team = m_server->team();
    const auto ana = client(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    const auto phone = client(QStringLiteral("bao"), QStringLiteral("phone"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated() && phone->isHydrated());
    ana->session.submit(OpenConversationCommand{team});
    QTRY_COMPARE(ana->session.participants(team).count(), 3);
    ana->write(team, QStringLiteral("read me"));
    QTRY_COMPARE(phone->session.conversations().totalUnread(), 1);
    QTRY_COMPARE(bao->session.conversations().totalUnread(), 1);
    QTRY_VERIFY(ana->session.outbox().messages().isEmpty());
    bao->session.submit(OpenConversationCommand{team});
    bao->session.reading().setWindowShown(true);
    bao->session.reading().setAtBottom(true);
    QTRY_COMPARE(bao->session.conversations().totalUnread(), 0);
    QTRY_COMPARE(phone->session.conversations().totalUnread(), 0);
    const MessageLog &log = ana->session.messages(team);
    QTRY_COMPARE(log.at(log.count() - 1).delivery, Delivery::Read);
}

void tst_Engine::pinsMutesAndArchivesOnAllDevices()
{
    const ConversationId team = m_server->team();
    const auto pc = client(QStringLiteral("ana"));
    const auto phone = client(QStringLiteral("ana"), QStringLiteral("phone"));
    QTRY_VERIFY(pc->isHydrated() && phone->isHydrated());
    const auto on = [&](const ClientProbe &probe) {
        return *const_cast<ClientProbe &>(probe).session.conversations().find(team);
    };
    pc->session.submit(PinConversationCommand{team, true});
    pc->session.submit(MuteConversationCommand{team, true});
    pc->session.submit(ArchiveConversationCommand{team, true});
    for (const ClientProbe *probe : {pc.get(), phone.get()}) {
        QTRY_VERIFY(on(*probe).isPinned);
        QTRY_VERIFY(on(*probe).isMuted);
        QTRY_VERIFY(on(*probe).isArchived);
    }
    pc->session.submit(PinConversationCommand{team, false});
    QTRY_VERIFY(!on(*phone).isPinned);
    QVERIFY(pc->failures.isEmpty());
}

void tst_Engine::startsAndLeavesConversations()
{
    const auto ana = client(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated());
    const int before = bao->session.conversations().count();
    ana->session.submit(StartConversationCommand{{m_server->id(QStringLiteral("bao"))}, QString()});
    QTRY_COMPARE(ana->session.conversations().count(), 3);
    QTRY_COMPARE(bao->session.conversations().count(), before + 1);
    const ConversationId started = ana->session.conversations().at(2).id;
    bao->session.submit(LeaveConversationCommand{started});
    QTRY_COMPARE(bao->session.conversations().count(), before);
    QVERIFY(ana->failures.isEmpty() && bao->failures.isEmpty());
}

void tst_Engine::tellsWhoTypes()
{
    const auto ana = client(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated());
    ana->session.submit(TypingCommand{m_server->team()});
    QTRY_COMPARE(bao->session.typing().typing(m_server->team()),
        QList<UserId>{m_server->id(QStringLiteral("ana"))});
    ana->write(m_server->team(), QStringLiteral("done"));
    QTRY_VERIFY(bao->session.typing().typing(m_server->team()).isEmpty());
}

void tst_Engine::keepsTheStatusThatWasChosen()
{
    const UserId anaId = m_server->id(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated() && bao->isHydrated());
    const Intent busy{IntentStatus::Busy, QStringLiteral("in a meeting"), {}};
    ana->session.submit(SetIntentCommand{busy});
    QTRY_COMPARE(bao->statusOf(anaId), Status::Busy);
    QCOMPARE(bao->session.presence().presence(anaId).customMessage, busy.customMessage);
    ana = client(QStringLiteral("ana")); // a restart
    QTRY_COMPARE(ana->session.intent(), busy);
    QTRY_COMPARE(bao->statusOf(anaId), Status::Busy);
}

void tst_Engine::showsTheStatusThatAnotherDeviceChose()
{
    const auto pc = client(QStringLiteral("ana"));
    QTRY_VERIFY(pc->isHydrated());
    ClientProbe phone(m_server->url(), quickOptions());
    phone.start(
        m_server->token(QStringLiteral("ana"), QStringLiteral("phone")), QStringLiteral("phone"));
    QTRY_VERIFY(phone.isHydrated());
    const Intent busy{IntentStatus::Busy, QStringLiteral("call"), {}};
    phone.session.submit(SetIntentCommand{busy});
    QTRY_COMPARE(pc->session.intent(), busy);
    // Several choices in a row: the last one stays, here and there.
    for (const IntentStatus status : {IntentStatus::Away, IntentStatus::Auto, IntentStatus::Busy,
             IntentStatus::Away, IntentStatus::Invisible})
        phone.session.submit(SetIntentCommand{{status, {}, {}}});
    QTRY_COMPARE(pc->session.intent().status, IntentStatus::Invisible);
    QCOMPARE(phone.session.intent().status, IntentStatus::Invisible);
}

void tst_Engine::sendsTheStatusThatWasChosenBeforeTheNetworkBegan()
{
    ClientProbe ana(m_server->url(), quickOptions());
    const Intent busy{IntentStatus::Busy, QStringLiteral("early"), {}};
    ana.session.submit(SetIntentCommand{busy});
    QSignalSpy changes(&ana.session, &Session::intentChanged);
    ana.start(m_server->token(QStringLiteral("ana")));
    const auto bao = client(QStringLiteral("bao"));
    QTRY_COMPARE(bao->statusOf(m_server->id(QStringLiteral("ana"))), Status::Busy);
    QTRY_VERIFY(ana.isHydrated());
    QCOMPARE(ana.session.intent(), busy);
    QCOMPARE(changes.size(), 0); // what the server had before is never shown
}

void tst_Engine::keepsWhatOthersSeeWhileTheWindowIsHidden()
{
    const UserId anaId = m_server->id(QStringLiteral("ana"));
    const auto bao = client(QStringLiteral("bao"));
    auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(bao->isHydrated());
    QTRY_COMPARE(ana->session.preferences(), PresencePreferences{});
    const PresencePreferences unseen{LastSeenDetail::Coarse, OnHide::Offline};
    ana->session.submit(SetPreferencesCommand{unseen});
    QCOMPARE(ana->session.preferences(), unseen);
    QTRY_COMPARE(bao->statusOf(anaId), Status::Online);
    ana->engine.setActivity(ActivityState::Hidden);
    QTRY_COMPARE(bao->statusOf(anaId), Status::Offline);
    ana = client(QStringLiteral("ana")); // a restart
    QTRY_COMPARE(ana->session.preferences(), unseen);
    QTRY_COMPARE(bao->statusOf(anaId), Status::Online);
}

void tst_Engine::putsAndFetchesFiles()
{
    const ConversationId team = m_server->team();
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    QFile file(m_directory.filePath(QStringLiteral("note.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray content(300'000, 'n');
    QCOMPARE(file.write(content), content.size());
    file.close();

    QSignalSpy finished(&ana->session, &Session::uploadFinished);
    QSignalSpy progressed(&ana->session, &Session::uploadProgressed);
    const IdempotencyKey key{QStringLiteral("upload-1")};
    ana->session.submit(UploadFileCommand{key, team, file.fileName()});
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(progressed.count() >= 1);

    OutgoingMessage message;
    message.key = IdempotencyKey{QStringLiteral("message-1")};
    message.conversation = team;
    message.attachments = {finished.at(0).at(1).value<UploadedFile>()};
    MessageLog &log = ana->session.messages(team);
    ana->session.submit(SendMessageCommand{message});
    QTRY_VERIFY(ana->session.outbox().messages().isEmpty());
    QCOMPARE(log.at(log.count() - 1).message.attachments.size(), 1);
    const Attachment attachment = log.at(log.count() - 1).message.attachments.first();
    QCOMPARE(attachment.fileName, QStringLiteral("note.txt"));

    QSignalSpy downloaded(&ana->session, &Session::downloadFinished);
    const QString path = m_directory.filePath(QStringLiteral("copy.txt"));
    ana->session.submit(DownloadAttachmentCommand{attachment.id, path});
    QTRY_COMPARE(downloaded.count(), 1);
    QFile copy(path);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), content);
}

void tst_Engine::failsAnUploadOfWhatIsNotThere()
{
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    QSignalSpy failed(&ana->session, &Session::uploadFailed);
    ana->session.submit(UploadFileCommand{IdempotencyKey{QStringLiteral("u")}, m_server->team(),
        m_directory.filePath(QStringLiteral("nothing"))});
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(1).value<Error>().code, ErrorCode::NotFound);
}

void tst_Engine::renewsAnExpiredTokenOnce()
{
    const auto grant = m_server->grant(QStringLiteral("ana"));
    ClientProbe ana(m_server->url(), quickOptions());
    QSignalSpy changed(&ana.engine, &Engine::credentialsChanged);
    ana.credentials.refreshToken = grant.refreshToken.toLatin1();
    ana.start(QStringLiteral("not-a-token-any-more"));
    QTRY_VERIFY(ana.isHydrated());
    QCOMPARE(changed.count(), 1);
    QVERIFY(ana.credentials.accessToken != "not-a-token-any-more");
    QVERIFY(ana.credentials.refreshToken != grant.refreshToken.toLatin1());
    QVERIFY(ana.signInNeeded.isEmpty());
}

void tst_Engine::signsOutWhenTheSessionIsRevoked()
{
    const auto grant = m_server->grant(QStringLiteral("ana"));
    ClientProbe ana(m_server->url(), quickOptions());
    ana.start(grant.token);
    QTRY_VERIFY(ana.isHydrated());
    const auto phone = client(QStringLiteral("ana"), QStringLiteral("phone"));
    QTRY_VERIFY(phone->isHydrated());
    QNetworkAccessManager network;
    std::unique_ptr<QNetworkReply> reply(network.deleteResource(
        m_server->request(QStringLiteral("/api/v1/sessions/") + grant.session.value,
            m_server->token(QStringLiteral("ana"), QStringLiteral("phone")))));
    QTRY_COMPARE(ana.signInNeeded.size(), 1);
    QCOMPARE(ana.signInNeeded.first().code, ErrorCode::SessionRevoked);
    QCOMPARE(ana.session.link().state, LinkState::SignedOut);
    QVERIFY(phone->isOnline());
}

void tst_Engine::signsOut()
{
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    ana->session.submit(SignOutCommand{});
    QTRY_COMPARE(ana->session.link().state, LinkState::SignedOut);
    QCOMPARE(ana->session.conversations().count(), 0);
    QVERIFY(ana->signInNeeded.isEmpty());
}

void tst_Engine::saysGoodbyeWhenItQuits()
{
    QList<QByteArray> received;
    m_server->server().setFrameTap([&](const FrameRecord &frame) {
        if (frame.direction == FrameDirection::Received)
            received.append(frame.payload);
    });
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    QSignalSpy finished(&ana->engine, &Engine::finished);
    ana->engine.quit();
    QTRY_COMPARE(finished.count(), 1);
    const bool saidGoodbye = std::any_of(received.cbegin(), received.cend(),
        [](const QByteArray &frame) { return frame.contains("goodbye"); });
    QVERIFY(saidGoodbye);
    QCOMPARE(ana->session.link().state, LinkState::Stopped);
}

void tst_Engine::failsWhatCannotWaitWithoutALink()
{
    const auto ana = client(QStringLiteral("ana"));
    QTRY_VERIFY(ana->isHydrated());
    const ConversationId team = m_server->team();
    m_server->kill();
    QTRY_VERIFY(!ana->isOnline());
    ana->session.submit(PinConversationCommand{team, true});
    QTRY_COMPARE(ana->failures.size(), 1);
    QCOMPARE(ana->failures.first().error.code, ErrorCode::Unreachable);
}

QTEST_GUILESS_MAIN(tst_Engine)
#include "tst_engine.moc"
