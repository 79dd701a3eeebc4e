// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/polling/times_p.h"

#include "models/core/timeformat.h"

#include <QDateTime>

namespace presently::net::polling {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestTime = 64; //!< characters

} // namespace

QString toIsoTime(WallTime time)
{
    QString text = toRfc3339(time);
    text.chop(1); // the Z
    return text + "000+00:00"_L1;
}

std::optional<WallTime> fromIsoTime(const QString &text)
{
    if (text.size() > LongestTime)
        return std::nullopt;
    if (const auto time = fromRfc3339(text))
        return *time;
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return WallTime{Milliseconds{time.toMSecsSinceEpoch()}};
}

} // namespace presently::net::polling
