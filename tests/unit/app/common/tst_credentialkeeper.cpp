// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/credentialkeeper.h"
#include "net/client/credentialstoreentry.h"
#include "net/client/credentialstorememory.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString Entry = u"https://chat.example.org ana"_s;

net::Credentials credentials(const QByteArray &refreshToken)
{
    net::Credentials made;
    made.accessToken = "access-" + refreshToken;
    made.refreshToken = refreshToken;
    return made;
}

//! A keychain that always says the same.
class BrokenStore final : public net::CredentialStore
{
public:
    explicit BrokenStore(ErrorCode code)
        : m_code(code)
    {
    }
    void read(const QString &, QObject *, ReadHandler done) override { done(failure()); }
    void write(const QString &, const QByteArray &, QObject *, DoneHandler done) override
    {
        done(failure());
    }
    void remove(const QString &, QObject *, DoneHandler done) override { done(failure()); }

private:
    [[nodiscard]] Unexpected<Error> failure() const
    {
        return Unexpected{Error{m_code, {}, {}, {}}};
    }
    ErrorCode m_code;
};

//! A keychain that locks itself after the first write.
class LockingStore final : public net::CredentialStore
{
public:
    void read(const QString &entry, QObject *context, ReadHandler done) override
    {
        m_store.read(entry, context, std::move(done));
    }
    void write(
        const QString &entry, const QByteArray &secret, QObject *context, DoneHandler done) override
    {
        if (m_writes++ == 0)
            m_store.write(entry, secret, context, std::move(done));
        else
            done(Unexpected{Error{ErrorCode::KeychainLocked, {}, {}, {}}});
    }
    void remove(const QString &entry, QObject *context, DoneHandler done) override
    {
        m_store.remove(entry, context, std::move(done));
    }

private:
    net::MemoryCredentialStore m_store;
    int m_writes = 0;
};

} // namespace

