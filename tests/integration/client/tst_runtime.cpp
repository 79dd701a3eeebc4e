// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/clientruntime.h"
#include "models/core/uuid.h"
#include "models/presence/presencestore.h"
#include "net/client/credentialstorememory.h"
#include "tests/support/testserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! A client with its three threads, without a window.
class tst_Runtime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sendsWhatWasLeftFromYesterdayBeforeWhatIsWrittenToday();
    void neverSendsWhatWasDiscardedBeforeItWasOnDisk();
    void saysSinceWhenItKnowsNothingBeforeTheFirstLink();

private:
    [[nodiscard]] std::unique_ptr<ClientRuntime> makeRuntime();
    void write(ClientRuntime &runtime, const QString &text, const QString &key = {});
    void quit(std::unique_ptr<ClientRuntime> runtime);
    [[nodiscard]] QStringList textsOnServer();

    const SystemClock m_clock;
    net::MemoryCredentialStore m_keychain;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

void tst_Runtime::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<TestServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
}

void tst_Runtime::sendsWhatWasLeftFromYesterdayBeforeWhatIsWrittenToday()
{
    auto yesterday = makeRuntime();
    write(*yesterday, u"first"_s);
    quit(std::move(yesterday));

    // The window shows the cache; the keychain takes its time.
    auto today = makeRuntime();
    QCOMPARE(today->session().outbox().messages().size(), 1);
    write(*today, u"second"_s);
    // What is read from disk comes behind what was written there.
    QSignalSpy read(&today->session().messages(m_server->team()), &MessageLog::stateChanged);
    today->session().submit(
        LoadMessagesCommand{m_server->team(), MessageId{u"f"_s}, std::nullopt, std::nullopt});
    QVERIFY(read.wait());
    today->startWithToken(m_server->token(u"ana"_s).toLatin1());
    QTRY_VERIFY_WITH_TIMEOUT(today->session().outbox().messages().isEmpty(), 10'000);
    QCOMPARE(textsOnServer(), (QStringList{u"<p>first</p>"_s, u"<p>second</p>"_s}));
}

void tst_Runtime::neverSendsWhatWasDiscardedBeforeItWasOnDisk()
{
    auto runtime = makeRuntime();
    runtime->startWithToken(m_server->token(u"ana"_s).toLatin1());
    QTRY_COMPARE(runtime->session().link().state, LinkState::Online);
    write(*runtime, u"regretted"_s, u"0190c1d2-0000-7000-8000-00000000000a"_s);
    runtime->session().submit(
        DiscardMessageCommand{IdempotencyKey{u"0190c1d2-0000-7000-8000-00000000000a"_s}});
    write(*runtime, u"meant"_s);
    QTRY_VERIFY_WITH_TIMEOUT(runtime->session().outbox().messages().isEmpty(), 10'000);
    QCOMPARE(textsOnServer(), QStringList{u"<p>meant</p>"_s});
}

void tst_Runtime::saysSinceWhenItKnowsNothingBeforeTheFirstLink()
{
    auto before = makeRuntime();
    before->startWithToken(m_server->token(u"ana"_s).toLatin1());
    QTRY_VERIFY(before->session().presence().isComplete());
    const WallTime left = m_clock.wallNow();
    quit(std::move(before));

    const auto again = makeRuntime();
    const UserId bao = m_server->id(u"bao"_s);
    QVERIFY(again->session().presence().lastKnown(bao));
    QCOMPARE(again->session().presence().presence(bao).status, Status::Unknown);
    const auto asOf = again->session().presence().asOf(bao);
    QVERIFY(asOf);
    QVERIFY(*asOf >= left && *asOf <= m_clock.wallNow());
}

std::unique_ptr<ClientRuntime> tst_Runtime::makeRuntime()
{
    RuntimeOptions options;
    options.account.server = m_server->url();
    options.account.login = u"ana"_s;
    options.device = DeviceId{u"ana-runtime"_s};
    options.cacheFile = m_directory->filePath(u"cache.sqlite"_s);
    auto runtime = std::make_unique<ClientRuntime>(options, m_keychain, m_clock);
    QSignalSpy restored(runtime.get(), &ClientRuntime::cacheRestored);
    if (!restored.wait())
        QTest::qFail("the cache was not restored", __FILE__, __LINE__);
    return runtime;
}

void tst_Runtime::write(ClientRuntime &runtime, const QString &text, const QString &key)
{
    OutgoingMessage message;
    message.key = IdempotencyKey{key.isEmpty() ? makeUuidV7(m_clock.wallNow()) : key};
    message.conversation = m_server->team();
    message.content = u"<p>%1</p>"_s.arg(text);
    message.composedAt = m_clock.wallNow();
    runtime.session().submit(SendMessageCommand{message});
}

void tst_Runtime::quit(std::unique_ptr<ClientRuntime> runtime)
{
    QSignalSpy finished(runtime.get(), &ClientRuntime::finished);
    runtime->quit();
    QVERIFY(finished.wait());
}

QStringList tst_Runtime::textsOnServer()
{
    QStringList texts;
    const auto page = m_server->database().messages().page(m_server->team(), {}, std::nullopt);
    if (!page)
        return {u"no page"_s};
    for (const Message &message : page->messages) {
        if (message.kind == MessageKind::User)
            texts.append(message.content);
    }
    return texts;
}

QTEST_GUILESS_MAIN(tst_Runtime)
#include "tst_runtime.moc"
