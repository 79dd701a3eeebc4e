// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"

#include <QDateTime>

#include <array>
#include <chrono>

namespace presently {

namespace {

constexpr qint64 FirstYear10000 = 253402300800000;

QString byCalendar(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
        .toString(Qt::ISODateWithMs);
}

void writeDigits(char *to, int number, int digits)
{
    for (int place = digits - 1; place >= 0; --place, number /= 10)
        to[place] = char('0' + number % 10);
}

Unexpected<Error> badTime(QStringView text)
{
    return Unexpected{Error{ErrorCode::InvalidField, {},
        QStringLiteral("not an RFC 3339 time: %1").arg(text.left(40)), {}}};
}

} // namespace

QString toRfc3339(WallTime time)
{
    QByteArray bytes;
    appendRfc3339(bytes, time);
    return QString::fromLatin1(bytes);
}

// Times stand in every line about a person; QDateTime takes twenty times as long.
void appendRfc3339(QByteArray &bytes, WallTime time)
{
    const qint64 count = time.time_since_epoch().count();
    if (count < 0 || count >= FirstYear10000) {
        bytes.append(byCalendar(time).toLatin1());
        return;
    }
    const auto day = std::chrono::floor<std::chrono::days>(time.time_since_epoch());
    const std::chrono::year_month_day date{std::chrono::sys_days{day}};
    const auto ofDay = int(count - Milliseconds{day}.count());
    std::array<char, 24> text{};
    writeDigits(&text[0], int(date.year()), 4);
    text[4] = '-';
    writeDigits(&text[5], int(unsigned(date.month())), 2);
    text[7] = '-';
    writeDigits(&text[8], int(unsigned(date.day())), 2);
    text[10] = 'T';
    writeDigits(&text[11], ofDay / 3'600'000, 2);
    text[13] = ':';
    writeDigits(&text[14], ofDay / 60'000 % 60, 2);
    text[16] = ':';
    writeDigits(&text[17], ofDay / 1'000 % 60, 2);
    text[19] = '.';
    writeDigits(&text[20], ofDay % 1'000, 3);
    text[23] = 'Z';
    bytes.append(text.data(), qsizetype(text.size()));
}

Expected<WallTime, Error> fromRfc3339(QStringView text)
{
    // QDateTime takes at most milliseconds to be exact and a time without an offset to be local:
    // cut the fraction ourselves and insist on the offset.
    if (text.size() < 20 || text.size() > 40)
        return badTime(text);
    const QChar last = text.back();
    const bool hasOffset = last == u'Z' || last == u'z' || text.mid(text.size() - 6, 1) == u"+"
        || text.mid(text.size() - 6, 1) == u"-";
    if (!hasOffset || (text[10] != u'T' && text[10] != u't' && text[10] != u' '))
        return badTime(text);

    QString exact = text.toString().toUpper();
    exact[10] = u'T';
    if (const qsizetype dot = exact.indexOf(u'.'); dot >= 0) {
        qsizetype end = dot + 1;
        while (end < exact.size() && exact[end].isDigit())
            ++end;
        if (end == dot + 1 || end - dot > 10)
            return badTime(text);
        exact = exact.left(dot + 1)
            + exact.mid(dot + 1, end - dot - 1).left(3).leftJustified(3, u'0') + exact.mid(end);
    }
    const QDateTime parsed = QDateTime::fromString(exact, Qt::ISODateWithMs);
    if (!parsed.isValid() || exact.mid(11, 2) > u"23")
        return badTime(text);
    const qint64 milliseconds = parsed.toMSecsSinceEpoch();
    if (milliseconds < 0 || milliseconds >= FirstYear10000)
        return badTime(text);
    return WallTime{Milliseconds{milliseconds}};
}

} // namespace presently
