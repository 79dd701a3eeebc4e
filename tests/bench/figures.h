// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <unistd.h>

namespace presently::bench {

//! Prints one figure: `name value unit (note)`. Every benchmark speaks in these lines.
inline void figure(const char *name, double value, const char *unit, const char *note = "")
{
    std::printf("%-58s %12.3f %-10s %s\n", name, value, unit, note);
    std::fflush(stdout);
}

//! The value below which \a share (0 to 1) of \a samples lie; 0 of nothing.
[[nodiscard]] inline double percentile(std::vector<double> samples, double share)
{
    if (samples.empty())
        return 0;
    const auto index = std::min(samples.size() - 1,
        static_cast<size_t>(std::ceil(share * static_cast<double>(samples.size())))
            - (share > 0 ? 1 : 0));
    std::nth_element(
        samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(index), samples.end());
    return samples[index];
}

//! Processor seconds that process \a pid has used, user and system, all threads (Linux).
[[nodiscard]] inline double processorSeconds(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() < 13
        ? 0
        : static_cast<double>(fields[11].toLongLong() + fields[12].toLongLong())
            / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

//! The number behind \a key (for example "VmRSS:") in /proc/PID/status (Linux); kB where the kernel
//! says so.
[[nodiscard]] inline double processStatus(qint64 pid, const char *key)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(key))
            return line.mid(qstrlen(key)).simplified().split(' ').value(0).toDouble();
    }
    return 0;
}

} // namespace presently::bench
