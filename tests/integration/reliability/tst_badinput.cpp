// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/clientruntime.h"
#include "net/client/credentialstorememory.h"
#include "tests/integration/client/scriptedserver.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/support/testserver.h"
#include "ui/common/wording.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! A keychain in a state that people meet: it answers with an error, or not for a while.
class TroubledKeychain final : public net::CredentialStore
{
public:
    explicit TroubledKeychain(ErrorCode code)
        : m_code(code)
    {
    }
    void read(const QString &, QObject *context, ReadHandler done) override
    {
        QMetaObject::invokeMethod(
            context, [done, error = error()] { done(Unexpected{error}); }, Qt::QueuedConnection);
    }
    void write(const QString &, const QByteArray &, QObject *context, DoneHandler done) override
    {
        QMetaObject::invokeMethod(
            context, [done, error = error()] { done(Unexpected{error}); }, Qt::QueuedConnection);
    }
    void remove(const QString &, QObject *context, DoneHandler done) override
    {
        QMetaObject::invokeMethod(
            context, [done, error = error()] { done(Unexpected{error}); }, Qt::QueuedConnection);
    }

private:
    [[nodiscard]] Error error() const { return Error{m_code, {}, {}, {}}; }
    ErrorCode m_code;
};

QString words(const QSignalSpy &spy)
{
    return spy.isEmpty() ? QString() : ui::errorWords(spy.last().first().value<Error>()).joined();
}

} // namespace

//! What people are told when something is wrong: what happened, what to do, nothing lost.
class tst_BadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aServerThatCannotBeUsedIsNamedAsWhatItIs_data();
    void aServerThatCannotBeUsedIsNamedAsWhatItIs();
    void aSelfSignedCertificateSendsNothing();
    void aWrongPasswordMayBeCorrected();
    void anExpiredSignInKeepsWhatWasWritten();
    void aDamagedCacheIsSetAsideAndTheWorkGoesOn();
    void aPlaceThatCannotBeWrittenIsSaidAndTheWorkGoesOn();
    void aTroubledKeychainIsAChoiceAndNoFileHoldsATokenInPlain_data();
    void aTroubledKeychainIsAChoiceAndNoFileHoldsATokenInPlain();

private:
    [[nodiscard]] RuntimeOptions options(const QUrl &server) const
    {
        RuntimeOptions options;
        options.account.server = server;
        options.account.login = u"ana"_s;
        options.device = DeviceId{u"ana-pc"_s};
        options.cacheFile = m_directory->filePath(u"cache.sqlite"_s);
        options.credentialLockFile = m_directory->filePath(u"lock"_s);
        return options;
    }
    [[nodiscard]] static bool isOnline(ClientRuntime &runtime)
    {
        return runtime.session().link().state == LinkState::Online;
    }
    [[nodiscard]] static OutgoingMessage message(const ConversationId &conversation)
    {
        OutgoingMessage message;
        message.key = IdempotencyKey{u"the-only-one"_s};
        message.conversation = conversation;
        message.content = u"<p>not to be lost</p>"_s;
        message.composedAt = SystemClock().wallNow();
        return message;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    net::MemoryCredentialStore m_keychain;
    SystemClock m_clock;
};

void tst_BadInput::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void tst_BadInput::aServerThatCannotBeUsedIsNamedAsWhatItIs_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("what");
    QTest::newRow("plain beyond this machine")
        << u"plain"_s << u"That is not the address of a server."_s;
    QTest::newRow("down") << u"down"_s << u"The server cannot be reached."_s;
    QTest::newRow("another program")
        << u"html"_s << u"There is no chat server that Presently knows"_s;
    QTest::newRow("nothing there") << u"404"_s << u"There is no chat server that Presently knows"_s;
    QTest::newRow("has a problem") << u"500"_s << u"The server has a problem."_s;
    QTest::newRow("too many tries") << u"429"_s << u"That was too much at once for the server."_s;
}

