// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/commandline.h"
#include "app/common/processsetup.h"
#include "app/common/secretinput.h"
#include "app/common/signalwatcher.h"
#include "app/common/translations.h"
#include "app/terminal/terminalprogram.h"
#include "app/terminal/terminalstyle.h"
#include "ui/common/wording.h"

#include <QCoreApplication>

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

} // namespace

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

    const CommandLine line = CommandLine::parse(Program::Terminal, QCoreApplication::arguments());
    if (line.outcome == CommandLine::Outcome::ShowText)
        return say(stdout, line.text, ExitCode::Done);
    if (line.outcome == CommandLine::Outcome::UsageError)
        return say(stderr, line.text + u'\n', ExitCode::Usage);

    QByteArray secret;
    if (line.options.secretSource != SecretSource::None) {
        auto read = readSecret(line.options);
        if (!read)
            return say(stderr, "presently-tui: "_L1 + ui::errorWords(read.error()).joined() + u'\n',
                ExitCode::NotSignedIn);
        secret = std::move(read).value();
    }

    TerminalProgram program(line.options, style, std::move(secret));
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &program,
        [&program] { program.end(ExitCode::Done); });
    QObject::connect(
        &program, &TerminalProgram::finished, &application,
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&program, &TerminalProgram::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
