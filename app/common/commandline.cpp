// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/commandline.h"

#include "net/client/urlpolicy.h"

#include "presently_version.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

const QStringList &knownDialects()
{
    static const QStringList dialects{u"auto"_s, u"mtchat"_s};
    return dialects;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QString programName(Program program)
{
    return program == Program::Desktop ? u"presently"_s : u"presently-tui"_s;
}

//! The options of one program, so that each is named once.
struct Vocabulary {
    QCommandLineOption help{{u"h"_s, u"help"_s}, translated("Show this text and end.")};
    QCommandLineOption version{{u"v"_s, u"version"_s}, translated("Show the version and end.")};
    QCommandLineOption demo{u"demo"_s,
        translated("Try it out: start a server with people who come and go, and sign in as one "
                   "of them.")};
    QCommandLineOption server{
        u"server"_s, translated("The server, for example https://chat.example.org."), u"URL"_s};
    QCommandLineOption dialect{
        u"dialect"_s, translated("What the server speaks: auto or mtchat."), u"NAME"_s};
    QCommandLineOption user{u"user"_s, translated("Sign in as LOGIN."), u"LOGIN"_s};
    QCommandLineOption tokenFile{
        u"token-file"_s, translated("Read an access token from FILE."), u"FILE"_s};
    QCommandLineOption tokenStdin{
        u"token-stdin"_s, translated("Read an access token from standard input.")};
    QCommandLineOption passwordStdin{
        u"password-stdin"_s, translated("Read the password from standard input.")};
    QCommandLineOption profile{u"profile"_s,
        translated("Keep settings and cache in DIR. Default: the user's data directory."),
        u"DIR"_s};
    QCommandLineOption json{u"json"_s, translated("Print JSON.")};
    QCommandLineOption linear{
        u"linear"_s, translated("One event a line, nothing redrawn (who and watch always are).")};
    QCommandLineOption duration{
        u"for"_s, translated("With watch: end after SECONDS."), u"SECONDS"_s};

    void addTo(QCommandLineParser &parser, Program program) const
    {
        parser.addOptions({help, version, demo, server, dialect, user, tokenFile, tokenStdin,
            passwordStdin, profile});
        if (program == Program::Terminal) {
            parser.addOptions({json, linear, duration});
            parser.addPositionalArgument(
                u"who"_s, translated("Print who is there, and end."), u"[who]"_s);
            parser.addPositionalArgument(u"watch"_s,
                translated("Print who is there, and then each change. This is the default."),
                u"[watch]"_s);
        }
    }
};

CommandLine usageError(Program program, const QString &reason)
{
    const QString name = programName(program);
    return {CommandLine::Outcome::UsageError, {},
        translated("%1: %2\nTry \"%1 --help\".").arg(name, reason)};
}

//! Why the options contradict one another; empty when they do not.
QString readOptions(
    const QCommandLineParser &parser, const Vocabulary &words, ClientOptions &options)
{
    options.isDemo = parser.isSet(words.demo);
    options.login = parser.value(words.user);
    options.tokenFile = parser.value(words.tokenFile);
    options.profileDirectory = parser.value(words.profile);

    if (parser.isSet(words.server)) {
        const QString typed = parser.value(words.server);
        const auto url = net::serverUrl(typed);
        if (!url && url.error().field == "scheme"_L1)
            return translated("\"%1\" cannot be used: only https, or http to this machine.")
                .arg(typed);
        if (!url)
            return translated("\"%1\" is not the address of a server.").arg(typed);
        options.server = *url;
    }
    if (parser.isSet(words.dialect)) {
        options.dialect = parser.value(words.dialect);
        if (!knownDialects().contains(options.dialect))
            return translated("There is no dialect \"%1\" here; choose one of %2.")
                .arg(options.dialect, knownDialects().join(u", "_s));
    }
    if (parser.isSet(words.profile) && options.profileDirectory.isEmpty())
        return translated("--profile needs a directory.");

    int sources = 0;
    const auto take = [&](const QCommandLineOption &option, SecretSource source) {
        if (!parser.isSet(option))
            return;
        options.secretSource = source;
        ++sources;
    };
    take(words.tokenFile, SecretSource::TokenFile);
    take(words.tokenStdin, SecretSource::TokenOnStandardInput);
    take(words.passwordStdin, SecretSource::PasswordOnStandardInput);
    if (sources > 1)
        return translated("Give only one of --token-file, --token-stdin and --password-stdin.");
    if (options.isDemo && (options.server || sources > 0 || !options.login.isEmpty()))
        return translated("--demo brings its own server and person; give it alone.");
    if (sources == 1 && !options.server)
        return translated("A token or password needs --server with it.");
    if (options.secretSource == SecretSource::PasswordOnStandardInput && options.login.isEmpty())
        return translated("--password-stdin needs --user with it.");
    return {};
}

QString readTerminalOptions(
    const QCommandLineParser &parser, const Vocabulary &words, ClientOptions &options)
{
    options.isJson = parser.isSet(words.json);
    options.isLinear = parser.isSet(words.linear);
    const QStringList actions = parser.positionalArguments();
    if (actions.size() > 1)
        return translated("\"%1\" is one word too many.").arg(actions[1]);
    if (!actions.isEmpty()) {
        if (actions[0] == "who"_L1)
            options.action = TerminalAction::Who;
        else if (actions[0] != "watch"_L1)
            return translated("There is no command \"%1\" here; use who or watch.").arg(actions[0]);
    }
    if (parser.isSet(words.duration)) {
        bool isNumber = false;
        const int seconds = parser.value(words.duration).toInt(&isNumber);
        if (!isNumber || seconds < 1 || seconds > 86400)
            return translated("--for needs a number of seconds from 1 to 86400.");
        if (options.action != TerminalAction::Watch)
            return translated("--for goes with watch only.");
        options.duration = std::chrono::seconds(seconds);
    }
    return {};
}

} // namespace

CommandLine CommandLine::parse(Program program, const QStringList &arguments)
{
    const Vocabulary words;
    QCommandLineParser parser;
    parser.setApplicationDescription(program == Program::Desktop
            ? translated("A chat client that is honest about who is there.")
            : translated("Who is there, in the terminal."));
    words.addTo(parser, program);

    if (!parser.parse(arguments))
        return usageError(program, parser.errorText());
    if (parser.isSet(words.help)) {
        const QString codes = translated(
            "\nExit codes: 0 done, 1 failed, 2 usage, 3 not signed in, 4 server out of reach.\n");
        // Qt names the program only where an application object has been made already.
        QString help = parser.helpText();
        help.replace(u"<executable_name>"_s, programName(program));
        return {Outcome::ShowText, {}, help + codes};
    }
    if (parser.isSet(words.version))
        return {Outcome::ShowText, {},
            programName(program) + u' ' + QLatin1StringView(PRESENTLY_VERSION) + u'\n'};

    CommandLine result;
    QString reason = readOptions(parser, words, result.options);
    if (reason.isEmpty() && program == Program::Terminal)
        reason = readTerminalOptions(parser, words, result.options);
    if (reason.isEmpty() && program == Program::Desktop && !parser.positionalArguments().isEmpty())
        reason = translated("\"%1\" is not an option.").arg(parser.positionalArguments().first());
    if (!reason.isEmpty())
        return usageError(program, reason);
    return result;
}

} // namespace presently::app