void tst_BadInput::aServerThatCannotBeUsedIsNamedAsWhatItIs()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, what);
    ScriptedServer scripted([kind](const QByteArray &) {
        if (kind == u"404"_s)
            return ScriptedServer::reply("404 Not Found", {}, "<html>nothing here</html>");
        if (kind == u"500"_s)
            return ScriptedServer::reply("500 Internal Server Error");
        if (kind == u"429"_s)
            return ScriptedServer::reply("429 Too Many Requests", "Retry-After: 30\r\n");
        return ScriptedServer::reply("200 OK", {}, "<html>Welcome!</html>");
    });
    QUrl url = scripted.url();
    if (kind == u"plain"_s)
        url = QUrl(u"http://chat.example.org"_s);
    if (kind == u"down"_s) {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        url.setPort(gone.serverPort());
    }
    ClientRuntime runtime(options(url), m_keychain, m_clock);
    QSignalSpy failed(&runtime, &ClientRuntime::signInFailed);
    runtime.signIn(u"secret"_s, KeepCredentials::ThisSession);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10'000);
    QVERIFY2(words(failed).startsWith(what), qPrintable(words(failed)));
    QVERIFY(words(failed).size() > what.size()); // and what to do
    if (kind == u"429"_s)
        QVERIFY2(words(failed).contains(u"30 seconds"_s), qPrintable(words(failed)));
}

