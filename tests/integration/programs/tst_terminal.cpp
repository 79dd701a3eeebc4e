// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/programs/programs.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! `presently-tui` as scripts see it, against a real server.
class tst_Terminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto ready = m_server.start({u"--memory"_s, u"--port"_s, u"0"_s});
        QVERIFY2(ready, m_server.process.readAllStandardError().constData());
        m_ready = *ready;
        QVERIFY(m_ready.users.size() >= 8);
        QVERIFY(QUrl(m_ready.http).port() > 0);
    }

    void whoPrintsTheDocumentedJson()
    {
        const Home home;
        Program tui = terminal(home);
        QCOMPARE(tui.run(u"who --json"_s.split(u' ') + asPerson(home, 0)), 0);
        QCOMPARE(tui.output.count('\n'), 1);
        const QJsonObject who = QJsonDocument::fromJson(tui.output).object();
        QCOMPARE(who.keys(), (QStringList{u"as_of"_s, u"link"_s, u"people"_s}));
        QCOMPARE(who["link"_L1].toString(), u"online"_s);
        const QJsonArray people = who["people"_L1].toArray();
        QVERIFY(people.size() >= 7);
        for (const QJsonValue &person : people)
            QCOMPARE(person.toObject().keys(),
                (QStringList{u"auto_away"_s, u"custom_message"_s, u"device_count"_s,
                    u"display_name"_s, u"last_seen"_s, u"status"_s, u"user_id"_s}));
    }

    void whoPrintsATable()
    {
        const Home home;
        Program tui = terminal(home);
        QCOMPARE(tui.run(QStringList{u"who"_s} + asPerson(home, 0)), 0);
        QVERIFY2(tui.output.count('\n') >= 8, tui.output.constData());
        QVERIFY2(!tui.output.contains('\x1b'), tui.output.constData());
        QCOMPARE(tui.error, QByteArray());
    }

    void aPasswordSignsInWithoutAKeychain()
    {
        const Home home;
        Program tui = terminal(home);
        const auto &user = m_ready.users[0];
        QCOMPARE(tui.run(asLogin(user.login, home), user.password.toUtf8() + '\n'), 0);
        QVERIFY(tui.output.contains(" of "));
        // It says that it will have to ask again, and leaves no secret behind.
        QVERIFY2(tui.error.startsWith("presently-tui: "), tui.error.constData());
        QCOMPARE(home.filesHolding({user.password.toUtf8(), "eyJ", "refresh"}), QStringList());
    }

    void exitCodesTellWhatHappened_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("code");
        const QStringList here{u"who"_s, u"--server"_s, m_ready.http};
        const QString login = m_ready.users[0].login;
        QTest::newRow("wrong password")
            << here + QStringList{u"--user"_s, login, u"--password-stdin"_s}
            << QByteArray("not the password\n") << 3;
        QTest::newRow("wrong token")
            << here + QStringList{u"--token-stdin"_s} << QByteArray("not.a.token\n") << 3;
        QTest::newRow("no password given")
            << here + QStringList{u"--user"_s, login, u"--password-stdin"_s} << QByteArray() << 3;
        QTest::newRow("nobody signed in") << QStringList{u"who"_s} << QByteArray() << 3;
        QTest::newRow("server down")
            << QStringList{u"who"_s, u"--server"_s, u"127.0.0.1:9"_s, u"--token-stdin"_s}
            << QByteArray("a.b.c\n") << 4;
        QTest::newRow("unknown command") << QStringList{u"dance"_s} << QByteArray() << 2;
        QTest::newRow("unknown option") << QStringList{u"--dance"_s} << QByteArray() << 2;
        QTest::newRow("help") << QStringList{u"--help"_s} << QByteArray() << 0;
        QTest::newRow("version") << QStringList{u"--version"_s} << QByteArray() << 0;
    }
    void exitCodesTellWhatHappened()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, input);
        QFETCH(int, code);
        const Home home;
        Program tui = terminal(home);
        const int exitCode
            = tui.run(QStringList{u"--profile"_s, home.profile()} + arguments, input);
        QVERIFY2(exitCode == code, (QByteArray::number(exitCode) + tui.error).constData());
        QCOMPARE(tui.error.isEmpty(), code == 0);
        QCOMPARE(tui.output.isEmpty(), code != 0);
    }

    void helpNamesTheProgramItself()
    {
        const Home home;
        Program tui = terminal(home);
        QCOMPARE(tui.run({u"--help"_s}, {}), 0);
        QVERIFY2(tui.output.contains("presently-tui [options]"), tui.output.constData());
    }

    void watchSeesOthersComeAndGo()
    {
        const Home homeOfAna;
        Program ana = terminal(homeOfAna);
        ana.start(u"watch --json"_s.split(u' ') + asPerson(homeOfAna, 0));
        const QByteArray ben = m_ready.users[1].userId.toUtf8();
        QVERIFY2(ana.prints('"' + ben + '"'), ana.process.readAllStandardError().constData());
        ana.output.clear();

        const Home homeOfBen;
        Program other = terminal(homeOfBen);
        other.start(u"watch --json"_s.split(u' ') + asPerson(homeOfBen, 1));
        // A script that only looks is not a person at the keyboard.
        QVERIFY2(ana.prints("\"status\":\"away\""), ana.output.constData());
        QVERIFY(ana.output.contains(ben));
        ana.output.clear();

        QCOMPARE(other.end(), 0);
        QVERIFY2(ana.prints("\"status\":\"offline\"", 3'000), ana.output.constData());
        QCOMPARE(ana.end(), 0);
        for (const QByteArray &line : ana.output.split('\n')) {
            if (!line.isEmpty())
                QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        }
    }

    void watchEndsByItself()
    {
        const Home home;
        Program tui = terminal(home);
        QElapsedTimer elapsed;
        elapsed.start();
        QCOMPARE(tui.run(u"watch --for 1"_s.split(u' ') + asPerson(home, 0)), 0);
        QVERIFY(elapsed.elapsed() >= 1000);
        QVERIFY(elapsed.elapsed() < 10'000);
    }

    void theDemoBringsItsOwnServerAndTakesItAway()
    {
        const Home home;
        Program tui = terminal(home);
        tui.start(u"watch --demo --for 30"_s.split(u' '));
        QVERIFY2(tui.prints(" of ", 20'000), tui.process.readAllStandardError().constData());
        const QList<qint64> children = childrenOf(tui.process.processId());
        QCOMPARE(children.size(), 1);
        QCOMPARE(tui.end(), 0);
        QTRY_VERIFY(!isAlive(children.first()));
        QCOMPARE(home.filesHolding({"eyJ"}), QStringList());
    }

    void theDemosServerEndsWhenTheProgramIsKilled()
    {
        const Home home;
        Program tui = terminal(home);
        tui.start(u"watch --demo"_s.split(u' '));
        QVERIFY(tui.prints(" of ", 20'000));
        const QList<qint64> children = childrenOf(tui.process.processId());
        QCOMPARE(children.size(), 1);
        tui.process.kill();
        QVERIFY(tui.process.waitForFinished(5'000));
        QTRY_VERIFY(!isAlive(children.first()));
    }

    void tokensStayOutOfArgumentsAndFiles()
    {
        const Home home;
        Program tui = terminal(home);
        const QString token = m_ready.users[0].token;
        tui.start({u"watch"_s, u"--server"_s, m_ready.http, u"--user"_s, m_ready.users[0].login,
                      u"--token-stdin"_s, u"--profile"_s, home.profile()},
            token.toUtf8() + '\n');
        QVERIFY(tui.prints(" of "));
        QFile arguments(u"/proc/%1/cmdline"_s.arg(tui.process.processId()));
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        QVERIFY(!arguments.readAll().contains(token.toUtf8()));
        QCOMPARE(tui.end(), 0);
        QCOMPARE(home.filesHolding({token.toUtf8()}), QStringList());
    }

private:
    static Program terminal(const Home &home)
    {
        return Program(u"presently-tui"_s, home.environment());
    }
    QStringList asPerson(const Home &home, int index) const
    {
        return {u"--server"_s, m_ready.http, u"--token-file"_s,
            home.file(u"token"_s, m_ready.users[index].token), u"--profile"_s, home.profile()};
    }
    QStringList asLogin(const QString &login, const Home &home) const
    {
        return {u"who"_s, u"--server"_s, m_ready.http, u"--user"_s, login, u"--password-stdin"_s,
            u"--profile"_s, home.profile()};
    }
    static QList<qint64> childrenOf(qint64 process)
    {
        QList<qint64> children;
        QFile list(u"/proc/%1/task/%1/children"_s.arg(process));
        if (list.open(QIODevice::ReadOnly)) {
            for (const QByteArray &child : list.readAll().simplified().split(' ')) {
                if (!child.isEmpty())
                    children << child.toLongLong();
            }
        }
        return children;
    }
    static bool isAlive(qint64 process)
    {
        QFile status(u"/proc/%1/stat"_s.arg(process));
        // A zombie whose parent has died is as good as gone.
        return status.open(QIODevice::ReadOnly) && !status.readAll().contains(") Z ");
    }

    ServerProcess m_server;
    ServerProcess::Ready m_ready;
};

QTEST_GUILESS_MAIN(tst_Terminal)
#include "tst_terminal.moc"
