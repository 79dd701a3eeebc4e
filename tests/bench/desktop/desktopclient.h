// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QProcess>

#include <optional>

namespace presently::bench {

//! \brief A program with a window, and the times at which it said on its standard error how far its
//! start had come. Ends with this object.
class DesktopClient
{
public:
    DesktopClient(const QString &program, const QProcessEnvironment &environment);
    ~DesktopClient();

    void start(const QStringList &arguments, const QByteArray &input = {});
    //! Milliseconds from start() to the line that holds \a text; none: it did not come in time.
    [[nodiscard]] std::optional<double> saysWithin(const QByteArray &text, int deadline);
    //! Asks it to end and waits for that.
    void end();

    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QByteArray said() const;

private:
    struct Line {
        QByteArray text;
        double at = 0;
    };
    void read();

    QProcess m_process;
    QElapsedTimer m_elapsed;
    QList<Line> m_lines;
};

} // namespace presently::bench