void tst_BadInput::aSelfSignedCertificateSendsNothing()
{
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"1"_s,
            u"-subj"_s, u"/CN=127.0.0.1"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s,
            u"-keyout"_s, m_directory->filePath(u"key.pem"_s), u"-out"_s,
            m_directory->filePath(u"certificate.pem"_s)});
    if (!openssl.waitForStarted())
        QSKIP("openssl is not installed");
    QVERIFY(openssl.waitForFinished(20'000));
    QCOMPARE(openssl.exitCode(), 0);
    TestServer server;
    server.options.listener.tlsCertificate = m_directory->filePath(u"certificate.pem"_s);
    server.options.listener.tlsKey = m_directory->filePath(u"key.pem"_s);
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    ClientRuntime runtime(options(url), m_keychain, m_clock);
    QSignalSpy failed(&runtime, &ClientRuntime::signInFailed);
    runtime.signIn(TestServer::password(u"ana"_s), KeepCredentials::ThisSession);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10'000);
    QVERIFY2(words(failed).startsWith(u"The connection is not safe, so nothing was sent."_s),
        qPrintable(words(failed)));
    QVERIFY(words(failed).contains(u"certificate"_s));
}

void tst_BadInput::aWrongPasswordMayBeCorrected()
{
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    ClientRuntime runtime(options(server.url()), m_keychain, m_clock);
    QSignalSpy failed(&runtime, &ClientRuntime::signInFailed);
    QSignalSpy signedIn(&runtime, &ClientRuntime::signedIn);
    runtime.signIn(u"wrong"_s, KeepCredentials::InKeychain);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10'000);
    QCOMPARE(words(failed), u"Login or password is wrong. Check both and try again."_s);
    runtime.signIn(TestServer::password(u"ana"_s), KeepCredentials::InKeychain);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.size(), 1, 10'000);
    QTRY_VERIFY(isOnline(runtime));
}

void tst_BadInput::anExpiredSignInKeepsWhatWasWritten()
{
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    const DeviceInfo device{DeviceId{u"ana-pc"_s}, DeviceType::Desktop, u"pc"_s, u"TestOS"_s};
    const auto grant
        = server.server().grantSession(server.key(u"ana"_s), device, std::chrono::seconds{-10});
    QVERIFY(grant);
    ClientRuntime runtime(options(server.url()), m_keychain, m_clock);
    QTRY_VERIFY(runtime.isCacheRestored());
    runtime.session().submit(SendMessageCommand{message(server.team())});
    QSignalSpy needed(&runtime, &ClientRuntime::signInNeeded);
    runtime.startWithToken(grant->token.toLatin1());
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 10'000);
    QVERIFY2(words(needed).endsWith(u"Sign in again."_s), qPrintable(words(needed)));
    QCOMPARE(runtime.session().outbox().messages().size(), 1);

    runtime.signIn(TestServer::password(u"ana"_s), KeepCredentials::ThisSession);
    QTRY_VERIFY_WITH_TIMEOUT(isOnline(runtime), 10'000);
    QTRY_VERIFY(runtime.session().outbox().messages().isEmpty()); // sent
}

void tst_BadInput::aDamagedCacheIsSetAsideAndTheWorkGoesOn()
{
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    QFile cache(m_directory->filePath(u"cache.sqlite"_s));
    QVERIFY(cache.open(QIODevice::WriteOnly));
    const QByteArray rubbish(10'000, 'x');
    cache.write(rubbish);
    cache.close();
    ClientRuntime runtime(options(server.url()), m_keychain, m_clock);
    QSignalSpy troubled(&runtime, &ClientRuntime::storageTroubled);
    runtime.startWithToken(server.token(u"ana"_s).toLatin1());
    QTRY_COMPARE(troubled.size(), 1);
    QCOMPARE(words(troubled),
        u"The local copy of your messages was damaged. It was set aside and is fetched again from "
        "the server."_s);
    QFile aside(troubled.first().at(1).toString());
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), rubbish);
    QTRY_VERIFY_WITH_TIMEOUT(isOnline(runtime), 10'000);
    QTRY_COMPARE(runtime.session().conversations().count(), 2);
}

void tst_BadInput::aPlaceThatCannotBeWrittenIsSaidAndTheWorkGoesOn()
{
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    QFile inTheWay(m_directory->filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    RuntimeOptions where = options(server.url());
    where.cacheFile = inTheWay.fileName() + u"/cache.sqlite"_s;
    ClientRuntime runtime(where, m_keychain, m_clock);
    QSignalSpy troubled(&runtime, &ClientRuntime::storageTroubled);
    runtime.startWithToken(server.token(u"ana"_s).toLatin1());
    QTRY_COMPARE(troubled.size(), 1);
    QVERIFY2(words(troubled).endsWith(u"Chatting goes on."_s), qPrintable(words(troubled)));
    QTRY_VERIFY_WITH_TIMEOUT(isOnline(runtime), 10'000);
    runtime.session().submit(SendMessageCommand{message(server.team())});
    QTRY_VERIFY(runtime.session().outbox().messages().isEmpty());
}

void tst_BadInput::aTroubledKeychainIsAChoiceAndNoFileHoldsATokenInPlain_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("what");
    QTest::newRow("absent") << int(ErrorCode::KeychainAbsent)
                            << u"This computer has no keychain to keep your sign-in safe."_s;
    QTest::newRow("locked") << int(ErrorCode::KeychainLocked) << u"The keychain is locked."_s;
    QTest::newRow("hung") << int(ErrorCode::KeychainTimeout) << u"The keychain does not answer."_s;
}

//! Reliability scenario R38, the client's half: whatever the keychain says, the person is asked, and
//! nothing is written in plain. The real keychains are in tests/unit/app/credentials.
void tst_BadInput::aTroubledKeychainIsAChoiceAndNoFileHoldsATokenInPlain()
{
    QFETCH(const int, code);
    QFETCH(const QString, what);
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    TroubledKeychain keychain{ErrorCode(code)};
    ClientRuntime runtime(options(server.url()), keychain, m_clock);
    QSignalSpy needed(&runtime, &ClientRuntime::signInNeeded);
    QSignalSpy notKept(&runtime, &ClientRuntime::credentialsNotKept);
    QSignalSpy signedIn(&runtime, &ClientRuntime::signedIn);
    runtime.startFromKeychain();
    QTRY_COMPARE(needed.size(), 1);
    QVERIFY2(words(needed).startsWith(what), qPrintable(words(needed)));
    runtime.signIn(TestServer::password(u"ana"_s), KeepCredentials::InKeychain);
    QTRY_COMPARE_WITH_TIMEOUT(notKept.size(), 1, 10'000);
    QVERIFY(words(notKept).contains(u"this session only"_s));
    QCOMPARE(signedIn.size(), 0);
    runtime.keepForThisSession();
    QCOMPARE(signedIn.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(isOnline(runtime), 10'000);
    // Every token of ours begins like this, in whatever file it would be.
    QDirIterator files(
        m_directory->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("eyJ"), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked > 0);
}

QTEST_GUILESS_MAIN(tst_BadInput)
#include "tst_badinput.moc"
