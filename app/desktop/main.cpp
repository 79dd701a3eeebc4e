// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/processsetup.h"
#include "app/common/programstart.h"
#include "app/common/signalwatcher.h"
#include "app/common/translations.h"
#include "app/desktop/desktopprogram.h"

#include <QApplication>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char *argv[])
{
    prepareProcess();
    keepLogsQuiet();
    // Before the window system is asked for anything: --help works without one.
    ProgramStart start = startProgram(Program::Desktop, argc, argv);
    if (start.exitCode)
        return *start.exitCode;

    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(u"Presently"_s);
    QApplication::setDesktopFileName(u"presently"_s);
    installTranslations(application);

    DesktopProgram program(application, start.options, std::move(start.secret));
    QObject::connect(&program, &DesktopProgram::ended, &application, &QApplication::quit);
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &program, &DesktopProgram::quit);
    QMetaObject::invokeMethod(&program, &DesktopProgram::start, Qt::QueuedConnection);
    return QApplication::exec();
}
