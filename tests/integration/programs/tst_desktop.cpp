// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/programs/programs.h"
#include "tests/integration/programs/screen.h"
#include "tests/unit/app/credentials/keyringdaemon.h"
#include "tests/unit/app/platform/fakelogind.h"
#include "tests/unit/app/platform/privatebus.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! The fill of an online dot in the light theme.
const QColor Green(0x38, 0x8e, 0x3c);
const QString SignInTitle = u"Sign in"_s;
const QString MainTitle = u"^([(][0-9]+[)] )?Presently$"_s;

QProcessEnvironment environmentOn(const Screen &screen, const Home &home)
{
    QProcessEnvironment environment = home.environment();
    environment.insert(u"DISPLAY"_s, screen.name());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    return environment;
}

//! \brief A `presently` with a window; when a test fails it says what its screen looks like.
class Client : public Program
{
public:
    Client(Screen &screen, const QProcessEnvironment &environment)
        : Program(u"presently"_s, environment)
        , m_screen(screen)
    {
    }
    Client(Screen &screen, const Home &home)
        : Client(screen, environmentOn(screen, home))
    {
    }
    ~Client()
    {
        if (QTest::currentTestFailed())
            qWarning("%s", m_screen.describe().constData());
    }

private:
    Screen &m_screen;
};

} // namespace