class tst_CredentialKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<net::MemoryCredentialStore>();
    }

    void findsWhatItKept()
    {
        const auto first = keeper();
        QSignalSpy kept(first.get(), &CredentialKeeper::kept);
        first->keep(credentials("one"));
        QVERIFY(kept.wait());

        const auto second = keeper();
        QSignalSpy loaded(second.get(), &CredentialKeeper::loaded);
        second->load();
        QVERIFY(loaded.wait());
        QCOMPARE(loaded[0][0].value<net::Credentials>(), credentials("one"));
    }

    void saysThatNobodySignedIn()
    {
        const auto fresh = keeper();
        QSignalSpy notLoaded(fresh.get(), &CredentialKeeper::notLoaded);
        fresh->load();
        QVERIFY(notLoaded.wait());
        QCOMPARE(notLoaded[0][0].value<Error>().code, ErrorCode::KeychainEntryNotFound);
    }

    void passesOnWhatIsWrongWithTheKeychain()
    {
        BrokenStore locked(ErrorCode::KeychainLocked);
        CredentialKeeper keeper(locked, Entry, lockFile());
        QSignalSpy notLoaded(&keeper, &CredentialKeeper::notLoaded);
        QSignalSpy notKept(&keeper, &CredentialKeeper::notKept);
        keeper.load();
        keeper.keep(credentials("one"));
        QCOMPARE(notLoaded[0][0].value<Error>().code, ErrorCode::KeychainLocked);
        QCOMPARE(notKept[0][0].value<Error>().code, ErrorCode::KeychainLocked);
    }

    void keepsASessionInMemoryOnly()
    {
        const auto one = keeper();
        one->setPlace(KeepCredentials::ThisSession);
        QSignalSpy kept(one.get(), &CredentialKeeper::kept);
        QSignalSpy allowed(one.get(), &CredentialKeeper::refreshAllowed);
        one->keep(credentials("one"));
        QCOMPARE(kept.size(), 1);
        one->askForRefresh();
        QCOMPARE(allowed[0][0].value<net::Credentials>(), credentials("one"));

        const auto other = keeper();
        QSignalSpy notLoaded(other.get(), &CredentialKeeper::notLoaded);
        other->load();
        QVERIFY(notLoaded.wait());
    }

    void refreshesWithWhatTheOtherProgramHasRenewed()
    {
        const auto desktop = keeper();
        const auto terminal = keeper();
        keepAndWait(*desktop, "one");
        loadAndWait(*terminal);

        QSignalSpy desktopAllowed(desktop.get(), &CredentialKeeper::refreshAllowed);
        QSignalSpy terminalAllowed(terminal.get(), &CredentialKeeper::refreshAllowed);
        desktop->askForRefresh();
        QVERIFY(desktopAllowed.wait());
        QCOMPARE(desktopAllowed[0][0].value<net::Credentials>().refreshToken, QByteArray("one"));

        // The desktop is at it: the terminal waits for the lock, and gets what came of it.
        terminal->askForRefresh();
        QVERIFY(!terminalAllowed.wait(300));
        keepAndWait(*desktop, "two");
        QVERIFY(terminalAllowed.wait());
        QCOMPARE(terminalAllowed[0][0].value<net::Credentials>(), credentials("two"));

        // And has not kept the lock, because it had nothing to renew.
        desktop->askForRefresh();
        QVERIFY(desktopAllowed.wait());
    }

    void refreshesWithItsOwnWhenTheKeychainIsBehind()
    {
        LockingStore locking;
        CredentialKeeper keeper(locking, Entry, lockFile());
        keepAndWait(keeper, "one");
        QSignalSpy notKept(&keeper, &CredentialKeeper::notKept);
        keeper.keep(credentials("two"));
        QCOMPARE(notKept.size(), 1);

        // "one" has been used: the server would end the session over it.
        QSignalSpy allowed(&keeper, &CredentialKeeper::refreshAllowed);
        keeper.askForRefresh();
        QVERIFY(allowed.wait());
        QCOMPARE(allowed[0][0].value<net::Credentials>(), credentials("two"));
    }

    void aFailedRefreshFreesTheLock()
    {
        const auto desktop = keeper();
        const auto terminal = keeper();
        keepAndWait(*desktop, "one");
        loadAndWait(*terminal);
        QSignalSpy desktopAllowed(desktop.get(), &CredentialKeeper::refreshAllowed);
        desktop->askForRefresh();
        QVERIFY(desktopAllowed.wait());
        desktop->releaseLock();
        QSignalSpy terminalAllowed(terminal.get(), &CredentialKeeper::refreshAllowed);
        terminal->askForRefresh();
        QVERIFY(terminalAllowed.wait(1000));
    }

    void goesOnWhereNoLockCanBeHad()
    {
        CredentialKeeper keeper(*m_store, Entry, u"/nonexistent/folder/lock"_s);
        keepAndWait(keeper, "one");
        QSignalSpy allowed(&keeper, &CredentialKeeper::refreshAllowed);
        keeper.askForRefresh();
        QVERIFY(allowed.wait(1000));
    }

    void forgets()
    {
        const auto one = keeper();
        keepAndWait(*one, "one");
        QSignalSpy forgotten(one.get(), &CredentialKeeper::forgotten);
        one->forget();
        QVERIFY(forgotten.wait());
        QSignalSpy notLoaded(one.get(), &CredentialKeeper::notLoaded);
        one->load();
        QVERIFY(notLoaded.wait());
    }

private:
    QString lockFile() const { return m_directory->filePath(u"lock"_s); }
    std::unique_ptr<CredentialKeeper> keeper()
    {
        return std::make_unique<CredentialKeeper>(*m_store, Entry, lockFile());
    }
    static void keepAndWait(CredentialKeeper &keeper, const QByteArray &token)
    {
        QSignalSpy kept(&keeper, &CredentialKeeper::kept);
        keeper.keep(credentials(token));
        QVERIFY(kept.wait());
    }
    static void loadAndWait(CredentialKeeper &keeper)
    {
        QSignalSpy loaded(&keeper, &CredentialKeeper::loaded);
        keeper.load();
        QVERIFY(loaded.wait());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<net::MemoryCredentialStore> m_store;
};

QTEST_GUILESS_MAIN(tst_CredentialKeeper)
#include "tst_credentialkeeper.moc"
