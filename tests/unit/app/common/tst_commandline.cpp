// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/commandline.h"
#include "app/common/exitcode.h"

#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

class tst_CommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsEveryOption()
    {
        const CommandLine line
            = terminal({u"--server"_s, u"https://chat.example.org"_s, u"--user"_s, u"ana"_s,
                u"--dialect"_s, u"mtchat"_s, u"--password-stdin"_s, u"--profile"_s, u"/tmp/p"_s,
                u"--json"_s, u"watch"_s, u"--for"_s, u"10"_s, u"--linear"_s});
        QCOMPARE(line.text, QString());
        QCOMPARE(line.outcome, CommandLine::Outcome::Run);
        const ClientOptions &options = line.options;
        QCOMPARE(options.server->toString(), u"https://chat.example.org"_s);
        QCOMPARE(options.login, u"ana"_s);
        QCOMPARE(options.dialect, u"mtchat"_s);
        QCOMPARE(options.secretSource, SecretSource::PasswordOnStandardInput);
        QCOMPARE(options.profileDirectory, u"/tmp/p"_s);
        QVERIFY(options.isJson && options.isLinear && !options.isDemo);
        QCOMPARE(options.action, TerminalAction::Watch);
        QCOMPARE(options.duration, std::chrono::seconds(10));
    }

    void watchesWhenNothingElseIsAsked()
    {
        QCOMPARE(terminal({}).outcome, CommandLine::Outcome::Run);
        QCOMPARE(terminal({}).options.action, TerminalAction::Watch);
        QCOMPARE(terminal({u"who"_s}).options.action, TerminalAction::Who);
    }

    void refusesWhatMakesNoSense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const QStringList &arguments, const QString &reason) {
            QTest::newRow(name) << arguments << reason;
        };
        row("unknown option", {u"--nonsense"_s}, u"nonsense"_s);
        row("missing value", {u"--server"_s}, u"server"_s);
        row("bad address", {u"--server"_s, u"ftp://x"_s}, u"ftp://x"_s);
        row("password in the address", {u"--server"_s, u"https://a:b@x"_s}, u"a:b"_s);
        row("in the clear", {u"--server"_s, u"http://chat.example.org"_s}, u"only https"_s);
        row("unknown dialect", {u"--dialect"_s, u"klingon"_s}, u"klingon"_s);
        row("two secrets", {u"--server"_s, u"x"_s, u"--token-stdin"_s, u"--password-stdin"_s},
            u"only one"_s);
        row("secret without server", {u"--token-stdin"_s}, u"--server"_s);
        row("password without login", {u"--server"_s, u"x"_s, u"--password-stdin"_s}, u"--user"_s);
        row("demo with server", {u"--demo"_s, u"--server"_s, u"x"_s}, u"--demo"_s);
        row("unknown command", {u"dance"_s}, u"dance"_s);
        row("two commands", {u"who"_s, u"watch"_s}, u"watch"_s);
        row("endless watch", {u"watch"_s, u"--for"_s, u"-1"_s}, u"--for"_s);
        row("who for a while", {u"who"_s, u"--for"_s, u"5"_s}, u"watch"_s);
        row("empty profile", {u"--profile"_s, QString()}, u"directory"_s);
    }
    void refusesWhatMakesNoSense()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, reason);
        const CommandLine line = terminal(arguments);
        QCOMPARE(line.outcome, CommandLine::Outcome::UsageError);
        QVERIFY2(line.text.contains(reason), qPrintable(line.text));
        QVERIFY2(line.text.startsWith("presently-tui: "_L1), qPrintable(line.text));
    }

    void theDesktopTakesNoCommands()
    {
        const CommandLine line = CommandLine::parse(Program::Desktop, {u"presently"_s, u"who"_s});
        QCOMPARE(line.outcome, CommandLine::Outcome::UsageError);
    }

    void tellsItsVersionAndHelp()
    {
        QCOMPARE(terminal({u"--version"_s}).outcome, CommandLine::Outcome::ShowText);
        QVERIFY(terminal({u"--version"_s}).text.startsWith("presently-tui 0."_L1));
        const QString help = terminal({u"--help"_s}).text;
        for (const auto word : {"--demo", "--server", "--profile", "--json", "who", "Exit codes"})
            QVERIFY2(help.contains(QLatin1StringView(word)), word);
    }

    void takesOnlyTheBaseOfAnAddress()
    {
        const CommandLine line = terminal({u"--server"_s, u"127.0.0.1:8080/x?token=1#a"_s});
        QCOMPARE(line.options.server->toString(), u"http://127.0.0.1:8080"_s);
    }

    void exitCodesTellWhatHappened()
    {
        QCOMPARE(exitCodeFor({ErrorCode::InvalidCredentials, {}, {}, {}}), ExitCode::NotSignedIn);
        QCOMPARE(exitCodeFor({ErrorCode::SessionRevoked, {}, {}, {}}), ExitCode::NotSignedIn);
        QCOMPARE(exitCodeFor({ErrorCode::Unreachable, {}, {}, {}}), ExitCode::ServerOutOfReach);
        QCOMPARE(exitCodeFor({ErrorCode::TlsFailed, {}, {}, {}}), ExitCode::ServerOutOfReach);
        QCOMPARE(exitCodeFor({ErrorCode::Internal, {}, {}, {}}), ExitCode::Failed);
    }

private:
    static CommandLine terminal(QStringList arguments)
    {
        arguments.prepend(u"presently-tui"_s);
        return CommandLine::parse(Program::Terminal, arguments);
    }
};

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
