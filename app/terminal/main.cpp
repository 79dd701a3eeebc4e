// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/exitcode.h"
#include "app/common/processsetup.h"
#include "app/common/programstart.h"
#include "app/common/signalwatcher.h"
#include "app/common/translations.h"
#include "app/terminal/terminalprogram.h"
#include "app/terminal/terminalstyle.h"

#include <QCoreApplication>

using namespace presently;
using namespace presently::app;

int main(int argc, char *argv[])
{
    const TerminalStyle style = TerminalStyle::ofStandardOutput();
    // Qt wants a UTF-8 locale and would complain of any other on standard error.
    if (!style.isUtf8)
        qputenv("LC_ALL", "C.UTF-8");
    prepareProcess();
    keepLogsQuiet();
    QCoreApplication application(argc, argv);
    installTranslations(application);

    ProgramStart start = startProgram(Program::Terminal, argc, argv);
    if (start.exitCode)
        return *start.exitCode;

    TerminalProgram program(start.options, style, std::move(start.secret));
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &program,
        [&program] { program.end(ExitCode::Done); });
    QObject::connect(
        &program, &TerminalProgram::finished, &application,
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&program, &TerminalProgram::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
