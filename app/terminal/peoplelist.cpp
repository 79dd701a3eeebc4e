// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/terminal/peoplelist.h"

#include "models/core/timeformat.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "ui/common/wording.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto AsOfKey = "as_of"_L1;
constexpr auto LinkKey = "link"_L1;
constexpr auto PeopleKey = "people"_L1;
constexpr auto UserIdKey = "user_id"_L1;
constexpr auto DisplayNameKey = "display_name"_L1;
constexpr auto StatusKey = "status"_L1;
constexpr auto AutoAwayKey = "auto_away"_L1;
constexpr auto CustomMessageKey = "custom_message"_L1;
constexpr auto LastSeenKey = "last_seen"_L1;
constexpr auto DeviceCountKey = "device_count"_L1;

constexpr int LongestNameColumn = 32;

QLatin1StringView statusWord(Status status)
{
    switch (status) {
    case Status::Online:
        return "online"_L1;
    case Status::Away:
        return "away"_L1;
    case Status::Busy:
        return "busy"_L1;
    case Status::Offline:
        return "offline"_L1;
    case Status::Unknown:
        break;
    }
    return "unknown"_L1;
}

QLatin1StringView linkWord(LinkState state)
{
    switch (state) {
    case LinkState::Connecting:
        return "connecting"_L1;
    case LinkState::Online:
        return "online"_L1;
    case LinkState::Waiting:
        return "waiting"_L1;
    case LinkState::Stopped:
        return "stopped"_L1;
    case LinkState::SignedOut:
        break;
    }
    return "signed_out"_L1;
}

int rankOf(Status status)
{
    switch (status) {
    case Status::Online:
        return 0;
    case Status::Away:
        return 1;
    case Status::Busy:
        return 2;
    case Status::Unknown:
        return 3;
    case Status::Offline:
        break;
    }
    return 4;
}

QJsonObject toJson(const PersonLine &line)
{
    const Presence &presence = line.presence;
    return {{UserIdKey, line.person.user.value}, {DisplayNameKey, line.person.displayName},
        {StatusKey, statusWord(presence.status)}, {AutoAwayKey, presence.autoAway},
        {CustomMessageKey, presence.customMessage},
        {LastSeenKey, presence.lastSeen ? QJsonValue(toRfc3339(*presence.lastSeen)) : QJsonValue()},
        {DeviceCountKey, presence.deviceCount}};
}

QString wallClock(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString("HH:mm:ss"_L1);
}

QString nameOf(const PersonLine &line, const TerminalStyle &style)
{
    const QString name = style.shown(line.person.displayName);
    return name.isEmpty() ? style.shown(line.person.user.value) : name;
}

QString presenceOf(const PersonLine &line, WallTime now, const TerminalStyle &style)
{
    return style.shown(ui::presenceText(line.presence, now, line.asOf));
}

QString translated(const char *text)
{
    return QCoreApplication::translate("PeopleList", text);
}

} // namespace

PersonLine personLine(Session &session, const UserId &user)
{
    PersonLine line;
    line.person.user = user;
    if (const Person *known = session.roster().find(user))
        line.person = *known;
    line.person.displayName = session.roster().displayName(user);
    line.presence = session.presence().presence(user);
    line.asOf = session.presence().asOf(user);
    return line;
}

QList<PersonLine> peopleOf(Session &session)
{
    QList<PersonLine> lines;
    const QList<Person> people = session.roster().people();
    for (const Person &person : people) {
        if (person.user != session.self().user)
            lines.append(personLine(session, person.user));
    }
    QCollator collator;
    collator.setNumericMode(true);
    std::stable_sort(lines.begin(), lines.end(), [&](const auto &left, const auto &right) {
        const int leftRank = rankOf(left.presence.status);
        const int rightRank = rankOf(right.presence.status);
        if (leftRank != rightRank)
            return leftRank < rightRank;
        return collator.compare(left.person.displayName, right.person.displayName) < 0;
    });
    return lines;
}

QString whoText(Session &session, const TerminalStyle &style)
{
    const WallTime now = session.serverNow();
    const QList<PersonLine> lines = peopleOf(session);
    const auto there = std::count_if(lines.begin(), lines.end(),
        [](const PersonLine &line) { return line.presence.isOnline(); });

    int nameColumn = 0;
    for (const PersonLine &line : lines)
        nameColumn = std::max(nameColumn, columnsOf(nameOf(line, style)));
    nameColumn = std::min(nameColumn, LongestNameColumn);

    QString text = translated("%1  %2, %3 of %4 there\n")
                       .arg(wallClock(now), style.shown(session.self().displayName))
                       .arg(there)
                       .arg(lines.size());
    for (const PersonLine &line : lines)
        text += style.sigil(line.presence.status) + u' ' + padded(nameOf(line, style), nameColumn)
            + "  "_L1 + presenceOf(line, now, style) + u'\n';
    return text;
}

QByteArray whoJson(Session &session)
{
    QJsonArray people;
    const QList<PersonLine> lines = peopleOf(session);
    for (const PersonLine &line : lines)
        people.append(toJson(line));
    const QJsonObject who{{AsOfKey, toRfc3339(session.serverNow())},
        {LinkKey, linkWord(session.link().state)}, {PeopleKey, people}};
    return QJsonDocument(who).toJson(QJsonDocument::Compact) + '\n';
}

QString changeText(const PersonLine &line, WallTime now, const TerminalStyle &style)
{
    return wallClock(now) + u' ' + style.sigil(line.presence.status) + u' ' + nameOf(line, style)
        + "  "_L1 + presenceOf(line, now, style) + u'\n';
}

QByteArray changeJson(const PersonLine &line)
{
    return QJsonDocument(toJson(line)).toJson(QJsonDocument::Compact) + '\n';
}

QString linkText(const LinkStatus &link, WallTime now, const TerminalStyle &style)
{
    const QString words
        = link.state == LinkState::Online ? translated("Connected") : ui::outageReason(link);
    return wallClock(now) + " -- "_L1 + style.shown(words) + u'\n';
}

} // namespace presently::app
