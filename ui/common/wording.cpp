// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/common/wording.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

//! Gives the free functions below one translation context.
class Wording
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

constexpr std::chrono::minutes RecentlySeen{5};
constexpr std::chrono::hours SeenInMinutes{1};
constexpr std::chrono::hours SeenInHours{12};

QDateTime local(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

int daysBetween(WallTime earlier, WallTime later)
{
    return int(local(earlier).date().daysTo(local(later).date()));
}

//! Times before the project existed are somebody's zero, not a memory.
bool isPlausible(WallTime time)
{
    return local(time).date().year() >= 2000;
}

QString longDate(WallTime time, WallTime now)
{
    const QDate date = local(time).date();
    //: A day of this year, as in "7 February" (QLocale format).
    const QString thisYear = Wording::tr("d MMMM");
    //: A day of another year, as in "7 February 2025" (QLocale format).
    const QString otherYear = Wording::tr("d MMMM yyyy");
    return QLocale().toString(date, date.year() == local(now).date().year() ? thisYear : otherYear);
}

QString statusLine(const Presence &presence)
{
    const QString name = statusName(presence.status);
    const bool several = presence.deviceCount > 1;
    QString line = name;
    if (presence.status == Status::Online && several) {
        //: %n is the number of devices somebody uses now; always 2 or more.
        line = Wording::tr("Online (%n devices)", nullptr, presence.deviceCount);
    }
    if (presence.customMessage.isEmpty())
        return line;
    //: %1: "Online", "Busy" ...; %2: what the person wrote about himself.
    return Wording::tr("%1 · %2").arg(line, presence.customMessage);
}

} // namespace

QString statusName(Status status)
{
    switch (status) {
    case Status::Online:
        return Wording::tr("Online");
    case Status::Away:
        return Wording::tr("Away");
    case Status::Busy:
        return Wording::tr("Busy");
    case Status::Offline:
        return Wording::tr("Offline");
    case Status::Unknown:
        break;
    }
    return Wording::tr("Unknown");
}

QString intentName(IntentStatus status)
{
    switch (status) {
    case IntentStatus::Auto:
        //: Own status: shown as online while one is active.
        return Wording::tr("Online");
    case IntentStatus::Away:
        return Wording::tr("Away");
    case IntentStatus::Busy:
        return Wording::tr("Busy");
    case IntentStatus::Invisible:
        break;
    }
    return Wording::tr("Invisible");
}

QString lastSeenText(std::optional<WallTime> lastSeen, WallTime now)
{
    if (!lastSeen || !isPlausible(*lastSeen))
        return {};
    const auto age = std::max(now - *lastSeen, Milliseconds::zero());
    if (age < RecentlySeen)
        return Wording::tr("last seen recently");
    if (age < SeenInHours) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
        if (age < SeenInMinutes)
            return Wording::tr("last seen %n minutes ago", nullptr, int(minutes));
        if (minutes < 120)
            return Wording::tr("last seen an hour ago");
        return Wording::tr("last seen %n hours ago", nullptr, int(minutes / 60));
    }
    switch (daysBetween(*lastSeen, now)) {
    case 0:
        return Wording::tr("last seen today at %1").arg(clockText(*lastSeen));
    case 1:
        return Wording::tr("last seen yesterday at %1").arg(clockText(*lastSeen));
    default:
        //: %1: a date as in "7 February".
        return Wording::tr("last seen on %1").arg(longDate(*lastSeen, now));
    }
}

QString asOfText(WallTime lostAt, WallTime now)
{
    const WallTime shown = std::min(lostAt, now);
    if (daysBetween(shown, now) == 0)
        return Wording::tr("as of %1").arg(clockText(shown));
    //: %1: a date, %2: a time of day.
    return Wording::tr("as of %1, %2").arg(longDate(shown, now), clockText(shown));
}

QString presenceText(const Presence &presence, WallTime now, std::optional<WallTime> asOf)
{
    if (presence.status == Status::Unknown || asOf) {
        const QString unknown = statusName(Status::Unknown);
        //: %1: "Unknown", %2: "as of 14:02".
        return asOf ? Wording::tr("%1, %2").arg(unknown, asOfText(*asOf, now)) : unknown;
    }
    if (presence.status != Status::Offline)
        return statusLine(presence);
    QString seen = lastSeenText(presence.lastSeen, now);
    if (seen.isEmpty())
        return statusName(Status::Offline);
    seen[0] = seen[0].toUpper();
    return seen;
}

QString clockText(WallTime time)
{
    return QLocale().toString(local(time).time(), u"HH:mm"_s);
}

QString dayText(WallTime time, WallTime now)
{
    const int days = daysBetween(time, now);
    if (days <= 0)
        return Wording::tr("Today");
    if (days == 1)
        return Wording::tr("Yesterday");
    if (days < 7)
        return QLocale().toString(local(time).date(), u"dddd"_s);
    return longDate(time, now);
}

QString shortTimeText(WallTime time, WallTime now)
{
    const int days = daysBetween(time, now);
    if (days <= 0)
        return clockText(time);
    if (days == 1)
        return Wording::tr("Yesterday");
    const QDate date = local(time).date();
    if (days < 7)
        return QLocale().toString(date, u"ddd"_s);
    //: A short day of this year, as in "7 Feb" (QLocale format).
    const QString thisYear = Wording::tr("d MMM");
    //: A short day of another year, as in "7 Feb 2025" (QLocale format).
    const QString otherYear = Wording::tr("d MMM yyyy");
    return QLocale().toString(date, date.year() == local(now).date().year() ? thisYear : otherYear);
}

QString nextTryText(const LinkStatus &link, SteadyTime now)
{
    if (link.state == LinkState::Connecting)
        return link.cause ? Wording::tr("Connecting …") : QString(); // the reason says so already
    if (link.state != LinkState::Waiting || !link.nextTryAt)
        return {};
    const auto left = std::chrono::ceil<std::chrono::seconds>(*link.nextTryAt - now).count();
    if (left <= 0)
        return Wording::tr("Connecting …");
    return Wording::tr("Next try in %n s", nullptr, int(left));
}

QString peopleCountText(int count)
{
    if (count <= 1)
        return Wording::tr("just you");
    return Wording::tr("%n people", nullptr, count);
}

QString unreadText(int count)
{
    return Wording::tr("%n unread", nullptr, count);
}

QString fileSizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(
        std::max<qint64>(bytes, 0), 1, QLocale::DataSizeTraditionalFormat);
}

} // namespace presently::ui