//! Real `presently` processes on real X servers, against a real server process.
class tst_Desktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // The tests look and sign in more often than a person may.
        const QString config = m_files.file(u"server.json"_s,
            uR"({"limits":{"login":{"burst":1000,"every_ms":1},)"
            uR"("presence_query":{"burst":10000,"every_ms":1}}})"_s);
        // The built-in password is a word that the messages use as well: a search for it in files
        // would find those.
        QFile builtIn(QStringLiteral(PRESENTLY_SOURCE_DIR "/resources/seed/builtin.json"));
        QVERIFY(builtIn.open(QIODevice::ReadOnly));
        const QString seed = m_files.file(u"seed.json"_s,
            QString::fromUtf8(builtIn.readAll())
                .replace(uR"("password": "presently")"_s, uR"("password": "said-by-nobody")"_s));
        const auto ready = m_server.start(
            {u"--memory"_s, u"--port"_s, u"0"_s, u"--config"_s, config, u"--seed"_s, seed});
        QVERIFY2(ready, m_server.process.readAllStandardError().constData());
        m_ready = *ready;
        QVERIFY(m_here.start());
        QVERIFY(m_there.start());
    }

    void cleanup()
    {
        if (QTest::currentTestFailed())
            qWarning("server: %s", m_server.process.readAllStandardError().constData());
    }

    void twoPeopleSeeEachOtherComeAndGo()
    {
        const Home homeOfAna;
        Client ana(m_here, homeOfAna);
        ana.start(asPerson(homeOfAna, 0));
        QTRY_VERIFY_WITH_TIMEOUT(m_here.hasWindow(MainTitle), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        const int alone = settledCount();
        QVERIFY(alone > 0);

        const Home homeOfBen;
        Client ben(m_there, homeOfBen);
        ben.start(asPerson(homeOfBen, 1));
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(1, 0), u"online"_s, 10'000);
        QTRY_VERIFY2_WITH_TIMEOUT(m_here.count(Green) > alone + 20, "no green dot", 10'000);

        // Quitting says goodbye: no grace, and the dot goes with it.
        QCOMPARE(ben.end(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(1, 0), u"offline"_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_here.count(Green), alone, 10'000);
        QCOMPARE(ana.end(), 0);
        QCOMPARE(
            homeOfAna.filesHolding({m_ready.users[0].token.toUtf8()}, {tokenFileOf(homeOfAna)}),
            QStringList());
    }

    void quittingIsNotSeenAsHiding()
    {
        const Home homeOfAna;
        Program ana(u"presently-tui"_s, homeOfAna.environment());
        ana.start(u"watch --json"_s.split(u' ') + asPerson(homeOfAna, 0));
        const QByteArray ben = m_ready.users[1].userId.toUtf8();
        QVERIFY2(ana.prints('"' + ben + '"'), ana.process.readAllStandardError().constData());

        const Home homeOfBen;
        Client window(m_there, homeOfBen);
        window.start(asPerson(homeOfBen, 1));
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(1, 0), u"online"_s, 10'000);
        QVERIFY2(ana.prints("\"status\":\"online\""), ana.output.constData());
        ana.output.clear();
        QCOMPARE(window.end(), 0);
        QVERIFY2(ana.prints("\"status\":\"offline\"", 3'000), ana.output.constData());
        QVERIFY2(!ana.output.contains("\"status\":\"away\""), ana.output.constData());
        QCOMPARE(ana.end(), 0);
    }

    void nothingStaysGreenWhenTheServerIsGone()
    {
        ServerProcess server;
        const auto ready = server.start({u"--memory"_s, u"--port"_s, u"0"_s});
        QVERIFY(ready);
        const Home homeOfAna;
        const Home homeOfBen;
        Client ana(m_here, homeOfAna);
        Client ben(m_there, homeOfBen);
        ana.start(asPerson(homeOfAna, 0, *ready));
        ben.start(asPerson(homeOfBen, 1, *ready));
        QTRY_VERIFY_WITH_TIMEOUT(m_here.count(Green) > 40, 15'000);
        server.process.kill();
        QTRY_COMPARE_WITH_TIMEOUT(m_here.count(Green), 0, 10'000);
        QCOMPARE(ana.end(), 0);
    }

    void withoutAKeychainThePersonIsAsked_data()
    {
        QTest::addColumn<QString>("keychain");
        QTest::newRow("no bus") << u"no bus"_s;
        QTest::newRow("no keychain on the bus") << u"none"_s;
        QTest::newRow("hung keychain") << u"hung"_s;
        QTest::newRow("locked keychain") << u"locked"_s;
    }
    void withoutAKeychainThePersonIsAsked()
    {
        QFETCH(QString, keychain);
        const Home home;
        PrivateBus bus;
        KeyringDaemon keyring;
        QProcessEnvironment surroundings = environmentOn(m_here, home);
        if (keychain != u"no bus"_s) {
            QVERIFY(bus.start());
            surroundings.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, bus.address());
        }
        if (keychain == u"hung"_s || keychain == u"locked"_s)
            QVERIFY(keyring.start(bus.address()));
        if (keychain == u"hung"_s)
            keyring.hang();
        if (keychain == u"locked"_s)
            QVERIFY(keyring.lock(bus.address()));

        const auto &user = m_ready.users[0];
        Client ana(m_here, surroundings);
        QElapsedTimer elapsed;
        elapsed.start();
        ana.start({u"--server"_s, m_ready.http, u"--user"_s, user.login, u"--password-stdin"_s,
                      u"--profile"_s, home.profile()},
            user.password.toUtf8() + '\n');
        // The server has let us in; where to keep that is the question.
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_here.hasWindow(SignInTitle), 5'500);
        qInfo("asked after %lld ms", elapsed.elapsed());

        m_here.pressReturn(SignInTitle);
        QTRY_VERIFY_WITH_TIMEOUT(!m_here.hasWindow(SignInTitle), 10'000);
        QVERIFY(m_here.hasWindow(MainTitle));
        QCOMPARE(ana.end(), 0);
        QCOMPARE(home.filesHolding({user.password.toUtf8(), "eyJ"}), QStringList());
    }

    void aKeychainIsAskedOnceAndThenRemembers()
    {
        const Home home;
        PrivateBus bus;
        KeyringDaemon keyring;
        QVERIFY(bus.start());
        QVERIFY(keyring.start(bus.address()));
        QProcessEnvironment surroundings = environmentOn(m_here, home);
        surroundings.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, bus.address());

        const auto &user = m_ready.users[0];
        {
            Client first(m_here, surroundings);
            first.start({u"--server"_s, m_ready.http, u"--user"_s, user.login,
                            u"--password-stdin"_s, u"--profile"_s, home.profile()},
                user.password.toUtf8() + '\n');
            QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
            // After the keychain; the cache knows the login earlier.
            QTRY_VERIFY_WITH_TIMEOUT(isRemembered(user.login, home), 10'000);
            QVERIFY(!m_here.hasWindow(SignInTitle));
            QCOMPARE(first.end(), 0);
        }
        QTRY_COMPARE(statusOf(0, 1), u"offline"_s);

        Client again(m_here, surroundings);
        again.start({u"--profile"_s, home.profile()});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QVERIFY(!m_here.hasWindow(SignInTitle));

        // The terminal shares the entry.
        Program tui(u"presently-tui"_s, surroundings);
        QCOMPARE(tui.run({u"who"_s, u"--json"_s, u"--profile"_s, home.profile()}), 0);
        QCOMPARE(tui.error, QByteArray());
        QCOMPARE(again.end(), 0);
        QCOMPARE(home.filesHolding({user.password.toUtf8(), "eyJ"}), QStringList());
    }

    void aLockedSessionIsAwayAndASleepingMachineOffline()
    {
        PrivateBus bus;
        QVERIFY(bus.start());
        QDBusConnection services = QDBusConnection::connectToBus(bus.address(), u"logind"_s);
        FakeLoginManager manager;
        FakeLoginSession session;
        services.registerObject(
            u"/org/freedesktop/login1"_s, &manager, QDBusConnection::ExportAllContents);
        services.registerObject(QLatin1String(FakeLoginManager::SessionPath), &session,
            QDBusConnection::ExportAllContents);
        QVERIFY(services.registerService(u"org.freedesktop.login1"_s));

        const Home home;
        QProcessEnvironment surroundings = environmentOn(m_here, home);
        surroundings.insert(u"DBUS_SYSTEM_BUS_ADDRESS"_s, bus.address());
        surroundings.insert(u"XDG_SESSION_ID"_s, u"c1"_s);
        Client ana(m_here, surroundings);
        ana.start(asPerson(home, 0));
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(manager.isInhibited(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.isFollowed, 10'000);

        Q_EMIT session.Lock();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"away"_s, 10'000);
        Q_EMIT session.Unlock();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);

        // The goodbye is out before the machine may sleep.
        Q_EMIT manager.PrepareForSleep(true);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"offline"_s, 1'000);
        QTRY_VERIFY_WITH_TIMEOUT(!manager.isInhibited(), 1'000);
        Q_EMIT manager.PrepareForSleep(false);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QCOMPARE(ana.end(), 0);
    }

    void aMinimisedWindowIsAwayAndBackAtOnce()
    {
        Screen managed;
        QVERIFY(managed.start());
        QVERIFY(managed.startWindowManager());
        const Home home;
        Client ana(managed, home);
        ana.start(asPerson(home, 0));
        // Once it is in its frame it stays there: until then it is out of sight for a moment.
        QTRY_COMPARE_WITH_TIMEOUT(managed.stateOf(MainTitle), Screen::WindowState::Normal, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        managed.minimise(MainTitle);
        QTRY_COMPARE_WITH_TIMEOUT(
            managed.stateOf(MainTitle), Screen::WindowState::Minimised, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"away"_s, 10'000);
        managed.restore(MainTitle);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QCOMPARE(ana.end(), 0);
    }

    void aDamagedCacheIsSetAside()
    {
        const Home home;
        const auto &user = m_ready.users[0];
        QStringList arguments = asPerson(home, 0);
        arguments << u"--user"_s << user.login;
        {
            Client first(m_here, home);
            first.start(arguments);
            QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
            QTRY_VERIFY(!cacheFiles(home).isEmpty());
            QCOMPARE(first.end(), 0);
        }
        QTRY_COMPARE(statusOf(0, 1), u"offline"_s);
        const QString cache = cacheFiles(home).first();
        QFile file(cache);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(16'384, '\x5a'));
        file.close();

        Client again(m_here, home);
        again.start(arguments);
        QTRY_VERIFY_WITH_TIMEOUT(m_here.hasWindow(MainTitle), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        const QStringList damaged = QDir(home.profile()).entryList({u"*damaged*"_s}, QDir::Files);
        QCOMPARE(damaged.size(), 1);
        QFile kept(home.profile() + u'/' + damaged.first());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray(16'384, '\x5a'));
        QCOMPARE(again.end(), 0);
    }

    void settingsAndCacheAreTheOwnersOnly()
    {
        const Home home;
        Client ana(m_here, home);
        ana.start(asPerson(home, 0) + QStringList{u"--user"_s, m_ready.users[0].login});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(0, 1), u"online"_s, 10'000);
        QTRY_VERIFY(!cacheFiles(home).isEmpty());
        QCOMPARE(ana.end(), 0);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(home.profile()) & others));
        const auto files = QDir(home.profile()).entryInfoList(QDir::Files | QDir::Hidden);
        QVERIFY(files.size() >= 2);
        for (const QFileInfo &file : files)
            QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
    }

private:
    QStringList asPerson(const Home &home, int index) { return asPerson(home, index, m_ready); }
    QStringList asPerson(const Home &home, int index, const ServerProcess::Ready &ready)
    {
        return {u"--server"_s, ready.http, u"--token-file"_s,
            home.file(u"token"_s, ready.users[index].token), u"--profile"_s, home.profile()};
    }
    static QString tokenFileOf(const Home &home) { return home.path() + "/token"_L1; }
    //! Whether the account of \a login stands in the settings.
    static bool isRemembered(const QString &login, const Home &home)
    {
        QFile settings(home.profile() + "/settings.json"_L1);
        return settings.open(QIODevice::ReadOnly)
            && settings.readAll().contains('"' + login.toUtf8() + '"');
    }
    //! What \a viewer may see of \a person, by the server's own answer.
    QString statusOf(int person, int viewer) const
    {
        const QJsonDocument answer = askServer(m_ready.http, m_ready.users[viewer].token,
            u"/api/v1/presence?user_ids="_s + m_ready.users[person].userId);
        const QByteArray text = answer.toJson(QJsonDocument::Compact);
        const auto match
            = QRegularExpression(u"\"status\":\"(\\w+)\""_s).match(QString::fromUtf8(text));
        return match.hasMatch() ? match.captured(1) : QString::fromUtf8(text);
    }
    //! The number of green pixels once it has not changed for a second; -1 when it never rests.
    [[nodiscard]] int settledCount() const
    {
        int count = -1;
        QElapsedTimer unchanged;
        const auto isSettled = [&] {
            if (const int now = m_here.count(Green); std::exchange(count, now) != now)
                unchanged.start();
            return unchanged.hasExpired(1'000);
        };
        return QTest::qWaitFor(isSettled, 10'000) ? count : -1;
    }
    static QStringList cacheFiles(const Home &home)
    {
        QStringList found;
        for (const QString &name :
            QDir(home.profile()).entryList({u"cache-*.sqlite"_s}, QDir::Files))
            found << home.profile() + u'/' + name;
        return found;
    }

    const Home m_files;
    ServerProcess m_server;
    ServerProcess::Ready m_ready;
    Screen m_here;
    Screen m_there;
};

QTEST_GUILESS_MAIN(tst_Desktop)
#include "tst_desktop.moc"
