// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/commandline.h"
#include "app/common/exitcode.h"
#include "app/common/processsetup.h"
#include "app/common/secretinput.h"
#include "app/common/signalwatcher.h"
#include "app/common/translations.h"
#include "app/desktop/desktopprogram.h"
#include "ui/common/wording.h"

#include <QApplication>

#include <cstdio>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

namespace {

int say(std::FILE *file, const QString &text, ExitCode code)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);
    return static_cast<int>(code);
}

//! Options are read before the window system is asked for anything: --help works without one.
CommandLine readCommandLine(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return CommandLine::parse(Program::Desktop, arguments);
}

} // namespace

int main(int argc, char *argv[])
{
    prepareProcess();
    keepLogsQuiet();
    const CommandLine line = readCommandLine(argc, argv);
    if (line.outcome == CommandLine::Outcome::ShowText)
        return say(stdout, line.text, ExitCode::Done);
    if (line.outcome == CommandLine::Outcome::UsageError)
        return say(stderr, line.text + u'\n', ExitCode::Usage);

    QByteArray secret;
    if (line.options.secretSource != SecretSource::None) {
        auto read = readSecret(line.options);
        if (!read)
            return say(stderr, "presently: "_L1 + ui::errorWords(read.error()).joined() + u'\n',
                ExitCode::NotSignedIn);
        secret = std::move(read).value();
    }

    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(u"Presently"_s);
    QApplication::setDesktopFileName(u"presently"_s);
    installTranslations(application);

    DesktopProgram program(application, line.options, std::move(secret));
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &program, &DesktopProgram::quit);
    QMetaObject::invokeMethod(&program, &DesktopProgram::start, Qt::QueuedConnection);
    return QApplication::exec();
}
