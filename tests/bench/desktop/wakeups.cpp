// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/desktop/wakeups.h"

#include <QDir>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

WaitCounts WaitCounts::of(qint64 pid)
{
    WaitCounts counts;
    const QDir tasks(u"/proc/%1/task"_s.arg(pid));
    const QStringList ids = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        Thread thread;
        thread.name = QString::fromUtf8(contentOf(tasks.filePath(id + "/comm"_L1)).trimmed());
        const QList<QByteArray> lines = contentOf(tasks.filePath(id + "/status"_L1)).split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("voluntary_ctxt_switches:"))
                thread.waits = line.mid(line.indexOf(':') + 1).trimmed().toLongLong();
        }
        counts.m_threads.insert(id, thread);
    }
    return counts;
}

QHash<QString, qint64> WaitCounts::since(const WaitCounts &before) const
{
    QHash<QString, qint64> waits;
    for (auto it = m_threads.begin(); it != m_threads.end(); ++it)
        waits[it->name] += it->waits - before.m_threads.value(it.key()).waits;
    return waits;
}

} // namespace presently::bench
