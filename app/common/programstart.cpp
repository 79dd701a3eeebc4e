// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/programstart.h"

#include "app/common/exitcode.h"
#include "app/common/secretinput.h"
#include "ui/common/wording.h"

#include <cstdio>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

ProgramStart say(std::FILE *file, const QString &text, ExitCode code)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);
    return {static_cast<int>(code), {}, {}};
}

} // namespace

ProgramStart startProgram(Program program, int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));

    const CommandLine line = CommandLine::parse(program, arguments);
    if (line.outcome == CommandLine::Outcome::ShowText)
        return say(stdout, line.text, ExitCode::Done);
    if (line.outcome == CommandLine::Outcome::UsageError)
        return say(stderr, line.text + u'\n', ExitCode::Usage);
    if (line.options.secretSource == SecretSource::None)
        return {{}, line.options, {}};

    auto secret = readSecret(line.options);
    if (!secret) {
        const auto name = program == Program::Desktop ? "presently: "_L1 : "presently-tui: "_L1;
        return say(
            stderr, name + ui::errorWords(secret.error()).joined() + u'\n', ExitCode::NotSignedIn);
    }
    return {{}, line.options, std::move(secret).value()};
}

} // namespace presently::app
