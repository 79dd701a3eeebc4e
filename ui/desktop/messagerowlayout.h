// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QRect>

namespace presently::ui {

//! What a message's row is made of, measured but not placed.
struct MessageRowContent {
    bool startsDay = false;
    bool startsUnread = false;
    bool startsGroup = false;
    bool isSystem = false;
    bool hasReply = false;
    bool hasFailure = false;
    QSize body;
    int attachmentCount = 0;
    int nameWidth = 0;
    int timeWidth = 0;
    int nameHeight = 0;
    int smallHeight = 0;
    int retryWidth = 0;
    int discardWidth = 0;
};

//! \brief Where the parts of a message's row stand, from the row's own top left corner. What a row
//! does not have is an empty rectangle.
struct MessageRowLayout {
    static constexpr int AvatarSize = 36;
    static constexpr int SideMargin = 20;
    static constexpr int TextLeft = SideMargin + AvatarSize + 12;
    static constexpr int WidestText = 720; //!< longer lines are hard to read
    static constexpr int DeliverySize = 16;
    static constexpr int RightMargin = 20 + DeliverySize + 8;

    int height = 0;
    QRect day;
    QRect unread;
    QRect avatar;
    QRect name;
    QRect dot;
    QRect time;
    QRect reply;
    QRect body;
    QList<QRect> attachments;
    QRect failure;
    QRect retry;
    QRect discard;
    QRect delivery;

    //! The room that text has in a row of \a width.
    [[nodiscard]] static int textWidth(int width);
};

[[nodiscard]] MessageRowLayout layoutMessageRow(int width, const MessageRowContent &content);

} // namespace presently::ui
