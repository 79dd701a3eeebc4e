// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/desktop/desktopclient.h"

#include <QTest>

namespace presently::bench {

DesktopClient::DesktopClient(const QString &program, const QProcessEnvironment &environment)
{
    m_process.setProgram(program);
    m_process.setProcessEnvironment(environment);
    m_process.setReadChannel(QProcess::StandardError);
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this] { read(); });
}

DesktopClient::~DesktopClient()
{
    end();
}

void DesktopClient::start(const QStringList &arguments, const QByteArray &input)
{
    m_lines.clear();
    m_process.setArguments(arguments);
    m_elapsed.start();
    m_process.start();
    m_process.write(input);
    m_process.closeWriteChannel();
}

std::optional<double> DesktopClient::saysWithin(const QByteArray &text, int deadline)
{
    std::optional<double> at;
    const auto find = [&] {
        for (const Line &line : std::as_const(m_lines)) {
            if (line.text.contains(text))
                at = line.at;
        }
        return at.has_value();
    };
    return QTest::qWaitFor(find, deadline) ? at : std::nullopt;
}

void DesktopClient::end()
{
    if (!isRunning())
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(5'000)) {
        m_process.kill();
        m_process.waitForFinished(5'000);
    }
}

QByteArray DesktopClient::said() const
{
    QByteArray text;
    for (const Line &line : m_lines)
        text += line.text;
    return text;
}

void DesktopClient::read()
{
    while (m_process.canReadLine())
        m_lines.append({m_process.readLine(), static_cast<double>(m_elapsed.nsecsElapsed()) / 1e6});
}

} // namespace presently::bench
