// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/setaside.h"

#include <QDateTime>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

constexpr int MostTries = 100;

QString freeName(const QString &path, WallTime now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    const QString name = path + u".damaged-"_s + time.toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    for (int number = 1; number <= MostTries; ++number) {
        const QString candidate = number == 1 ? name : u"%1-%2"_s.arg(name).arg(number);
        if (!QFile::exists(candidate))
            return candidate;
    }
    return {};
}

} // namespace

QString setFileAside(const QString &path, WallTime now)
{
    const QString aside = freeName(path, now);
    if (aside.isEmpty() || !QFile::rename(path, aside))
        return {};
    // What was not yet written back stands in the journal.
    QFile::rename(path + u"-wal"_s, aside + u"-wal"_s);
    QFile::remove(path + u"-shm"_s);
    return aside;
}

} // namespace presently
