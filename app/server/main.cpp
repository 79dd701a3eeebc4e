// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/exitcode.h"
#include "app/common/processsetup.h"
#include "app/common/signalwatcher.h"
#include "app/server/parentwatch.h"
#include "app/server/serverprogram.h"
#include "app/server/usercommand.h"
#include "net/transport/acceptor.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

namespace {

int say(std::FILE *file, const QString &text, ExitCode code)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
    std::fflush(file);
    return int(code);
}

int complain(const QString &text, ExitCode code)
{
    return say(stderr, "presently-server: "_L1 + text + u'\n', code);
}

int manageUsers(const ServerArguments &arguments)
{
    QByteArray password;
    if (needsPassword(arguments.userAction)) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return complain(u"Standard input cannot be read."_s, ExitCode::Failed);
        password = input.readLine(4096);
    }
    const UserCommandResult result = runUserCommand(arguments, password, SystemClock{});
    return result.done ? say(stdout, result.text, ExitCode::Done)
                       : complain(result.text, ExitCode::Failed);
}

int serve(const ServerArguments &arguments)
{
    net::raiseDescriptorLimit();
    ServerProgram program(arguments.options);
    QObject::connect(&program, &ServerProgram::finished, qApp,
        [] { QCoreApplication::exit(int(ExitCode::Done)); });
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &program, &ServerProgram::stop);
    ParentWatch parentWatch;
    QObject::connect(&parentWatch, &ParentWatch::parentEnded, &program, &ServerProgram::stop);
    if (arguments.exitWithParent && !parentWatch.start())
        return complain(u"--exit-with-parent is not possible on this system."_s, ExitCode::Usage);

    const auto ready = program.start();
    if (!ready) {
        const Error &error = ready.error();
        return complain(error.field.isEmpty() ? error.detail : error.field + u": "_s + error.detail,
            ExitCode::Failed);
    }
    say(stdout, QString::fromLatin1(*ready) + u'\n', ExitCode::Done);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    prepareProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"presently-server"_s);

    const ServerArguments arguments = ServerArguments::parse(QCoreApplication::arguments());
    switch (arguments.outcome) {
    case ServerArguments::Outcome::ShowText:
        return say(stdout, arguments.text, ExitCode::Done);
    case ServerArguments::Outcome::UsageError:
        return complain(arguments.text, ExitCode::Usage);
    case ServerArguments::Outcome::ManageUsers:
        return manageUsers(arguments);
    case ServerArguments::Outcome::Serve:
        break;
    }
    return serve(arguments);
}
