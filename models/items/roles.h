// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QMetaType>
#include <QString>
#include <Qt>

#include <functional>

class QModelIndex;

namespace presently {

//! \brief What the rows of all item models can say; the desktop and the terminal read the same.
//!
//! Qt::DisplayRole is the name, cleaned. Times are `WallTime` by the server's clock, ids are their
//! QString; a role that a row has nothing to say about gives an invalid QVariant.
enum ItemRole : int {
    // A person (participants; the other side of a two-person conversation; a message's sender)
    UserIdRole = Qt::UserRole + 1,
    PresenceRole, //!< presently::Presence
    StatusRole, //!< int(Status): the raw value, for sorting and for dots
    AsOfRole, //!< presently::WallTime: since when nothing is known of this person
    IsSelfRole, //!< bool

    // A row of a list with headings
    RowKindRole, //!< int(RowKind)
    HeadingStatusRole, //!< int(Status) of the group below a heading
    HeadingCountRole, //!< int

    // A conversation
    ConversationIdRole,
    PreviewRole, //!< QString: the last message on one line, cleaned
    PreviewSenderRole, //!< QString: who wrote it; empty for a system message
    PreviewIsOwnRole, //!< bool
    PreviewKindRole, //!< int(MessageKind); for a system message PreviewRole is its JSON
    LastMessageAtRole, //!< WallTime
    UnreadCountRole, //!< int
    IsPinnedRole,
    IsMutedRole,
    IsArchivedRole,
    CanJoinRole,
    IsMemberRole,

    // A message
    MessageIdRole, //!< empty while it is on its way
    OutgoingKeyRole, //!< set while it is on its way
    MessageKindRole, //!< int(MessageKind)
    ContentRole, //!< QString: HTML as it came (RichText::fromHtml), or a system message's JSON
    SentAtRole, //!< WallTime
    IsEditedRole,
    IsOwnRole,
    DeliveryRole, //!< int(Delivery)
    FailureRole, //!< presently::Error, in Delivery::Failed
    AttachmentsRole, //!< QList<presently::Attachment>
    ReplyToRole, //!< QString: the message that is answered
    ReplyNameRole, //!< QString: who wrote it, when it is here
    ReplyPreviewRole, //!< QString: its first words, when it is here
    StartsDayRole, //!< bool: a day heading stands above
    StartsUnreadRole, //!< bool: the "new messages" line stands above
    StartsGroupRole, //!< bool: avatar and name are shown; false when the one above is of the same
    //!< person within a few minutes
};

enum class RowKind { Item, Heading };

//! The words of a row for screen readers; models hold no words, so the interface hands them in.
using RowWords = std::function<QString(const QModelIndex &)>;

} // namespace presently

Q_DECLARE_METATYPE(presently::WallTime)
