// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/common/rowwords.h"

#include "models/core/message.h"
#include "models/core/presence.h"
#include "models/items/roles.h"
#include "models/text/cleantext.h"
#include "models/text/richtext.h"
#include "ui/common/wording.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

//! Gives the words below one translation context.
class RowText
{
    Q_DECLARE_TR_FUNCTIONS(RowText)
};

std::optional<WallTime> asOfOf(const QModelIndex &index)
{
    const QVariant asOf = index.data(AsOfRole);
    return asOf.isValid() ? std::optional(asOf.value<WallTime>()) : std::nullopt;
}

QString listed(const QStringList &parts)
{
    //: Joins what is said of one row: "Ana, away, 2 unread".
    return parts.join(RowText::tr(", "));
}

//! In the middle of a sentence: "away".
QString inSentence(QString words)
{
    if (!words.isEmpty())
        words[0] = words[0].toLower();
    return words;
}

QString deliveryWords(Delivery delivery)
{
    switch (delivery) {
    case Delivery::Pending:
        return RowText::tr("waiting to be sent");
    case Delivery::Failed:
        return RowText::tr("not sent");
    case Delivery::Read:
        return RowText::tr("read");
    case Delivery::Sent:
        break;
    }
    return RowText::tr("sent");
}

} // namespace

QString presenceWords(const QModelIndex &index, WallTime now)
{
    const QVariant value = index.data(PresenceRole);
    if (!value.isValid())
        return {};
    const auto presence = value.value<Presence>();
    const QString line = presenceText(presence, now, asOfOf(index));
    const bool mayBeGone = presence.status == Status::Away && presence.lastSeen;
    if (!mayBeGone)
        return line;
    return listed({line, lastSeenText(presence.lastSeen, now)});
}

QString headingWords(const QModelIndex &index, WallTime now)
{
    const QString name = statusName(Status(index.data(HeadingStatusRole).toInt()));
    const auto asOf = asOfOf(index);
    //: %1: "Online", %2: "as of 14:02"; stands above people while the link is down.
    return asOf ? RowText::tr("%1 %2").arg(name, asOfText(*asOf, now)) : name;
}

QString participantWords(const QModelIndex &index, WallTime now)
{
    if (index.data(RowKindRole).toInt() == int(RowKind::Heading))
        return listed(
            {headingWords(index, now), QString::number(index.data(HeadingCountRole).toInt())});
    QStringList parts{index.data(Qt::DisplayRole).toString()};
    if (index.data(IsSelfRole).toBool())
        parts << RowText::tr("you");
    parts << inSentence(presenceWords(index, now));
    return listed(parts);
}

QString conversationWords(const QModelIndex &index, WallTime now)
{
    QStringList parts{index.data(Qt::DisplayRole).toString()};
    const QString presence = presenceWords(index, now);
    if (!presence.isEmpty())
        parts << inSentence(presence);
    if (const int unread = index.data(UnreadCountRole).toInt(); unread > 0)
        parts << unreadText(unread);
    if (index.data(IsPinnedRole).toBool())
        parts << RowText::tr("pinned");
    if (index.data(IsMutedRole).toBool())
        parts << RowText::tr("muted");
    return listed(parts);
}

QString messageWords(const QModelIndex &index, WallTime now)
{
    const QString content = index.data(ContentRole).toString();
    if (index.data(MessageKindRole).toInt() == int(MessageKind::System))
        return systemMessageText(content);
    QStringList head{index.data(Qt::DisplayRole).toString()};
    const QString presence = presenceWords(index, now);
    if (!presence.isEmpty())
        head << inSentence(presence);
    head << clockText(index.data(SentAtRole).value<WallTime>());
    const auto delivery = Delivery(index.data(DeliveryRole).toInt());
    if (index.data(IsOwnRole).toBool())
        head << deliveryWords(delivery);
    //: %1: who, when; %2: the message.
    return RowText::tr("%1: %2").arg(listed(head), RichText::fromHtml(content).toPlainText());
}

QString systemMessageText(const QString &json)
{
    const QJsonObject content = QJsonDocument::fromJson(json.toUtf8()).object();
    const QString event = content["event"_L1].toString();
    const QString name = cleanName(content["name"_L1].toString());
    if (event == "chat_created"_L1) {
        constexpr qsizetype MostNames = 6;
        QStringList names;
        const QJsonArray people = content["participants"_L1].toArray();
        for (const QJsonValue &person : people) {
            const QString each = cleanName(person["name"_L1].toString());
            if (!each.isEmpty() && names.size() < MostNames)
                names << each;
        }
        if (names.isEmpty())
            return RowText::tr("The conversation began");
        //: %1: names, separated by commas.
        return RowText::tr("The conversation began with %1").arg(names.join(RowText::tr(", ")));
    }
    if (event == "participant_joined"_L1 && !name.isEmpty())
        return RowText::tr("%1 joined").arg(name);
    if (event == "participant_left"_L1 && !name.isEmpty())
        return RowText::tr("%1 left").arg(name);
    return RowText::tr("Something changed in this conversation");
}

} // namespace presently::ui
