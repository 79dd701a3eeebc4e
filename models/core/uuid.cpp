// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/uuid.h"

#include <QMutex>
#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>

namespace presently {

QString makeUuidV7(WallTime now)
{
    static QMutex mutex;
    static quint64 lastMilliseconds = 0;
    static quint32 counter = 0;

    quint64 milliseconds = 0;
    quint32 sequence = 0;
    {
        const QMutexLocker lock(&mutex);
        milliseconds
            = std::max(static_cast<quint64>(now.time_since_epoch().count()), lastMilliseconds);
        counter = milliseconds == lastMilliseconds ? counter + 1 : 0;
        if (counter > 0xfff) {
            ++milliseconds;
            counter = 0;
        }
        lastMilliseconds = milliseconds;
        sequence = counter;
    }

    const quint64 random = QRandomGenerator::global()->generate64();
    const auto high = static_cast<quint32>(milliseconds >> 16);
    const auto middle = static_cast<ushort>(milliseconds & 0xffff);
    const auto version = static_cast<ushort>(0x7000 | sequence);
    const auto byte = [random](int index) { return static_cast<uchar>(random >> (index * 8)); };
    return QUuid(high, middle, version, static_cast<uchar>(0x80 | (byte(0) & 0x3f)), byte(1),
        byte(2), byte(3), byte(4), byte(5), byte(6), byte(7))
        .toString(QUuid::WithoutBraces);
}

bool isUuid(QStringView text)
{
    return text.size() == 36 && !QUuid::fromString(text).isNull();
}

} // namespace presently
